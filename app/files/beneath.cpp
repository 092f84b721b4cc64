// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/beneath.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace Banister {

namespace {

constexpr int FolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

// Each part from the handle of the one before; also for paths longer than PATH_MAX.
Handle openByParts(int folder, const QByteArray &path, int flags, unsigned mode, Border border)
{
    struct stat start = {};
    if (fstat(folder, &start) != 0)
        return {};
    Handle current(fcntl(folder, F_DUPFD_CLOEXEC, 0));
    const auto parts = path.split('/');
    for (qsizetype i = 0; i < parts.size() && current.isOpen(); ++i) {
        const auto &part = parts.at(i);
        if (part.isEmpty() || part == "." || part == "..") {
            errno = EINVAL;
            return {};
        }
        const bool isLast = i + 1 == parts.size();
        Handle next(openat(current.fd(),
                           part.constData(),
                           isLast ? flags | O_NOFOLLOW | O_CLOEXEC : FolderFlags,
                           mode));
        struct stat facts = {};
        if (next.isOpen() && border == Border::LinksAndMounts && fstat(next.fd(), &facts) == 0
            && facts.st_dev != start.st_dev) {
            errno = EXDEV;
            return {};
        }
        current = std::move(next);
    }
    return current;
}

} // namespace

Handle openRoot(const QString &folder)
{
    return Handle(open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

Handle openBeneath(int folder, const QByteArray &path, int flags, unsigned mode, Border border)
{
    if (path.isEmpty())
        return Handle(openat(folder, ".", flags | O_CLOEXEC, mode));
    open_how how = {};
    how.flags = static_cast<unsigned>(flags | O_CLOEXEC | O_NOFOLLOW);
    how.mode = (flags & O_CREAT) ? mode : 0;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    if (border == Border::LinksAndMounts)
        how.resolve |= RESOLVE_NO_XDEV;
    Handle handle(int(syscall(SYS_openat2, folder, path.constData(), &how, sizeof how)));
    // Old kernels and old container run-times lack openat2; the latter say EPERM.
    if (handle.isOpen()
        || (errno != ENOSYS && errno != EPERM && errno != ENAMETOOLONG && errno != EAGAIN))
        return handle;
    return openByParts(folder, path, flags, mode, border);
}

Handle openFolderBeneath(int folder, const QByteArray &path, Border border)
{
    return openBeneath(folder, path, O_RDONLY | O_DIRECTORY, 0, border);
}

QList<QByteArray> namesIn(int folder)
{
    QList<QByteArray> names;
    // A descriptor of its own: closedir() closes it, and the position is shared with copies.
    const int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = own >= 0 ? fdopendir(own) : nullptr;
    if (!stream)
        return names;
    for (;;) {
        errno = 0;
        const dirent *item = readdir(stream); // NOLINT(concurrency-mt-unsafe): this thread's only
        if (!item)
            break;
        const char *name = item->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            names.emplaceBack(name);
    }
    const int problem = errno;
    closedir(stream);
    errno = problem;
    return names;
}

QByteArray parentOf(const QByteArray &path)
{
    return path.left(std::max<qsizetype>(path.lastIndexOf('/'), 0));
}

QByteArray nameOf(const QByteArray &path)
{
    return path.mid(path.lastIndexOf('/') + 1);
}

QByteArray joined(const QByteArray &folder, const QByteArray &name)
{
    return folder.isEmpty() ? name : folder + '/' + name;
}

bool isAtOrBelow(const QByteArray &path, const QByteArray &folder)
{
    return path.startsWith(folder)
           && (path.size() == folder.size() || folder.isEmpty() || path.at(folder.size()) == '/');
}

} // namespace Banister
