// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/foreignfiles.h"

#include "products/mautic/bundled.h"
#include "steps/topentries.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

bool isRealFolder(const QString &path)
{
    const QFileInfo info(path);
    return info.isDir() && !info.isSymLink();
}

QByteArray topOf(const QByteArray &path)
{
    const auto end = path.indexOf('/');
    return end < 0 ? path : path.left(end);
}

/// Wants some paths and the folders above them.
void addWithParents(const QByteArray &path, QSet<QByteArray> &paths)
{
    paths.insert(path);
    for (auto end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
        paths.insert(path.left(end));
}

Result<Tree> treeOf(const QString &folder, Monitor &monitor)
{
    return isRealFolder(folder) ? readTree(folder, {}, monitor) : Result<Tree>(Tree());
}

/// Folders directly below of which both trees have a file: the new tree had them before.
QSet<QByteArray> foldersOfBoth(const Tree &present, const Tree &kept)
{
    QSet<QByteArray> names;
    for (const auto &entry : present) {
        const auto *same = findIn(kept, entry.path);
        if (entry.type == EntryType::File && same && same->type == EntryType::File)
            names.insert(topOf(entry.path));
    }
    return names;
}

} // namespace

QStringList scriptsOwnEntries()
{
    return {Mautic::Names::Package,
            Mautic::Names::NewTree,
            Mautic::Names::OldTree,
            Mautic::Names::UpgradeLog,
            Mautic::Names::CriticalMigrations,
            Mautic::Names::DatabaseDump + u".sql"_s,
            Mautic::Names::PendingPhase2,
            Mautic::Names::WriteTest};
}

bool hasMautic3(const QString &folder)
{
    return QFileInfo::exists(folder + u'/' + Mautic::Names::ReleaseMetadata);
}

Result<QSet<QByteArray>> formerEntriesInSite(const FormerMautic &former)
{
    QSet<QByteArray> entries;
    // The new tree comes into the folder only when all of the old one has left it.
    if (hasMautic3(former.site)) {
        entries.insert(QByteArray(Mautic::Names::UpgradeScript.data()));
        return entries;
    }
    const auto newTree = former.site + u'/' + Mautic::Names::NewTree;
    const auto own = scriptsOwnEntries();
    const auto present = topEntries(former.site);
    if (!present)
        return present.failure();
    for (const auto &name : *present) {
        // Mautic 2 has none of these: they have just come.
        const bool isNew = (name == "bin" || name == "var" || name == "UPGRADE-3.0.md")
                           && !former.backup.isEmpty() && !entryStands(newTree, name);
        if (!isNew && !own.contains(QFile::decodeName(name))
            && (former.backup.isEmpty() || !entryStands(former.backup, name)))
            entries.insert(name);
    }
    return entries;
}

Result<UserData> userDataInSite(const FormerMautic &former, Monitor &monitor)
{
    UserData data;
    if (former.backup.isEmpty() || !hasMautic3(former.site))
        return data;
    for (const auto &area : Mautic::userDataFolders()) {
        const auto present = treeOf(former.site + u'/' + area, monitor);
        if (!present)
            return present.failure();
        const auto kept = treeOf(former.backup + u'/' + area, monitor);
        if (!kept)
            return kept.failure();
        const auto ofBoth = foldersOfBoth(*present, *kept);
        for (const auto &entry : *present) {
            const auto top = topOf(entry.path);
            const auto *held = findIn(*kept, top);
            const bool isMoved = held ? held->type == EntryType::Folder && !ofBoth.contains(top)
                                            && !findIn(*kept, entry.path)
                                      : area.startsWith("media/"_L1);
            if (!isMoved)
                continue;
            addWithParents(QFile::encodeName(area) + '/' + entry.path, data.paths);
            data.files += entry.type == EntryType::File ? 1 : 0;
        }
    }
    return data;
}

Result<FormerFiles>
formerFilesOf(const FormerMautic &former, const QList<QByteArray> &excluded, Monitor &monitor)
{
    FormerFiles files;
    if (!former.backup.isEmpty())
        files.sources.append({former.backup, excluded, {}});
    const auto entries = formerEntriesInSite(former);
    if (!entries)
        return entries.failure();
    files.sources.append({former.site, excluded, [names = *entries](const TreeEntry &entry) {
                              return names.contains(topOf(entry.path));
                          }});
    const auto data = userDataInSite(former, monitor);
    if (!data)
        return data.failure();
    files.presentFiles = data->files;
    if (!data->paths.isEmpty()) {
        files.sources.append({former.site, excluded, [paths = data->paths](const TreeEntry &entry) {
                                  return paths.contains(entry.path);
                              }});
    }
    return files;
}

} // namespace Banister
