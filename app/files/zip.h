// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Banister {

/// One entry of a zip file whose headers have been checked.
struct ZipEntry
{
    QByteArray name; ///< raw bytes as they stand there; folders end with '/'
    bool isFolder = false;
    qint64 size = 0;       ///< unpacked
    qint64 packedSize = 0; ///< in the file
    quint32 crc = 0;
    quint32 mode = 0;    ///< permission bits to extract with
    qint64 modified = 0; ///< seconds since 1970
    /// Where the entry stands: in the central directory, its number there, and its local header.
    quint64 directoryOffset = 0;
    quint64 number = 0;
    quint64 localOffset = 0;
};

/// More than this is refused as ZipTooLarge.
struct ZipLimits
{
    qint64 bytes = qint64(4) << 30U; ///< unpacked, all together
    int entries = 500000;
    /// Unpacked to packed, of one entry; deflate reaches 1032 on zeros, real files hardly 50.
    int ratio = 200;
    qint64 ratioFreeBytes = 8 << 20U; ///< entries up to this size may have any ratio
};

struct ExtractOptions
{
    ZipLimits limits = {};
    bool durable = true; ///< all is on the disk in the end (one syncfs)
};

struct ZipSummary
{
    qint64 files = 0;
    qint64 folders = 0; ///< with an entry of their own
    qint64 bytes = 0;   ///< unpacked
    /// Names that differ only in case or Unicode form from one before: one file on some file systems.
    QList<QByteArray> collisions;
    bool hasTrailingData = false; ///< bytes behind the end of the archive, not looked at
    QList<ZipEntry> entries;      ///< in the order of the archive
};

/// Reads every entry to its end, with two threads and QuaZip, and compares its checksum. Refused are
/// encrypted entries; names that are absolute, lead up, have backslashes, drive letters, NUL, empty
/// or overlong parts; links and devices; names that come twice or are file and folder at once;
/// entries that overlap; local headers that say something else than the central directory.
/// Errors name the zip file and the entry. The progress counts unpacked bytes.
Result<ZipSummary> inspectZip(const QString &path, const ZipLimits &limits, Monitor &monitor);

/// The headers only: everything that inspectZip() checks but the content.
Result<ZipSummary> listZip(const QString &path, const ZipLimits &limits, Monitor &monitor);

/// The content of one entry. NotFound where there is none of the name, TooLarge beyond the limit
/// (bytes). All headers are checked, but only the content of this entry.
Result<QByteArray> readZipEntry(const QString &path, const QByteArray &name, qint64 limit);

/// Unpacks all entries into a folder of Banister's own, which is made where it is missing; checks as
/// inspectZip() does while doing so. Files keep their modes, at least 0644, without setuid and
/// without write access for others; folders are 0755. What a former try left is replaced; nothing
/// is written through a link.
Result<ZipSummary> extractZip(const QString &path,
                              const QString &folder,
                              Monitor &monitor,
                              const ExtractOptions &options = {});

} // namespace Banister
