// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace Banister {

/// A new file, written from its start to its end past the page cache where the file system lets
/// that be (O_DIRECT), which saves the copy and the later writeback; buffered where not. Written by
/// one thread.
class DirectFile
{
public:
    /// Mode 0600; what stands there is replaced. Errors: FileError.
    static Result<DirectFile> create(const QString &path);
    DirectFile(DirectFile &&other) noexcept;
    DirectFile &operator=(DirectFile &&) = delete;
    ~DirectFile();

    Result<> write(QByteArrayView bytes);
    /// Writes the rest. What is durable after a crash is for the caller: one sync for many files.
    Result<> finish();
    qint64 size() const { return m_size; }

private:
    struct Free
    {
        void operator()(char *memory) const { std::free(memory); }
    };
    DirectFile(int file, bool isDirect, QString path);
    Result<> flush(size_t count);

    int m_file;
    bool m_isDirect;
    QString m_path;
    std::unique_ptr<char, Free> m_buffer;
    size_t m_filled = 0;
    qint64 m_size = 0;
};

} // namespace Banister
