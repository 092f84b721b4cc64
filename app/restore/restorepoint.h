// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "restore/foreignpoint.h"
#include "restore/pointnotes.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace Banister {

enum class PointOrigin {
    Upgrade,  ///< made before an upgrade
    Rollback, ///< the state that a rollback has replaced
    Person,   ///< made by hand
    Foreign,  ///< taken over from what another program left
};

/// As it stands in the manifest: "upgrade".
QString nameOf(PointOrigin origin);

/// Everything needed to bring a site back. A folder: manifest.json (written last: without it the
/// restore point is unfinished), files.jsonl (every file with its SHA-256), files/ (copies of them,
/// where the run that follows does not move them away itself), preserved/ (copies of folders that the
/// site itself writes to), database/ (the dump), moved.json and restore-files.sh (once files were
/// moved), notes.json, RESTORE.txt (how to do it by hand).
struct RestorePoint
{
    QString folder; ///< absolute
    PointOrigin origin = PointOrigin::Upgrade;
    QString product;
    QString version; ///< empty: of a site between two versions
    QString siteFolder;
    QString siteId; ///< see siteIdOf(); empty: made before sites had one
    QString tablePrefix;
    QString databaseName;
    QDateTime created;     ///< UTC
    QStringList preserved; ///< relative to the site's folder
    QStringList excluded; ///< entries of the site's folder that do not belong to it: Banister's own
    bool hasCopies = false;          ///< its files are in files/
    qint64 siteFolderModifiedNs = 0; ///< the site's folder itself; 0: not recorded
    qint64 fileCount = 0;
    qint64 fileBytes = 0;
    qint64 tableCount = 0;
    qint64 rowCount = 0;
    QByteArray filesSum;    ///< SHA-256 of files.jsonl; raw
    QByteArray databaseSum; ///< SHA-256 of the dump's manifest; raw
    PointNotes notes;
    std::optional<ForeignFacts> foreign; ///< of PointOrigin::Foreign

    QString id() const; ///< the folder's name
    QString filesManifest() const;
    QString databaseFolder() const;
    QString databaseManifest() const;
    QString copiesFolder() const;
    QString preservedFolder() const;
    /// Whether a path in the site lies in a folder that is brought back from its copy.
    bool preserves(const QByteArray &path) const;
};

/// What people call the state that it holds: the version, or the time where it is between two.
QString titleOf(const RestorePoint &point);

/// RestoreError.PointUnreadable, also where the manifest was altered.
Result<RestorePoint> readRestorePoint(const QString &folder);
/// Makes the restore point a finished one.
Result<> writePointManifest(const RestorePoint &point);
/// Whether a folder holds what createRestorePoint() was stopped at.
bool isUnfinished(const QString &folder);
/// Whether a folder holds a manifest, whatever it is worth.
bool isFinished(const QString &folder);

/// Notes that the restore point was read back just now and found right.
Result<> noteVerified(RestorePoint &point);

} // namespace Banister
