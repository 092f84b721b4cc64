// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/durable.h"

#include "base/sha256.h"
#include "files/attributes.h"
#include "files/beneath.h"
#include "files/fileerror.h"
#include "files/privatefolder.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace Banister {

namespace {

class DurableWrite
{
    Q_DECLARE_TR_FUNCTIONS(DurableWrite)

public:
    DurableWrite(const QString &path, const WriteOptions &options)
        : m_path(path)
        , m_name(QFile::encodeName(path))
        , m_options(options)
    {}
    ~DurableWrite()
    {
        if (!m_temporary.isEmpty())
            unlink(m_temporary.constData());
    }
    Q_DISABLE_COPY_MOVE(DurableWrite)

    Result<> write(const QByteArray &content);
    static QString readProblem() { return tr("The file cannot be read"); }
    static QString syncProblem() { return tr("The folder cannot be written to the disk"); }
    static QString tooLarge(const QString &path, qint64 limit)
    {
        return tr("The file %1 has more than %2 bytes.")
            .arg(shownPath(QFile::encodeName(path)))
            .arg(limit);
    }

private:
    Result<> examine();
    Result<> takeOver();
    Result<> makeTemporary(const QByteArray &folder);
    Error error(int problem) const
    {
        return fileError(problem, tr("The file cannot be written"), m_path);
    }

