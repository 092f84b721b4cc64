// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/fileerror.h"

#include "files/pathcode.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

class Causes
{
    Q_DECLARE_TR_FUNCTIONS(FileError)

public:
    static QString of(FileError code);
};

QString Causes::of(FileError code)
{
    switch (code) {
    case FileError::NotFound:
        return tr("it does not exist");
    case FileError::NoPermission:
        return tr("permission denied");
    case FileError::ReadOnly:
        return tr("the file system is read-only");
    case FileError::DiskFull:
        return tr("the disk is full");
    case FileError::OutOfInodes:
        return tr("the file system has no room for more files");
    case FileError::QuotaExceeded:
        return tr("the disk quota is used up");
    case FileError::OtherFileSystem:
        return tr("it is on another file system");
    case FileError::TooManyOpenFiles:
        return tr("too many files are open");
    case FileError::Stale:
        return tr("the network share was exported anew");
    case FileError::InputOutput:
        return tr("the disk or the network share reported an error");
    case FileError::Exists:
        return tr("it exists already");
    case FileError::NotAFolder:
        return tr("a part of the path is not a folder");
    case FileError::IsAFolder:
        return tr("it is a folder");
    case FileError::NotEmpty:
        return tr("the folder is not empty");
    case FileError::Busy:
        return tr("it is in use");
    case FileError::NameTooLong:
        return tr("the name is too long");
    case FileError::TooLarge:
        return tr("it is too large");
    case FileError::Vanished:
        return tr("it has disappeared");
    case FileError::Immutable:
        return tr("it is marked as immutable");
    case FileError::UnsafePath:
        return tr("a part of the path is a symbolic link");
    case FileError::NotSupported:
        return tr("the file system does not support it");
    default:
        return tr("the system reported an error");
    }
}

FileError codeOf(int errnoValue)
{
    switch (errnoValue) {
    case ENOENT:
        return FileError::NotFound;
    case EACCES:
    case EPERM:
        return FileError::NoPermission;
    case EROFS:
        return FileError::ReadOnly;
    case ENOSPC:
        return FileError::DiskFull;
    case EDQUOT:
        return FileError::QuotaExceeded;
    case EXDEV:
        return FileError::OtherFileSystem;
    case EMFILE:
    case ENFILE:
        return FileError::TooManyOpenFiles;
    case ESTALE:
        return FileError::Stale;
    case EIO:
    case ENODEV:
    case ENXIO:
    case ETIMEDOUT:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENOTCONN: // what a dead sshfs says
    case ECONNABORTED:
    case EREMOTEIO:
        return FileError::InputOutput;
    case EEXIST:
        return FileError::Exists;
    case ENOTDIR:
        return FileError::NotAFolder;
    case EISDIR:
        return FileError::IsAFolder;
    case ENOTEMPTY:
        return FileError::NotEmpty;
    case EBUSY:
    case ETXTBSY:
        return FileError::Busy;
    case ENAMETOOLONG:
        return FileError::NameTooLong;
    case EFBIG:
    case EOVERFLOW:
        return FileError::TooLarge;
    case ELOOP:
        return FileError::UnsafePath;
    case EOPNOTSUPP:
    case ENOSYS:
        return FileError::NotSupported;
    default:
        return FileError::Unexpected;
    }
}

// ENOSPC means both; the cure differs. The path may not exist yet: then its nearest parent tells.
bool isOutOfInodes(QByteArray path)
{
    struct statvfs facts = {};
    while (statvfs(path.constData(), &facts) != 0) {
        const auto slash = path.lastIndexOf('/');
        if (slash <= 0)
            return false;
        path.truncate(slash);
    }
    return facts.f_files > 0 && facts.f_favail == 0 && facts.f_bavail > 0;
}

// EPERM instead of EACCES mostly means chattr +i or +a, on the entry or on its folder.
bool isImmutable(const QByteArray &path)
{
    const auto folder = path.left(std::max<qsizetype>(path.lastIndexOf('/'), 1));
    for (const auto &each : {path, folder}) {
        const int fd = open(each.constData(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
        if (fd < 0)
            continue;
        int flags = 0;
        const bool isKnown = ioctl(fd, FS_IOC_GETFLAGS, &flags) == 0;
        close(fd);
        if (isKnown && (flags & (FS_IMMUTABLE_FL | FS_APPEND_FL)))
            return true;
    }
    return false;
}

} // namespace

Error fileError(int errnoValue, const QString &what, const QString &path)
{
    auto code = codeOf(errnoValue);
    if (errnoValue == ENOSPC && isOutOfInodes(QFile::encodeName(path)))
        code = FileError::OutOfInodes;
    else if (errnoValue == EPERM && isImmutable(QFile::encodeName(path)))
        code = FileError::Immutable;
    //: %1 what could not be done, a sentence; %2 why; %3 path
    const auto fact = QCoreApplication::translate("FileError", "%1: %2 (%3).");
    return {code,
            fact.arg(what, Causes::of(code), shownPath(QFile::encodeName(path))),
            u"%1 (errno %2)"_s.arg(qt_error_string(errnoValue)).arg(errnoValue),
            {}};
}

Error fileError(FileError code, const QString &fact, const QString &details)
{
    return {code, fact, details, {}};
}

QString shownPath(const QByteArray &path)
{
    return QString::fromUtf8(encodedPath(path, PathCode::Shown));
}

QString shownPath(const QString &root, const QByteArray &relative)
{
    auto path = QFile::encodeName(root);
    if (!relative.isEmpty())
        path += '/' + relative;
    return shownPath(path);
}

} // namespace Banister
