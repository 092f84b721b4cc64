// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/pointspace.h"

#include "database/connection.h"
#include "database/schema.h"
#include "files/space.h"
#include "files/tree.h"
#include "restore/createpoint.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// What a file system rounds each file up by, and a folder's own block.
constexpr qint64 BytesPerEntry = 4096;
// What one entry's line in the list of files takes, on average, at most.
constexpr qint64 BytesPerLine = 320;
// Manifests, recipe, notes, the files that keep web servers out, and what ten more of them need.
constexpr qint64 BytesBeside = 256LL * 1024;

QList<FileSource> sourcesOf(const RestorePointRequest &request)
{
    if (request.foreign)
        return request.foreign->files;
    FileSource site{request.siteFolder, {}};
    for (const auto &name : request.excluded)
        site.excluded.append(QFile::encodeName(name));
    return {site};
}

} // namespace

qint64 bytesOnDisk(qint64 files, qint64 bytes)
{
    return bytes + files * BytesPerEntry;
}

Result<> PointEstimate::check() const
{
    const QLocale locale;
    const auto text = [](const char *sentence) {
        return QCoreApplication::translate("RestorePoint", sentence);
    };
    if (bytes() > freeBytes) {
        return Error{RestoreError::NotEnoughSpace,
                     text("The restore point takes up to %1; %2 has %3 left.")
                         .arg(locale.formattedDataSize(bytes()),
                              folder,
                              locale.formattedDataSize(freeBytes)),
                     {},
                     {}};
    }
    if (freeInodes >= 0 && files > freeInodes) {
        return Error{RestoreError::NotEnoughSpace,
                     text("The restore point has %1 files; the file system of %2 can take %3 more.")
                         .arg(locale.toString(files), folder, locale.toString(freeInodes)),
                     {},
                     {}};
    }
    return Success;
}

Result<PointEstimate> estimatePoint(const RestorePointRequest &request, Monitor &monitor)
{
    PointEstimate estimate;
    estimate.folder = QFileInfo(request.folder).path();
    qint64 bytes = 0;
    const auto sources = sourcesOf(request);
    for (const auto &source : sources) {
        TreeOptions options;
        options.excluded = source.excluded;
        auto tree = readTree(source.folder, options, monitor);
        if (!tree)
            return tree.failure();
        if (source.isWanted)
            tree->removeIf([&source](const auto &entry) { return !source.isWanted(entry); });
        estimate.files += tree->size();
        bytes += bytesIn(*tree);
    }
    estimate.fileBytes =
        bytesOnDisk(estimate.files, bytes) + estimate.files * BytesPerLine + BytesBeside;
    auto connection = Connection::open(request.database);
    if (!connection)
        return connection.failure();
    const auto schema = measureSchema(*connection, request.tablePrefix);
    if (!schema)
        return schema.failure();
    const bool isScript = request.foreign && !request.foreign->script.isEmpty();
    const auto content =
        isScript ? QFileInfo(request.foreign->script).size() : schema->bytesEstimate();
    estimate.databaseBytes = content + schema->tables.size() * BytesPerEntry;
    const auto space = spaceOf(request.folder);
    if (!space)
        return space.failure();
    estimate.freeBytes = space->freeBytes;
    estimate.freeInodes = space->freeInodes;
    return estimate;
}

} // namespace Banister
