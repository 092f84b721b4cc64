// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/move.h"

#include "files/beneath.h"
#include "files/fileerror.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <linux/fs.h>
#include <optional>
#include <sys/ioctl.h>
#include <sys/stat.h>

namespace Banister {

namespace {

class Mover
{
    Q_DECLARE_TR_FUNCTIONS(Mover)

public:
    Result<> open(const QString &from, const QString &to);
    Result<> move(const QByteArray &name, const QByteArray &newName);
    Result<> sync() const;

    static QString problem() { return tr("The file or folder cannot be moved"); }
    static QString toOtherFileSystem() { return tr("It cannot be moved to the other folder"); }

private:
    QString path(const QByteArray &name) const
    {
        return m_fromPath + u'/' + QFile::decodeName(name);
    }

    QString m_fromPath;
    QString m_toPath;
    Handle m_from;
    Handle m_to;
};

Result<> Mover::open(const QString &from, const QString &to)
{
    m_fromPath = from;
    m_toPath = to;
    m_from = openRoot(from);
    if (!m_from.isOpen())
        return fileError(errno, problem(), from);
    m_to = openRoot(to);
    if (!m_to.isOpen())
        return fileError(errno, problem(), to);
    return Success;
}

Result<> Mover::move(const QByteArray &name, const QByteArray &newName)
{
    const char *source = name.constData();
    const char *target = newName.constData();
    if (renameat2(m_from.fd(), source, m_to.fd(), target, RENAME_NOREPLACE) == 0)
        return Success;
    struct stat facts = {};
    const auto isThere = [&facts](const Handle &folder, const char *entry) {
        return fstatat(folder.fd(), entry, &facts, AT_SYMLINK_NOFOLLOW) == 0;
    };
    // File systems without the flag (NFS, older FUSE): look first; the moment between is accepted.
    if (errno == EINVAL || errno == ENOSYS) {
        if (isThere(m_to, target))
            errno = EEXIST;
        else if (renameat(m_from.fd(), source, m_to.fd(), target) == 0)
            return Success;
    }
    const int problemNumber = errno;
    const bool isTarget = problemNumber == EEXIST || problemNumber == ENOTEMPTY;
    return fileError(isTarget ? EEXIST : problemNumber,
                     problem(),
                     isTarget ? m_toPath + u'/' + QFile::decodeName(newName) : path(name));
}

Result<> Mover::sync() const
{
    for (const auto *folder : {&m_to, &m_from}) {
        if (fsync(folder->fd()) != 0 && errno != EINVAL && errno != EOPNOTSUPP)
            return fileError(errno, problem(), folder == &m_to ? m_toPath : m_fromPath);
    }
    return Success;
}

std::optional<quint64> mountOf(const QByteArray &path)
{
    struct statx facts = {};
    if (statx(AT_FDCWD, path.constData(), AT_SYMLINK_NOFOLLOW, STATX_MNT_ID, &facts) != 0
        || !(facts.stx_mask & STATX_MNT_ID))
        return std::nullopt;
    return facts.stx_mnt_id;
}

bool isFlagged(const QByteArray &path)
{
    const Handle handle(open(path.constData(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    int flags = 0;
    return handle.isOpen() && ioctl(handle.fd(), FS_IOC_GETFLAGS, &flags) == 0
           && (flags & (FS_IMMUTABLE_FL | FS_APPEND_FL));
}

Error immutable(const QString &path)
{
    return fileError(
        FileError::Immutable,
        QCoreApplication::translate(
            "Mover", "%1 is marked as immutable (chattr +i or +a), so it cannot be moved.")
            .arg(shownPath(QFile::encodeName(path))),
        {});
}

// Whether the user may add and remove names in the folder.
Result<> checkFolder(const QString &folder)
{
    const auto name = QFile::encodeName(folder);
    if (faccessat(AT_FDCWD, name.constData(), W_OK | X_OK, AT_EACCESS) != 0)
        return fileError(errno, Mover::problem(), folder);
    if (isFlagged(name))
        return immutable(folder);
    return Success;
}

} // namespace

Result<> moveEntry(const QString &from, const QString &to)
{
    const QFileInfo source(from);
    const QFileInfo target(to);
    Mover mover;
    if (auto opened = mover.open(source.path(), target.path()); !opened)
        return opened;
    auto moved =
        mover.move(QFile::encodeName(source.fileName()), QFile::encodeName(target.fileName()));
    return moved ? mover.sync() : moved;
}

Result<> moveEntries(const QString &from, const QString &to, const QList<QByteArray> &names)
{
    Mover mover;
    if (auto opened = mover.open(from, to); !opened)
        return opened;
    Result<> moved = Success;
    for (const auto &name : names) {
        moved = mover.move(name, name);
        if (moved.isError() && moved.error().code == FileError::NotFound) {
            struct stat facts = {};
            const QByteArray there = QFile::encodeName(to) + '/' + name;
            if (lstat(there.constData(), &facts) == 0)
                moved = Success;
        }
        if (!moved)
            break;
    }
    auto synced = mover.sync();
    return moved ? synced : moved;
}

Result<> checkMovable(const QString &path, const QString &targetFolder)
{
    const auto name = QFile::encodeName(path);
    const auto folderPath = QFileInfo(path).path();
    const auto folderName = QFile::encodeName(folderPath);
    struct stat entry = {};
    struct stat folder = {};
    struct stat target = {};
    if (lstat(name.constData(), &entry) != 0 || stat(folderName.constData(), &folder) != 0)
        return fileError(errno, Mover::problem(), path);
    if (stat(QFile::encodeName(targetFolder).constData(), &target) != 0)
        return fileError(errno, Mover::problem(), targetFolder);
    if (!S_ISDIR(target.st_mode))
        return fileError(ENOTDIR, Mover::problem(), targetFolder);
    // A rename also fails between two mounts of one file system, so mounts are compared as well.
    // The "." makes the folder itself count where its path is a link.
    const auto here = mountOf(folderName + "/.");
    const auto there = mountOf(QFile::encodeName(targetFolder) + "/.");
    if (entry.st_dev != folder.st_dev || mountOf(name) != here) {
        return fileError(FileError::Busy,
                         QCoreApplication::translate(
                             "Mover", "%1 is a mount point: another file system begins there.")
                             .arg(shownPath(name)),
                         {});
    }
    if (target.st_dev != entry.st_dev || here != there)
        return fileError(EXDEV, Mover::toOtherFileSystem(), path);
    for (const auto &each : {folderPath, targetFolder}) {
        if (auto checked = checkFolder(each); !checked)
            return checked;
    }
    const auto user = geteuid();
    const bool isOwner = user == 0 || user == entry.st_uid || user == folder.st_uid;
    if ((folder.st_mode & S_ISVTX) && !isOwner)
        return fileError(EACCES, Mover::problem(), path);
    // A folder that gets another parent has its ".." rewritten.
    if (S_ISDIR(entry.st_mode)
        && faccessat(AT_FDCWD, name.constData(), W_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW) != 0)
        return fileError(errno, Mover::problem(), path);
    if (isFlagged(name))
        return immutable(path);
    return Success;
}

} // namespace Banister
