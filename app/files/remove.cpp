// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/remove.h"

#include "files/beneath.h"
#include "files/fileerror.h"
#include "files/sharedprogress.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <vector>

namespace Banister {

namespace {

class Remover
{
    Q_DECLARE_TR_FUNCTIONS(Remover)

public:
    Remover(const QByteArray &path, Monitor &monitor)
        : m_path(QFile::decodeName(path))
        , m_name(path)
        , m_progress(monitor, 0, tr("Removing…"))
    {
        while (m_name.size() > 1 && m_name.endsWith('/'))
            m_name.chop(1);
    }
    Result<> remove();

private:
    // Folders come twice: first to be emptied, then, when what was put on top is done, to be removed.
    struct Job
    {
        QByteArray path;
        bool isEmptied = false;
    };

    Result<> empty(const Job &job);
    Result<> removeFolder(const QByteArray &path);
    // Opens it after making it writable for its owner, where that is needed and allowed.
    Handle openWritable(const QByteArray &path) const;
    Error error(int problem, const QByteArray &path) const
    {
        return fileError(problem,
                         tr("The file or folder cannot be removed"),
                         path.isEmpty() ? m_path : m_path + u'/' + QFile::decodeName(path));
    }

    QString m_path;
    QByteArray m_name;
    SharedProgress m_progress;
    Handle m_root;
    std::vector<Job> m_jobs;
};

Handle Remover::openWritable(const QByteArray &path) const
{
    auto folder = openFolderBeneath(m_root.fd(), path, Border::LinksAndMounts);
    struct stat facts = {};
    if (!folder.isOpen() && errno == EACCES) {
        // Unreadable: its parent is open and writable by now, so it can be changed from there.
        const auto parent = openFolderBeneath(m_root.fd(), parentOf(path), Border::LinksAndMounts);
        const auto name = nameOf(path);
        if (!parent.isOpen()
            || fstatat(parent.fd(), name.constData(), &facts, AT_SYMLINK_NOFOLLOW) != 0
            || !S_ISDIR(facts.st_mode) || fchmodat(parent.fd(), name.constData(), 0700, 0) != 0) {
            errno = EACCES;
            return {};
        }
        return openFolderBeneath(m_root.fd(), path, Border::LinksAndMounts);
    }
    if (folder.isOpen() && fstat(folder.fd(), &facts) == 0 && (facts.st_mode & S_IRWXU) != S_IRWXU
        && facts.st_uid == geteuid())
        fchmod(folder.fd(), (facts.st_mode & 07777U) | S_IRWXU);
    return folder;
}

Result<> Remover::empty(const Job &job)
{
    const auto folder = openWritable(job.path);
    if (!folder.isOpen())
        return errno == ENOENT ? Result<>(Success) : error(errno, job.path);
    const auto names = namesIn(folder.fd());
    if (errno != 0)
        return error(errno, job.path);
    m_jobs.push_back({job.path, true});
    for (const auto &name : names) {
        if (m_progress.isCancelRequested())
            return Cancelled{};
        if (unlinkat(folder.fd(), name.constData(), 0) == 0 || errno == ENOENT) {
            m_progress.add(1);
            continue;
        }
        // Linux says EISDIR for folders; EPERM is what POSIX and some file systems say.
        struct stat facts = {};
        const int problem = errno;
        const bool isFolder =
            fstatat(folder.fd(), name.constData(), &facts, AT_SYMLINK_NOFOLLOW) == 0
            && S_ISDIR(facts.st_mode);
        if (!isFolder)
            return error(problem, joined(job.path, name));
        m_jobs.push_back({joined(job.path, name), false});
    }
    return Success;
}

Result<> Remover::removeFolder(const QByteArray &path)
{
    if (path.isEmpty()) {
        m_root.close();
        return rmdir(m_name.constData()) == 0 || errno == ENOENT ? Result<>(Success)
                                                                 : error(errno, path);
    }
    const auto parent = openFolderBeneath(m_root.fd(), parentOf(path), Border::LinksAndMounts);
    if (!parent.isOpen()
        || (unlinkat(parent.fd(), nameOf(path).constData(), AT_REMOVEDIR) != 0 && errno != ENOENT))
        return error(errno, path);
    m_progress.add(1);
    return Success;
}

Result<> Remover::remove()
{
    struct stat facts = {};
    if (lstat(m_name.constData(), &facts) != 0)
        return errno == ENOENT ? Result<>(Success) : error(errno, {});
    if (!S_ISDIR(facts.st_mode))
        return unlink(m_name.constData()) == 0 || errno == ENOENT ? Result<>(Success)
                                                                  : error(errno, {});
    constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    m_root = Handle(open(m_name.constData(), flags));
    if (!m_root.isOpen() && errno == EACCES && facts.st_uid == geteuid()
        && chmod(m_name.constData(), 0700) == 0)
        m_root = Handle(open(m_name.constData(), flags));
    if (!m_root.isOpen())
        return error(errno, {});
    m_jobs.push_back({});
    while (!m_jobs.empty()) {
        if (m_progress.isCancelRequested())
            return Cancelled{};
        const auto job = m_jobs.back();
        m_jobs.pop_back();
        auto done = job.isEmptied ? removeFolder(job.path) : empty(job);
        if (!done)
            return done;
    }
    m_progress.finish();
    return Success;
}

} // namespace

Result<> removeTree(const QString &path, Monitor &monitor)
{
    return removeRawPath(QFile::encodeName(path), monitor);
}

Result<> removeRawPath(const QByteArray &path, Monitor &monitor)
{
    return Remover(path, monitor).remove();
}

} // namespace Banister
