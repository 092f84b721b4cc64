// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/tree.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace Banister {

struct RestorePoint;

/// A folder that files of a restore point are copied from.
struct FileSource
{
    QString folder;
    QList<QByteArray> excluded; ///< relative to it, with all below
    /// Asked for each entry; folders that are not wanted are not entered. All where it is not set.
    std::function<bool(const TreeEntry &)> isWanted = {};
};

/// Where a restore point is taken over from, instead of the site as it is.
struct ForeignSource
{
    QString program;             ///< that left it: "upgrade_v3.php"
    QString folder;              ///< relative to the site's; of the files, or the dump's name
    QString script;              ///< its dump; empty: none, the present database is the one of then
    QDateTime created;           ///< UTC; of the state that comes back
    QDateTime ended;             ///< UTC; when that program wrote for the last time
    QList<FileSource> files;     ///< of an entry that several have, the first one's counts
    qint64 presentFiles = 0;     ///< files among them that stand in the site itself
    QList<QByteArray> broughtIn; ///< top-level entries that program put into the site
};

/// What a restore point that was taken over remembers of that.
struct ForeignFacts
{
    QString program;
    QString folder;
    QString script;  ///< relative to the site's folder; empty: see ForeignSource
    QDateTime taken; ///< UTC; from then on sums prove what it holds
    QDateTime ended; ///< UTC
    qint64 presentFiles = 0;
    QByteArray characterSet;  ///< of the script
    bool hasRoutines = false; ///< routines or events are in it

    QJsonObject toJson() const;
    static ForeignFacts fromJson(const QJsonObject &json);
};

/// What nobody can prove of a restore point that was taken over, in sentences for people; none for one
/// that Banister made.
QStringList unprovenOf(const RestorePoint &point);

} // namespace Banister
