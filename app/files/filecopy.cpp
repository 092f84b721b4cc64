// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/filecopy.h"

#include "files/beneath.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

namespace Banister {

namespace {

constexpr QByteArrayView TemporaryPrefix = ".banister-part-";
constexpr size_t RangeSize = size_t(1) << 24U; // between two looks at the wish to cancel

qint64 readFully(int fd, char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        const auto got = read(fd, data + done, size - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += size_t(got);
    }
    return qint64(done);
}

bool writeFully(int fd, const char *data, qint64 size)
{
    while (size > 0) {
        const auto written = write(fd, data, size_t(size));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        data += written;
        size -= written;
    }
    return true;
}

} // namespace

QByteArray temporaryName(const QByteArray &name)
{
    quint64 hash = 14695981039346656037ULL; // FNV-1a
    for (const char byte : name)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    return TemporaryPrefix.toByteArray() + QByteArray::number(hash, 16).rightJustified(16, '0');
}

bool isTemporaryName(const QByteArray &name)
{
    return name.size() == TemporaryPrefix.size() + 16 && name.startsWith(TemporaryPrefix);
}

FileCopy::State FileCopy::failed(const QString &what, int number, bool isTarget)
{
    m_problem = {what, number, isTarget};
    return Failed;
}

FileCopy::State FileCopy::readProblem(int number)
{
    return failed(
        QCoreApplication::translate("FileCopy", "The file cannot be read"), number, false);
}

FileCopy::State FileCopy::writeProblem(int number)
{
    return failed(
        QCoreApplication::translate("FileCopy", "The file cannot be written"), number, true);
}

FileCopy::State
FileCopy::copy(int fromFolder, int toFolder, TreeEntry &entry, bool mayExist, Existing existing)
{
    m_kept = {};
    m_hasChanged = false;
    const auto name = nameOf(entry.path);
    const Handle source(
        openat(fromFolder, name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat facts = {};
    if (!source.isOpen() && (errno == ENOENT || errno == ELOOP))
        return Vanished;
    if (!source.isOpen() || fstat(source.fd(), &facts) != 0)
        return readProblem(errno);
    if (!S_ISREG(facts.st_mode))
        return Vanished;
    const auto path = entry.path;
    entry = entryOf(facts);
    entry.path = path;

    const bool replaces = existing == Existing::Replace;
    struct stat present = {};
    if (mayExist && fstatat(toFolder, name.constData(), &present, AT_SYMLINK_NOFOLLOW) == 0) {
        if (S_ISREG(present.st_mode) && present.st_size == entry.size) {
            const Handle old(openat(toFolder, name.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
            if (old.isOpen() && isSame(source, old, entry)) {
                m_progress.add(entry.size);
                if (existing == Existing::Keep || applyFacts(old.fd(), source.fd(), entry, m_kept))
                    return Present;
                return writeProblem(errno);
            }
        }
        if (existing == Existing::Keep)
            return Kept;
        if (!replaces)
            return writeProblem(EEXIST);
        if (S_ISDIR(present.st_mode))
            return writeProblem(EISDIR);
        if (unlinkat(toFolder, name.constData(), 0) != 0)
            return writeProblem(errno);
    }

    const auto targetName = replaces ? name : temporaryName(name);
    Handle target(openat(toFolder,
                         targetName.constData(),
                         O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                         entry.mode & 0777U)); // mostly right, which saves a chmod
    if (!target.isOpen())
        return writeProblem(errno);
    auto state = copyContent(source, target, entry);
    if (state == Done)
        state = finish(source, target, entry);
    if (state == Failed)
        unlinkat(toFolder, targetName.constData(), 0);
    return state;
}

FileCopy::State FileCopy::copyContent(const Handle &source, const Handle &target, TreeEntry &entry)
{
    if (entry.size == 0 && !m_options.hash)
        return Done;
    if (entry.size > 0 && m_canClone.load(std::memory_order_relaxed)) {
        if (ioctl(target.fd(), FICLONE, source.fd()) == 0) {
            m_progress.add(entry.size);
            if (m_options.hash && !isSame(source, target, entry))
                return readProblem(EIO);
            return Done;
        }
        m_canClone = false;
    }
    return m_options.hash ? readAndWrite(source, target, entry)
                          : cloneContent(source, target, entry);
}

// The kernel copies, on NFS and SMB the server does.
FileCopy::State FileCopy::cloneContent(const Handle &source, const Handle &target, TreeEntry &entry)
{
    qint64 size = 0;
    for (;;) {
        if (m_progress.isCancelRequested())
            return failed({}, 0, false);
        const auto copied =
            copy_file_range(source.fd(), nullptr, target.fd(), nullptr, RangeSize, 0);
        if (copied < 0 && errno == EINTR)
            continue;
        // Older kernels return 0 for file systems like /proc; reading decides what is there.
        if (copied < 0 || (copied == 0 && size == 0)) {
            const bool isRefusal = copied == 0 || errno == EXDEV || errno == EINVAL
                                   || errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM;
            if (isRefusal && size == 0)
                return readAndWrite(source, target, entry);
            return writeProblem(errno);
        }
        size += copied;
        m_progress.add(copied);
        if (copied == 0 || size == entry.size) {
            entry.size = size;
            return Done;
        }
    }
}

FileCopy::State FileCopy::readAndWrite(const Handle &source, const Handle &target, TreeEntry &entry)
{
    qint64 size = 0;
    for (;;) {
        if (m_progress.isCancelRequested()) {
            m_hash.result();
            return failed({}, 0, false);
        }
        const auto got = read(source.fd(), m_buffer.data(), m_buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            const int problem = errno;
            m_hash.result();
            return readProblem(problem);
        }
        if (m_options.hash)
            m_hash.add(QByteArrayView(m_buffer.data(), got));
        if (!writeFully(target.fd(), m_buffer.data(), got)) {
            const int problem = errno;
            m_hash.result();
            return writeProblem(problem);
        }
        size += got;
        m_progress.add(got);
        // A short read is the end of a regular file; this saves a call for each small one.
        if (size_t(got) < m_buffer.size())
            break;
    }
    entry.size = size;
    if (m_options.hash)
        entry.sha256 = m_hash.result();
    return Done;
}

FileCopy::State FileCopy::finish(const Handle &source, Handle &target, TreeEntry &entry)
{
    struct stat after = {};
    if (fstat(source.fd(), &after) != 0)
        return readProblem(errno);
    const auto now = entryOf(after);
    m_hasChanged = now.modifiedNs != entry.modifiedNs || now.size != entry.size;
    if (!applyFacts(target.fd(), source.fd(), entry, m_kept) || target.close() != 0)
        return writeProblem(errno);
    return Done;
}

bool FileCopy::isSame(const Handle &source, const Handle &target, TreeEntry &entry)
{
    m_other.resize(m_buffer.size());
    const auto leave = [&](bool isEqual) {
        const auto hash = m_hash.result();
        if (isEqual && m_options.hash)
            entry.sha256 = hash;
        if (!isEqual)
            lseek(source.fd(), 0, SEEK_SET);
        return isEqual;
    };
    for (;;) {
        const auto got = readFully(source.fd(), m_buffer.data(), m_buffer.size());
        const auto other = readFully(target.fd(), m_other.data(), m_other.size());
        if (got < 0 || got != other || memcmp(m_buffer.data(), m_other.data(), size_t(got)) != 0)
            return leave(false);
        if (m_options.hash)
            m_hash.add(QByteArrayView(m_buffer.data(), got));
        if (size_t(got) < m_buffer.size())
            return leave(true);
        if (m_progress.isCancelRequested())
            return leave(false);
    }
}

} // namespace Banister