    QString m_path;
    QByteArray m_name;
    WriteOptions m_options;
    QByteArray m_temporary; // while it has to be removed
    Handle m_file;
    Handle m_old; // the file to be replaced, where there is one
    struct stat m_oldFacts = {};
};

Result<> DurableWrite::examine()
{
    struct stat facts = {};
    if (lstat(m_name.constData(), &facts) != 0)
        return errno == ENOENT ? Result<>(Success) : error(errno);
    if (m_options.mustNotExist)
        return error(EEXIST);
    if (S_ISLNK(facts.st_mode)) {
        if (!m_options.followsLink)
            return error(ELOOP);
        m_path = QFileInfo(m_path).canonicalFilePath();
        m_name = QFile::encodeName(m_path);
        if (m_name.isEmpty())
            return error(ENOENT);
    }
    m_old = Handle(open(m_name.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    // A file that may be replaced but not read: what it is like is known all the same.
    if (stat(m_name.constData(), &m_oldFacts) != 0)
        return error(errno);
    if (S_ISDIR(m_oldFacts.st_mode))
        return error(EISDIR);
    return Success;
}

Result<> DurableWrite::takeOver()
{
    const bool replaces = m_oldFacts.st_nlink > 0;
    if (replaces && m_options.keepOwner) {
        struct stat own = {};
        if (fstat(m_file.fd(), &own) != 0)
            return error(errno);
        const bool isSame = own.st_uid == m_oldFacts.st_uid && own.st_gid == m_oldFacts.st_gid;
        if (!isSame && fchown(m_file.fd(), m_oldFacts.st_uid, m_oldFacts.st_gid) != 0)
            return fileError(errno, tr("The owner of the file cannot be kept"), m_path);
        if (m_old.isOpen())
            copyAttributes(m_old.fd(), m_file.fd());
    }
    const auto mode = m_options.mode.value_or(replaces ? m_oldFacts.st_mode & 07777U : 0644U);
    return fchmod(m_file.fd(), mode) == 0 ? Result<>(Success) : error(errno);
}

// Who writes to a temporary file holds its lock, which ends with the process: one that can be locked
// was left by a writer that was killed.
Result<> DurableWrite::makeTemporary(const QByteArray &folder)
{
    constexpr qsizetype Digits = 8;
    Sha256 hash;
    hash.add(nameOf(m_name));
    const auto prefix = ".banister-" + hash.result().toHex().left(Digits) + '-';
    const Handle parent(open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const auto names = parent.isOpen() ? namesIn(parent.fd()) : QList<QByteArray>();
    for (const auto &name : names) {
        if (!name.startsWith(prefix))
            continue;
        const Handle left(openat(parent.fd(), name.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        if (left.isOpen() && flock(left.fd(), LOCK_EX | LOCK_NB) == 0)
            unlinkat(parent.fd(), name.constData(), 0);
    }
    m_temporary = folder + '/' + prefix + randomHex(8).toLatin1() + ".tmp";
    m_file = Handle(
        open(m_temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (m_file.isOpen()) {
        flock(m_file.fd(), LOCK_EX | LOCK_NB); // where there are no locks, nothing is taken away
        return Success;
    }
    const int problem = errno;
    m_temporary.clear();
    return error(problem);
}

Result<> DurableWrite::write(const QByteArray &content)
{
    if (auto examined = examine(); !examined)
        return examined;
    const auto slash = m_name.lastIndexOf('/');
    const auto folder = slash < 0 ? QByteArray(".") : m_name.left(std::max<qsizetype>(slash, 1));
    if (auto made = makeTemporary(folder); !made)
        return made;
    for (qsizetype done = 0; done < content.size();) {
        const auto written =
            ::write(m_file.fd(), content.constData() + done, size_t(content.size() - done));
        if (written < 0 && errno != EINTR)
            return error(errno);
        done += std::max<ssize_t>(written, 0);
    }
    if (auto taken = takeOver(); !taken)
        return taken;
    if (fsync(m_file.fd()) != 0 || m_file.close() != 0)
        return error(errno);
    const unsigned flags = m_options.mustNotExist ? RENAME_NOREPLACE : 0;
    int renamed = renameat2(AT_FDCWD, m_temporary.constData(), AT_FDCWD, m_name.constData(), flags);
    if (renamed != 0 && errno == EINVAL && flags != 0) // NFS, some FUSE: link() is as exclusive
        renamed = link(m_temporary.constData(), m_name.constData()) == 0
                      ? unlink(m_temporary.constData())
                      : -1;
    if (renamed != 0)
        return error(errno);
    m_temporary.clear();
    return syncFolder(QFile::decodeName(folder));
}

} // namespace

Result<> writeDurably(const QString &path, const QByteArray &content, const WriteOptions &options)
{
    return DurableWrite(path, options).write(content);
}

Result<QByteArray> readWhole(const QString &path, qint64 limit)
{
    const Handle file(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat facts = {};
    if (!file.isOpen() || fstat(file.fd(), &facts) != 0)
        return fileError(errno, DurableWrite::readProblem(), path);
    QByteArray content;
    // Files of /proc say that they have no bytes; so the size is only a first guess.
    content.reserve(std::min<qint64>(facts.st_size, limit) + 1);
    for (;;) {
        std::array<char, 1 << 14> buffer; // NOLINT(*-member-init): filled by the call
        const auto got = read(file.fd(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fileError(errno, DurableWrite::readProblem(), path);
        if (got == 0)
            return content;
        content.append(buffer.data(), got);
        if (content.size() > limit)
            return fileError(FileError::TooLarge, DurableWrite::tooLarge(path, limit));
    }
}

Result<> syncFolder(const QString &folder)
{
    const auto handle = openRoot(folder);
    if (!handle.isOpen())
        return fileError(errno, DurableWrite::syncProblem(), folder);
    // Some file systems (SMB, FUSE) cannot sync folders: they do it by themselves or not at all.
    if (fsync(handle.fd()) != 0 && errno != EINVAL && errno != EOPNOTSUPP && errno != ENOSYS)
        return fileError(errno, DurableWrite::syncProblem(), folder);
    return Success;
}

Result<> syncFileSystem(const QString &path)
{
    const Handle handle(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!handle.isOpen())
        return fileError(errno, DurableWrite::syncProblem(), path);
    if (syncfs(handle.fd()) != 0)
        return fileError(errno, DurableWrite::syncProblem(), path);
    return Success;
}

} // namespace Banister
