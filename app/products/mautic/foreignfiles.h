// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "restore/foreignpoint.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

namespace Banister {

/// Where upgrade_v3.php of 2.16.5 has the files of Mautic 2.
struct FormerMautic
{
    QString site;
    QString backup; ///< absolute; empty: it had not begun to move them
};

/// Top-level entries of the site's folder that are the script's own, and no part of a site.
QStringList scriptsOwnEntries();

/// Whether the site's folder has the program of Mautic 3 already.
bool hasMautic3(const QString &folder);

/// Top-level entries that stand in the site's folder and belong to Mautic 2: those that the script has
/// not moved yet, and itself.
Result<QSet<QByteArray>> formerEntriesInSite(const FormerMautic &former);

/// What stands in the site's folder because the script has moved it there from the backup.
struct UserData
{
    QSet<QByteArray> paths; ///< relative to the site's folder, with the folders above them
    qint64 files = 0;
};
/// The script (restoreUserData) renames files one by one and leaves folders and links: what a folder of
/// the backup lacks, and the site has, came from it. A folder of which both have a file was in the new
/// tree before, and nothing was moved into it. What media/ of the site has beside is included: of a
/// link to a folder the script moves what that leads to, and no backup has the uploads since.
Result<UserData> userDataInSite(const FormerMautic &former, Monitor &monitor);

/// All the places, in the order in which they count.
struct FormerFiles
{
    QList<FileSource> sources;
    qint64 presentFiles = 0; ///< UserData::files
};
Result<FormerFiles>
formerFilesOf(const FormerMautic &former, const QList<QByteArray> &excluded, Monitor &monitor);

} // namespace Banister
