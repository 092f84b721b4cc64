// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "steps/contentindex.h"

#include "files/fileerror.h"
#include "files/zip.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <zlib.h>

namespace Banister {

Result<ContentIndex> contentIndexOfZip(const QString &zipFile)
{
    SilentMonitor monitor;
    const auto summary = listZip(zipFile, ZipLimits{}, monitor);
    if (!summary)
        return summary.failure();
    ContentIndex index;
    for (const auto &entry : summary->entries) {
        if (!entry.isFolder)
            index.insert(entry.name, {entry.size, entry.crc});
    }
    return index;
}

Result<ContentId> contentIdOfFile(const QString &path, Monitor &monitor)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fileError(errno, QCoreApplication::translate("ContentIndex", "reading"), path);
    constexpr qint64 BlockSize = 256LL * 1024;
    QByteArray block(BlockSize, Qt::Uninitialized);
    ContentId id;
    auto crc = ::crc32(0, nullptr, 0);
    while (true) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        const auto count = file.read(block.data(), BlockSize);
        if (count < 0)
            return fileError(EIO, QCoreApplication::translate("ContentIndex", "reading"), path);
        if (count == 0)
            break;
        crc = ::crc32(crc, reinterpret_cast<const Bytef *>(block.constData()), uInt(count));
        id.size += count;
    }
    id.crc = quint32(crc);
    return id;
}

} // namespace Banister
