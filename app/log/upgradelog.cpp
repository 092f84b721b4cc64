// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/upgradelog.h"

#include "log/logerror.h"
#include "log/logring.h"
#include "log/redactor.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr mode_t ownerOnly = 0600;

/// Appends only; O_NONBLOCK so that a pipe in the place of the log does not hold us up.
int openForAppending(const QString &path, int more)
{
    return ::open(QFile::encodeName(path).constData(),
                  O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | more,
                  ownerOnly);
}

int renameWithoutReplacing(const QString &from, const QString &to)
{
    const auto source = QFile::encodeName(from);
    const auto target = QFile::encodeName(to);
    if (::renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE)
        == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS) // some network file systems know no flags
        return errno;
    if (::access(target.constData(), F_OK) == 0)
        return EEXIST;
    return ::rename(source.constData(), target.constData()) == 0 ? 0 : errno;
}

/// Copies from the start of the file to its end; 0, or errno.
int copyAll(int source, int target)
{
    std::array<char, 65536> buffer = {};
    for (off_t at = 0;;) {
        const auto count = ::pread(source, buffer.data(), buffer.size(), at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return count < 0 ? errno : 0;
        for (ssize_t done = 0; done < count;) {
            const auto written = ::write(target, buffer.data() + done, size_t(count - done));
            if (written < 0 && errno != EINTR)
                return errno;
            done += written > 0 ? written : 0;
        }
        at += count;
    }
}

} // namespace

Result<std::unique_ptr<UpgradeLog>>
UpgradeLog::open(const QString &path, const Redactor &redactor, LogRing *ring, Clock clock)
{
    const auto failed = [&path](const QString &reason) {
        return Error{LogError::OpenFailed,
                     tr("The log %1 cannot be opened: %2.").arg(path, reason),
                     path,
                     {}};
    };
    const int file = openForAppending(path, O_CREAT);
    if (file < 0) {
        return failed(errno == ELOOP ? tr("a symbolic link is in its place")
                                     : qt_error_string(errno));
    }
    struct stat status = {};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(file);
        return failed(tr("it is not a regular file"));
    }
    if ((status.st_mode & 07777) != ownerOnly)
        ::fchmod(file, ownerOnly); // another owner's log stays as it is: writing to it is allowed
    if (!clock)
        clock = [] { return QDateTime::currentDateTimeUtc(); };
    auto log =
        std::unique_ptr<UpgradeLog>(new UpgradeLog(file, path, redactor, ring, std::move(clock)));
    // A process that was killed may have left half a line.
    const int reader = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    char last = '\n';
    if (reader >= 0 && status.st_size > 0)
        log->m_isMidLine = ::pread(reader, &last, 1, status.st_size - 1) == 1 && last != '\n';
    if (reader >= 0)
        ::close(reader);
    return log;
}

UpgradeLog::UpgradeLog(int file, QString path, const Redactor &redactor, LogRing *ring, Clock clock)
    : m_file(file)
    , m_path(std::move(path))
    , m_redactor(redactor)
    , m_ring(ring)
    , m_clock(std::move(clock))
{}

UpgradeLog::~UpgradeLog()
{
    ::close(m_file);
}

void UpgradeLog::append(const QString &text, LogLevel level, const QString &step)
{
    const auto safe = withVisibleControls(m_redactor.redact(text));
    const std::scoped_lock lock(m_mutex);
    const auto now = m_clock();
    const auto entry = formatLogEntry({now, level, step, safe});
    if (m_missing > 0) {
        const auto reason = qt_error_string(m_reason);
        const auto note = u"%1 entries are missing here, they could not be written: %2"_s;
        const auto before =
            formatLogEntry({now, LogLevel::Warning, {}, note.arg(m_missing).arg(reason)});
        if (writeAll(before.toUtf8()))
            m_missing = 0;
    }
    if (m_missing > 0 || !writeAll(entry.toUtf8()))
        ++m_missing;
    if (m_ring)
        m_ring->append(entry);
}

/// Where a part was written, the rest is lost: the next entry starts on a line of its own.
bool UpgradeLog::writeAll(const QByteArray &bytes)
{
    const auto entry = m_isMidLine ? '\n' + bytes : bytes;
    for (qsizetype done = 0; done < entry.size();) {
        const auto count = ::write(m_file, entry.constData() + done, size_t(entry.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            m_reason = count < 0 ? errno : EIO;
            if (done > 0)
                m_isMidLine = entry.at(done - 1) != '\n';
            return false;
        }
        done += count;
    }
    m_isMidLine = false;
    return true;
}

Result<> UpgradeLog::moveTo(const QString &newPath)
{
    const std::scoped_lock lock(m_mutex);
    int reason = renameWithoutReplacing(m_path, newPath);
    if (reason == EXDEV) {
        if (auto copied = copyTo(newPath); !copied)
            return copied;
        reason = 0;
    }
    if (reason != 0) {
        return Error{LogError::MoveFailed,
                     tr("The log %1 cannot be moved to %2: %3.")
                         .arg(m_path, newPath, qt_error_string(reason)),
                     newPath,
                     {}};
    }
    m_path = newPath;
    return Success;
}

/// Another file system: the copy is on disk before the original goes.
Result<> UpgradeLog::copyTo(const QString &newPath)
{
    const auto source = QFile::encodeName(m_path);
    const int target = openForAppending(newPath, O_CREAT | O_EXCL);
    int reason = target < 0 ? errno : 0;
    if (target >= 0) {
        const int reader = ::open(source.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        reason = reader < 0 ? errno : copyAll(reader, target);
        if (reader >= 0)
            ::close(reader);
        if (reason == 0 && (::fsync(target) != 0 || ::unlink(source.constData()) != 0))
            reason = errno;
        if (reason != 0) {
            ::close(target);
            ::unlink(QFile::encodeName(newPath).constData());
        }
    }
    if (reason != 0) {
        return Error{LogError::MoveFailed,
                     tr("The log %1 cannot be copied to %2: %3.")
                         .arg(m_path, newPath, qt_error_string(reason)),
                     newPath,
                     {}};
    }
    ::close(std::exchange(m_file, target));
    return Success;
}

Result<> UpgradeLog::sync()
{
    const std::scoped_lock lock(m_mutex);
    if (m_missing == 0 && ::fdatasync(m_file) != 0)
        m_reason = errno;
    else if (m_missing == 0)
        return Success;
    return Error{LogError::WriteFailed,
                 tr("The log %1 is incomplete: %2.").arg(m_path, qt_error_string(m_reason)),
                 m_path,
                 {}};
}

QString UpgradeLog::path() const
{
    const std::scoped_lock lock(m_mutex);
    return m_path;
}

qint64 UpgradeLog::missingEntries() const
{
    const std::scoped_lock lock(m_mutex);
    return m_missing;
}

} // namespace Banister
