// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/support/pointcontents.h"

#include "database/dumpmanifest.h"
#include "files/treemanifest.h"
#include "restore/restorepoint.h"

#include <QFile>

#include <algorithm>

namespace Banister {

Result<PointContents> readContents(const RestorePoint &point)
{
    const auto tree = readTreeManifest(point.filesManifest());
    if (!tree)
        return tree.failure();
    const auto dump = readDumpManifest(point.databaseFolder());
    if (!dump)
        return dump.failure();
    PointContents contents;
    for (const auto &entry : *tree) {
        const auto slash = entry.path.indexOf('/');
        const auto name = QFile::decodeName(slash < 0 ? entry.path : entry.path.left(slash));
        if (name.isEmpty())
            continue;
        // Sorted by bytes, "a.txt" stands between "a" and "a/b": look for the folder among the last.
        auto found = std::find_if(contents.entries.rbegin(),
                                  contents.entries.rend(),
                                  [&name](const auto &one) { return one.name == name; });
        if (found == contents.entries.rend()) {
            contents.entries.append({name, false, 0, 0});
            found = contents.entries.rbegin();
        }
        found->isFolder = found->isFolder || slash >= 0 || entry.type == EntryType::Folder;
        if (entry.type != EntryType::Folder) {
            ++found->files;
            found->bytes += entry.size;
        }
    }
    std::stable_partition(contents.entries.begin(), contents.entries.end(), [](const auto &entry) {
        return entry.isFolder;
    });
    for (const auto &table : dump->tables)
        contents.tables.append({table.name, table.rows});
    return contents;
}

} // namespace Banister
