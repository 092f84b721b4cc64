// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/sha256.h"

#include <QCoreApplication>
#include <QString>

#include <memory>

namespace Banister {

/// Reads a file from its beginning, unpacking what zstd or gzip packed, in a few hundred kilobytes of
/// memory. How it is packed is told by its first bytes.
class CompressedFile
{
    Q_DECLARE_TR_FUNCTIONS(CompressedFile)

public:
    /// Errors: DatabaseError.DumpIncomplete where it cannot be opened.
    /// \param hash takes all bytes of the file as they are on disk; null, or lives longer than this
    static Result<CompressedFile> open(const QString &path, Sha256 *hash = nullptr);
    CompressedFile(CompressedFile &&) noexcept;
    CompressedFile &operator=(CompressedFile &&) noexcept;
    ~CompressedFile();

    /// Up to so many unpacked bytes, at least one before the end; 0 at the end. Errors:
    /// DatabaseError.DumpDamaged with the position in the packed file, also for one cut short.
    Result<qint64> read(char *to, qint64 size);
    /// Packed bytes that have been used.
    qint64 position() const;
    QString path() const;

private:
    class Unpacker;
    class PlainUnpacker;
    class GzipUnpacker;
    class ZstdUnpacker;
    struct Private;

    explicit CompressedFile(std::unique_ptr<Private> parts);
    static Error damaged(const QString &path, qint64 position, const char *why);

    std::unique_ptr<Private> m_d;
};

} // namespace Banister
