// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/fileerror.h"
#include "files/handle.h"
#include "files/zip.h"

#include <QSet>

#include <vector>

namespace Banister {

/// Reads and checks the headers of a zip file for the functions in zip.h.
///
/// QuaZip lists the central directory. The records are read here as well, as QuaZip does not give
/// the place of the local header, and as two readers that disagree are how hostile archives work.
class ZipDirectory
{
public:
    ZipDirectory(const QString &path, const ZipLimits &limits)
        : m_path(path)
        , m_limits(limits)
    {}

    Result<ZipSummary> read(Monitor &monitor);

private:
    Result<> open();
    bool hasWholeEnd() const;
    Result<> addEntry(ZipEntry entry, unsigned flags, unsigned method, unsigned unixMode);
    Result<> checkName(const QByteArray &name) const;
    Result<> checkLocalHeader(const ZipEntry &entry, unsigned flags, unsigned method);
    Result<> checkConflicts();
    Result<> checkOverlaps();
    Error refused(FileError code, const QString &fact, const QByteArray &name) const;
    Error corrupt(const QByteArray &name) const;

    struct Range
    {
        quint64 begin = 0;
        quint64 end = 0;
        qsizetype entry = 0;
    };

    QString m_path;
    ZipLimits m_limits;
    Handle m_file;
    quint64 m_size = 0;
    ZipSummary m_summary;
    std::vector<Range> m_ranges;
    QSet<QByteArray> m_files; // without the '/' at the end, as below
    QSet<QByteArray> m_folders;
    QSet<QString> m_folded;
};

/// "… cannot be read: …" with the names of the zip file and the entry.
Error zipError(FileError code,
               const QString &fact,
               const QString &path,
               const QByteArray &entry,
               const QString &details = {});

} // namespace Banister
