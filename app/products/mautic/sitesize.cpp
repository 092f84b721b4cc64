// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/sitesize.h"

#include "database/connection.h"
#include "database/schema.h"
#include "files/tree.h"
#include "products/mautic/bundled.h"
#include "steps/contentindex.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// What one file's line in the restore point's list takes, at most, beside its path.
constexpr qint64 BytesPerListedFile = 208;
// A file system gives whole blocks, and one for each folder.
constexpr qint64 BytesPerBlock = 4096;
// The journal and the log of an upgrade, and what is written to keep web servers out.
constexpr qint64 BytesOfRun = 192LL * 1024;
// Manifests, recipe and notes of a restore point.
constexpr qint64 BytesBesideDump = 96LL * 1024;

qint64 onDisk(qint64 bytes)
{
    return (bytes + BytesPerBlock - 1) / BytesPerBlock * BytesPerBlock;
}

qint64 onDisk(const TreeEntry &entry)
{
    return entry.type == EntryType::Folder ? BytesPerBlock : onDisk(entry.size);
}

bool isBelow(const QByteArray &path, const QByteArrayList &folders)
{
    return std::any_of(folders.begin(), folders.end(), [&path](const auto &folder) {
        return path.startsWith(folder + '/');
    });
}

} // namespace

qint64 MauticSize::restorePointBytes() const
{
    return dumpBytes + writtenBytes + onDisk(listBytes) + BytesBesideDump;
}

qint64 MauticSize::workBytes() const
{
    // The new release's console writes a cache of its own, about as large as the present one.
    return packageBytes + unpackedBytes + ownBytes + writtenBytes + BytesOfRun;
}

Result<MauticSize> measureSite(const MauticFacts &facts, Monitor &monitor)
{
    MauticSize size;
    TreeOptions options;
    options.excluded = {".banister"};
    const auto tree = readTree(facts.settings.folder, options, monitor);
    if (!tree)
        return tree.failure();
    const QByteArrayList own{"plugins", "themes", "media", "translations"};
    QByteArrayList written;
    for (const auto &folder : {facts.configuration.cachePath(), facts.configuration.logPath()})
        written.append(QFile::encodeName(QDir(facts.site.root).relativeFilePath(folder)));
    for (const auto &entry : *tree) {
        size.listBytes += entry.path.size() + BytesPerListedFile;
        if (isBelow(entry.path, own))
            size.ownBytes += onDisk(entry);
        if (isBelow(entry.path, written))
            size.writtenBytes += onDisk(entry);
        if (entry.type != EntryType::File)
            continue;
        ++size.files;
        size.fileBytes += entry.size;
    }
    if (auto connection = Connection::open(facts.database)) {
        if (const auto schema = measureSchema(*connection, facts.tablePrefix)) {
            size.rows = schema->rowsEstimate();
            size.databaseBytes = schema->bytesEstimate();
            size.tables = schema->tables.size();
            // A file for each table's definition, and files with its rows.
            for (const auto &table : schema->tables)
                size.dumpBytes += BytesPerBlock + onDisk(table.bytesEstimate);
        }
    }
    if (QFileInfo(facts.settings.package).isFile()) {
        size.packageBytes = onDisk(QFileInfo(facts.settings.package).size());
        if (const auto index = contentIndexOfZip(facts.settings.package)) {
            QSet<QByteArray> folders;
            for (auto it = index->begin(); it != index->end(); ++it) {
                size.unpackedBytes += onDisk(it->size);
                folders.insert(it.key().left(it.key().lastIndexOf('/') + 1));
            }
            size.unpackedBytes += folders.size() * BytesPerBlock;
        }
    }
    return size;
}

} // namespace Banister
