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

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// What one file's line in the restore point's list takes, at most, on average.
constexpr qint64 BytesPerListedFile = 320;
// What a file system rounds each file up by.
constexpr qint64 BytesPerFile = 4096;

bool isBelow(const QByteArray &path, const QByteArrayList &folders)
{
    return std::any_of(folders.begin(), folders.end(), [&path](const auto &folder) {
        return path.startsWith(folder + '/');
    });
}

} // namespace

qint64 MauticSize::restorePointBytes() const
{
    return databaseBytes + writtenBytes + files * BytesPerListedFile;
}

qint64 MauticSize::workBytes() const
{
    return packageBytes + unpackedBytes + ownBytes;
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
        if (entry.type != EntryType::File)
            continue;
        ++size.files;
        size.fileBytes += entry.size;
        if (isBelow(entry.path, own))
            size.ownBytes += entry.size + BytesPerFile;
        if (isBelow(entry.path, written))
            size.writtenBytes += entry.size + BytesPerFile;
    }
    if (auto connection = Connection::open(facts.database)) {
        if (const auto schema = measureSchema(*connection, facts.tablePrefix)) {
            size.rows = schema->rowsEstimate();
            size.databaseBytes = schema->bytesEstimate();
            size.tables = schema->tables.size();
        }
    }
    if (QFileInfo(facts.settings.package).isFile()) {
        size.packageBytes = QFileInfo(facts.settings.package).size();
        if (const auto index = contentIndexOfZip(facts.settings.package)) {
            for (const auto &file : *index)
                size.unpackedBytes += file.size + BytesPerFile;
        }
    }
    return size;
}

} // namespace Banister
