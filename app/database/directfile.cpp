// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/directfile.h"

#include "files/fileerror.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace Banister {

namespace {

constexpr size_t BufferSize = 1024UL * 1024;
constexpr size_t Alignment = 4096;

Error failed(int errorNumber, const QString &path)
{
    return fileError(errorNumber, QCoreApplication::translate("DirectFile", "writing"), path);
}

} // namespace

DirectFile::DirectFile(int file, bool isDirect, QString path)
    : m_file(file)
    , m_isDirect(isDirect)
    , m_path(std::move(path))
    , m_buffer(static_cast<char *>(std::aligned_alloc(Alignment, BufferSize)))
{}

DirectFile::DirectFile(DirectFile &&other) noexcept
    : m_file(std::exchange(other.m_file, -1))
    , m_isDirect(other.m_isDirect)
    , m_path(std::move(other.m_path))
    , m_buffer(std::move(other.m_buffer))
    , m_filled(other.m_filled)
    , m_size(other.m_size)
{}

DirectFile::~DirectFile()
{
    if (m_file >= 0)
        ::close(m_file);
}

Result<DirectFile> DirectFile::create(const QString &path)
{
    constexpr mode_t OwnerOnly = 0600;
    const auto name = QFile::encodeName(path);
    const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
    bool isDirect = true;
    auto file = ::open(name.constData(), flags | O_DIRECT, OwnerOnly);
    if (file < 0 && errno == EINVAL) {
        isDirect = false;
        file = ::open(name.constData(), flags, OwnerOnly);
    }
    if (file < 0)
        return failed(errno, path);
    return DirectFile(file, isDirect, path);
}

Result<> DirectFile::flush(size_t count)
{
    size_t done = 0;
    while (done < count) {
        const auto written = ::write(m_file, m_buffer.get() + done, count - done);
        if (written >= 0) {
            done += size_t(written);
            // A part of a block is written where the disk is nearly full: go on without O_DIRECT.
            if (done < count && m_isDirect && done % Alignment != 0) {
                m_isDirect = false;
                ::fcntl(m_file, F_SETFL, ::fcntl(m_file, F_GETFL) & ~O_DIRECT);
            }
        } else if (errno == EINVAL && m_isDirect) {
            m_isDirect = false;
            ::fcntl(m_file, F_SETFL, ::fcntl(m_file, F_GETFL) & ~O_DIRECT);
        } else if (errno != EINTR) {
            return failed(errno, m_path);
        }
    }
    m_filled = 0;
    return Success;
}

Result<> DirectFile::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const auto count = std::min(BufferSize - m_filled, size_t(bytes.size()));
        std::memcpy(m_buffer.get() + m_filled, bytes.data(), count);
        m_filled += count;
        m_size += qint64(count);
        bytes = bytes.sliced(qsizetype(count));
        if (m_filled == BufferSize) {
            if (const auto flushed = flush(BufferSize); !flushed)
                return flushed.failure();
        }
    }
    return Success;
}

Result<> DirectFile::finish()
{
    if (m_filled % Alignment != 0 && m_isDirect) {
        m_isDirect = false;
        ::fcntl(m_file, F_SETFL, ::fcntl(m_file, F_GETFL) & ~O_DIRECT);
    }
    if (const auto flushed = flush(m_filled); !flushed)
        return flushed.failure();
    if (::close(std::exchange(m_file, -1)) != 0)
        return failed(errno, m_path);
    return Success;
}

} // namespace Banister
