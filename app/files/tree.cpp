// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/tree.h"

#include "files/beneath.h"
#include "files/fileerror.h"
#include "files/hash.h"
#include "files/sharedprogress.h"
#include "files/workqueue.h"

#include <QCoreApplication>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

namespace Banister {

namespace {

constexpr qsizetype FilesInBatch = 64;

class TreeReader
{
    Q_DECLARE_TR_FUNCTIONS(TreeReader)

public:
    TreeReader(const QString &root, const TreeOptions &options, Monitor &monitor)
        : m_rootPath(root)
        , m_options(options)
        , m_excluded(options.excluded.begin(), options.excluded.end())
        , m_monitor(monitor)
        , m_progress(monitor,
                     options.hash ? options.expectedBytes : 0,
                     options.hash ? tr("Computing checksums…") : tr("Reading the folder…"))
    {}

    Result<Tree> read();

private:
    // A folder to list, or, with files, a part of those in it to hash.
    struct Job
    {
        QByteArray folder;
        std::shared_ptr<Handle> handle;
        Tree files;
    };
    struct Worker
    {
        Tree entries;
        Sha256 hash;
        std::vector<char> buffer = std::vector<char>(size_t(1) << 18U);
    };

    Result<> list(const QByteArray &folder, Worker &worker);
    Result<bool> hash(const Handle &folder, TreeEntry &entry, Worker &worker);
    Error error(int problem, const QString &what, const QByteArray &path) const
    {
        return fileError(problem, what, joinedRoot(path));
    }
    QString joinedRoot(const QByteArray &path) const
    {
        return path.isEmpty() ? m_rootPath : m_rootPath + u'/' + QFile::decodeName(path);
    }

