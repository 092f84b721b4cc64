// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace Banister {

/// Top-level entries of a site that a run moved away, and those that it moved in instead.
struct MoveRecord
{
    QList<QByteArray> out;
    QList<QByteArray> in;
    /// Where the entries moved out may be now, relative to the site's folder; the first that exists.
    QStringList holding;
};

/// Everything needed to bring a site back. A folder: manifest.json (written last: without it the
/// restore point is unfinished), files.jsonl (every file with its SHA-256), preserved/ (copies of
/// folders that the site itself writes to), database/ (the dump), moved.json and
/// restore-files.sh (once files were moved), RESTORE.txt (how to do it by hand).
struct RestorePoint
{
    QString folder; ///< absolute
    QString product;
    QString version;
    QString siteFolder;
    QString tablePrefix;
    QString databaseName;
    QDateTime created;     ///< UTC
    QDateTime verified;    ///< UTC; last time that it was read back and found right
    QStringList preserved; ///< relative to the site's folder
    QStringList excluded; ///< entries of the site's folder that do not belong to it: Banister's own
    qint64 siteFolderModifiedNs = 0; ///< the site's folder itself; 0: not recorded
    qint64 fileCount = 0;
    qint64 fileBytes = 0;
    qint64 tableCount = 0;
    qint64 rowCount = 0;

    QString id() const; ///< the folder's name
    QString filesManifest() const;
    QString databaseFolder() const;
    QString preservedFolder() const;
    /// Whether a path in the site lies in a folder that is brought back from its copy.
    bool preserves(const QByteArray &path) const;
};

struct RestorePointRequest
{
    QString folder; ///< of the restore point; its parent is made where it is missing
    QString product;
    QString version;
    QString siteFolder;
    QString tablePrefix;
    DatabaseSettings database;
    QStringList preserved; ///< folders that the site writes to; missing ones are left out
    QStringList excluded;
};

/// Makes a restore point and reads it back. Repeatable: what an unfinished one left is replaced; a
/// finished one is verified and kept.
Result<RestorePoint> createRestorePoint(const RestorePointRequest &request, Monitor &monitor);

Result<RestorePoint> readRestorePoint(const QString &folder);
/// Whether a folder holds what createRestorePoint() was stopped at.
bool isUnfinished(const QString &folder);
/// The finished restore points in a folder, newest first; what is no restore point is passed over.
QList<RestorePoint> restorePointsIn(const QString &folder);

/// Notes in the manifest that the restore point was read back just now and found right.
Result<> noteVerified(RestorePoint &point);

/// Notes, on disk, which entries are about to be moved; to be called before the first move.
Result<> recordMove(const QString &pointFolder, const MoveRecord &record);
/// An empty record where nothing was moved.
Result<MoveRecord> readMove(const QString &pointFolder);

} // namespace Banister