    QString m_rootPath;
    TreeOptions m_options;
    QSet<QByteArray> m_excluded;
    Monitor &m_monitor;
    SharedProgress m_progress;
    Handle m_root;
    WorkQueue<Job> m_queue;
};

Result<Tree> TreeReader::read()
{
    m_root = openRoot(m_rootPath);
    struct stat facts = {};
    if (!m_root.isOpen() || fstat(m_root.fd(), &facts) != 0)
        return error(errno, tr("The folder cannot be read"), {});
    std::vector<Worker> workers(size_t(std::max(m_options.threads, 1)));
    m_queue.add({});
    const auto done =
        m_queue.run(int(workers.size()), m_monitor, [&](Job &job, int number) -> Result<> {
            auto &worker = workers[size_t(number)];
            if (job.files.isEmpty())
                return list(job.folder, worker);
            for (auto &entry : job.files) {
                const auto exists = hash(*job.handle, entry, worker);
                if (!exists)
                    return exists.failure();
                if (*exists)
                    worker.entries.append(std::move(entry));
            }
            return Success;
        });
    struct stat after = {};
    if (stat(QFile::encodeName(m_rootPath).constData(), &after) != 0 && errno == ENOENT) {
        return fileError(FileError::Vanished,
                         tr("The folder %1 disappeared while it was being read.")
                             .arg(shownPath(QFile::encodeName(m_rootPath))));
    }
    if (!done)
        return done.failure();
    Tree tree;
    if (m_options.withRoot)
        tree.append(entryOf(facts));
    for (auto &worker : workers)
        tree += std::exchange(worker.entries, {});
    sortTree(tree);
    m_progress.finish();
    return tree;
}

Result<> TreeReader::list(const QByteArray &folder, Worker &worker)
{
    auto handle = std::make_shared<Handle>(openFolderBeneath(m_root.fd(), folder));
    if (!handle->isOpen()) {
        if (errno == ENOENT || ((errno == ENOTDIR || errno == ELOOP) && !folder.isEmpty()))
            return Success; // gone, or replaced by something else, since its parent was listed
        return error(errno, tr("The folder cannot be read"), folder);
    }
    const auto names = namesIn(handle->fd());
    if (errno != 0)
        return error(errno, tr("The folder cannot be read"), folder);
    Tree toHash;
    for (const auto &name : names) {
        const auto path = joined(folder, name);
        if (m_excluded.contains(path))
            continue;
        struct stat facts = {};
        if (fstatat(handle->fd(), name.constData(), &facts, AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno == ENOENT)
                continue;
            return error(errno, tr("The file cannot be examined"), path);
        }
        auto entry = entryOf(facts);
        entry.path = path;
        if (entry.type == EntryType::Folder) {
            m_queue.add({path, nullptr, {}});
        } else if (entry.type == EntryType::Link) {
            std::array<char, 4096> target = {};
            const auto length =
                readlinkat(handle->fd(), name.constData(), target.data(), target.size());
            if (length < 0 && errno == ENOENT)
                continue;
            if (length < 0)
                return error(errno, tr("The symbolic link cannot be read"), path);
            entry.linkTarget = QByteArray(target.data(), length);
        } else if (entry.type == EntryType::File && m_options.hash) {
            toHash.append(std::move(entry));
            if (toHash.size() == FilesInBatch)
                m_queue.add({folder, handle, std::exchange(toHash, {})});
            continue;
        }
        worker.entries.append(std::move(entry));
    }
    if (!m_options.hash)
        m_progress.add(names.size());
    if (!toHash.isEmpty())
        m_queue.add({folder, handle, std::move(toHash)});
    return Success;
}

// False where the file is gone.
Result<bool> TreeReader::hash(const Handle &folder, TreeEntry &entry, Worker &worker)
{
    const auto name = nameOf(entry.path);
    const Handle file(
        openat(folder.fd(), name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen() && (errno == ENOENT || errno == ELOOP))
        return false;
    const auto what = tr("The file cannot be read");
    if (!file.isOpen())
        return error(errno, what, entry.path);
    qint64 size = 0;
    for (;;) {
        if (m_monitor.isCancelRequested())
            return Cancelled{};
        const auto got = ::read(file.fd(), worker.buffer.data(), worker.buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error(errno, what, entry.path);
        worker.hash.add(QByteArrayView(worker.buffer.data(), got));
        size += got;
        m_progress.add(got);
        // A short read is the end of a regular file; this saves a call for each small one.
        if (size_t(got) < worker.buffer.size())
            break;
    }
    entry.size = size;
    entry.sha256 = worker.hash.result();
    return true;
}

} // namespace

Result<Tree> readTree(const QString &root, const TreeOptions &options, Monitor &monitor)
{
    return TreeReader(root, options, monitor).read();
}

qint64 bytesIn(const Tree &tree)
{
    qint64 bytes = 0;
    for (const auto &entry : tree)
        bytes += entry.type == EntryType::File ? entry.size : 0;
    return bytes;
}

const TreeEntry *findIn(const Tree &tree, const QByteArray &path)
{
    const auto found = std::lower_bound(
        tree.begin(), tree.end(), path, [](const TreeEntry &entry, const QByteArray &wanted) {
            return entry.path < wanted;
        });
    return found != tree.end() && found->path == path ? &*found : nullptr;
}

TreeEntry entryOf(const struct stat &facts)
{
    TreeEntry entry;
    if (S_ISREG(facts.st_mode)) {
        entry.type = EntryType::File;
        entry.size = facts.st_size;
    } else if (S_ISDIR(facts.st_mode)) {
        entry.type = EntryType::Folder;
    } else {
        entry.type = S_ISLNK(facts.st_mode) ? EntryType::Link : EntryType::Other;
    }
    entry.mode = facts.st_mode & 07777U;
    entry.uid = facts.st_uid;
    entry.gid = facts.st_gid;
    entry.modifiedNs = qint64(facts.st_mtim.tv_sec) * 1000000000 + facts.st_mtim.tv_nsec;
    return entry;
}

void sortTree(Tree &tree)
{
    std::sort(tree.begin(), tree.end(), [](const TreeEntry &one, const TreeEntry &other) {
        return one.path < other.path;
    });
}

} // namespace Banister
