// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/copytree.h"

#include "files/beneath.h"
#include "files/durable.h"
#include "files/filecopy.h"
#include "files/fileerror.h"
#include "files/workqueue.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <memory>
#include <sys/stat.h>

namespace Banister {

namespace {

constexpr qsizetype FilesInBatch = 64;

class TreeCopy
{
    Q_DECLARE_TR_FUNCTIONS(TreeCopy)

public:
    TreeCopy(const QString &from, const QString &to, const CopyOptions &options, Monitor &monitor)
        : m_fromPath(from)
        , m_toPath(to)
        , m_options(options)
        , m_excluded(options.excluded.begin(), options.excluded.end())
        , m_monitor(monitor)
        , m_progress(monitor, options.expectedBytes, tr("Copying files…"))
    {}
    ~TreeCopy();
    Q_DISABLE_COPY_MOVE(TreeCopy)

    Result<CopyReport> copy();

private:
    struct Folders // the same folder on both sides
    {
        Handle from;
        Handle to;
    };
    // A folder to list, or, with files, a part of those in it to copy.
    struct Job
    {
        QByteArray folder;
        bool isNew = true; // made by this run, so nothing is in it
        std::shared_ptr<Folders> folders;
        Tree files;
    };
    struct Folder
    {
        TreeEntry entry;
        bool isNew = true;
    };
    struct Worker
    {
        explicit Worker(TreeCopy &copy)
            : file(copy.m_options, copy.m_progress, copy.m_canClone)
        {}
        FileCopy file;
        CopyReport report;
        std::vector<Folder> folders;
        std::vector<QByteArray> toRename;                     // complete under temporary names
        std::vector<std::pair<TreeEntry, QByteArray>> toLink; // to the path of the first name
    };
    using Inode = std::pair<dev_t, ino_t>;

    Result<> prepare();
    Result<> list(const Job &job, Worker &worker);
    Result<> visit(const Job &job, const QByteArray &name, Tree &files, Worker &worker);
    Result<> enterFolder(const Job &job, const TreeEntry &entry, Worker &worker);
    Result<> copyLink(const Job &job, TreeEntry &entry, Worker &worker);
    Result<> copyFile(const Job &job, TreeEntry &entry, Worker &worker);
    Result<> rename(int folder, const QByteArray &path) const;
    Result<> complete();
    Result<> makeHardLinks(Worker &worker);
    Result<> finishFolder(const Folder &folder, CopyReport &report) const;
    Result<> onFoldersOf(std::vector<QByteArray> &paths,
                         const std::function<Result<>(int, const QByteArray &)> &action) const;
    CopyReport merged();

    Error sourceError(const QString &what, const QByteArray &path) const
    {
        return error(errno, what, m_fromPath, path);
    }
    Error targetError(const QString &what, const QByteArray &path) const
    {
        return error(errno, what, m_toPath, path);
    }
    static Error error(int number, const QString &what, const QString &root, const QByteArray &path)
    {
        return fileError(
            number, what, path.isEmpty() ? root : root + u'/' + QFile::decodeName(path));
    }

    Error targetInSource() const;
    // The path or a folder above it.
    bool isExcluded(const QByteArray &path) const
    {
        return !path.isEmpty() && (m_excluded.contains(path) || isExcluded(parentOf(path)));
    }

    QString m_fromPath;
    QString m_toPath;
    CopyOptions m_options;
    QSet<QByteArray> m_excluded;
    Monitor &m_monitor;
    SharedProgress m_progress;
    std::atomic<bool> m_canClone = true;
    Handle m_from;
    Handle m_to;
    Inode m_toInode;
    TreeEntry m_rootEntry;
    bool m_isRootNew = false;
    WorkQueue<Job> m_queue;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::mutex m_linksMutex;
    std::map<Inode, QByteArray> m_firstNames; // of files with several, under m_linksMutex
};

Result<> TreeCopy::prepare()
{
    struct stat facts = {};
    m_from = openRoot(m_fromPath);
    if (!m_from.isOpen() || fstat(m_from.fd(), &facts) != 0)
        return sourceError(tr("The folder cannot be read"), {});
    m_rootEntry = entryOf(facts);
    const QFileInfo targetInfo(QDir::cleanPath(m_toPath));
    const auto target = QFile::encodeName(targetInfo.filePath());
    if (!QDir().mkpath(targetInfo.path()))
        return targetError(tr("The folder cannot be made"), {});
    const auto source = QFile::encodeName(QFileInfo(m_fromPath).canonicalFilePath());
    const auto real = QFile::encodeName(QFileInfo(targetInfo.path()).canonicalFilePath()) + '/'
                      + QFile::encodeName(targetInfo.fileName());
    if (isAtOrBelow(real, source) && !isExcluded(real.mid(source.size() + 1)))
        return targetInSource();
    m_isRootNew = mkdir(target.constData(), 0700) == 0;
    if (!m_isRootNew && errno != EEXIST)
        return targetError(tr("The folder cannot be made"), {});
    m_to = openRoot(m_toPath);
    if (!m_to.isOpen() || fstat(m_to.fd(), &facts) != 0)
        return targetError(tr("The folder cannot be made"), {});
    m_toInode = {facts.st_dev, facts.st_ino};
    return Success;
}

Error TreeCopy::targetInSource() const
{
    return fileError(
        FileError::UnsafePath,
        tr("The folder %1 lies in the folder that is to be copied into it, %2.")
            .arg(shownPath(QFile::encodeName(m_toPath)), shownPath(QFile::encodeName(m_fromPath))));
}

// Removes what a failure left under temporary names.
TreeCopy::~TreeCopy()
{
    for (auto &worker : m_workers) {
        (void)onFoldersOf(worker->toRename, [](int folder, const QByteArray &path) {
            unlinkat(folder, temporaryName(nameOf(path)).constData(), 0);
            return Result<>(Success);
        });
    }
}

Result<CopyReport> TreeCopy::copy()
{
    if (auto prepared = prepare(); !prepared)
        return prepared.failure();
    for (int i = 0; i < std::max(m_options.threads, 1); ++i)
        m_workers.push_back(std::make_unique<Worker>(*this));
    m_queue.add({{}, m_isRootNew, nullptr, {}});
    auto done =
        m_queue.run(int(m_workers.size()), m_monitor, [this](Job &job, int number) -> Result<> {
            auto &worker = *m_workers[size_t(number)];
            if (job.files.isEmpty())
                return list(job, worker);
            for (auto &entry : job.files) {
                if (m_monitor.isCancelRequested())
                    return Cancelled{};
                if (auto copied = copyFile(job, entry, worker); !copied)
                    return copied;
            }
            return Success;
        });
    if (!QFileInfo::exists(m_fromPath)) {
        return fileError(FileError::Vanished,
                         tr("The folder %1 disappeared while it was being copied.")
                             .arg(shownPath(QFile::encodeName(m_fromPath))));
    }
    if (!done)
        return done.failure();
    if (auto completed = complete(); !completed)
        return completed.failure();
    m_progress.finish();
    return merged();
}

Result<> TreeCopy::list(const Job &job, Worker &worker)
{
    auto folders = std::make_shared<Folders>();
    folders->from = openFolderBeneath(m_from.fd(), job.folder);
    struct stat facts = {};
    if (!folders->from.isOpen() || fstat(folders->from.fd(), &facts) != 0)
        return sourceError(tr("The folder cannot be read"), job.folder);
    if (m_toInode == Inode(facts.st_dev, facts.st_ino))
        return targetInSource(); // by a way that the path did not show
    folders->to = openFolderBeneath(m_to.fd(), job.folder);
    if (!folders->to.isOpen())
        return targetError(tr("The folder cannot be opened"), job.folder);
    const auto names = namesIn(folders->from.fd());
    if (errno != 0)
        return sourceError(tr("The folder cannot be read"), job.folder);
    if (!job.isNew) {
        const auto present = namesIn(folders->to.fd());
        for (const auto &name : present) {
            if (isTemporaryName(name))
                unlinkat(folders->to.fd(), name.constData(), 0);
        }
    }
    const Job here{job.folder, job.isNew, std::move(folders), {}};
    Tree files;
    for (const auto &name : names) {
        if (auto visited = visit(here, name, files, worker); !visited)
            return visited;
        if (files.size() == FilesInBatch)
            m_queue.add({job.folder, job.isNew, here.folders, std::exchange(files, {})});
    }
    if (!files.isEmpty())
        m_queue.add({job.folder, job.isNew, here.folders, std::move(files)});
    return Success;
}

Result<> TreeCopy::visit(const Job &job, const QByteArray &name, Tree &files, Worker &worker)
{
    const auto path = joined(job.folder, name);
    if (m_excluded.contains(path))
        return Success;
    struct stat facts = {};
    if (fstatat(job.folders->from.fd(), name.constData(), &facts, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT)
            return sourceError(tr("The file cannot be examined"), path);
        worker.report.vanished.append(path);
        return Success;
    }
    auto entry = entryOf(facts);
    entry.path = path;
    if (m_options.isWanted && !m_options.isWanted(entry))
        return Success;
    switch (entry.type) {
    case EntryType::Folder:
        return enterFolder(job, entry, worker);
    case EntryType::Link:
        return copyLink(job, entry, worker);
    case EntryType::Other:
        worker.report.special.append(path);
        return Success;
    case EntryType::File:
        break;
    }
    if (m_options.keepHardLinks && facts.st_nlink > 1) {
        const std::scoped_lock lock(m_linksMutex);
        const auto [first, isFirst] = m_firstNames.try_emplace({facts.st_dev, facts.st_ino}, path);
        if (!isFirst) {
            worker.toLink.emplace_back(entry, first->second);
            return Success;
        }
    }
    files.append(std::move(entry));
    return Success;
}

Result<> TreeCopy::enterFolder(const Job &job, const TreeEntry &entry, Worker &worker)
{
    const auto name = nameOf(entry.path);
    const int to = job.folders->to.fd();
    bool isNew = mkdirat(to, name.constData(), 0700) == 0;
    if (!isNew) {
        struct stat facts = {};
        if (errno != EEXIST || fstatat(to, name.constData(), &facts, AT_SYMLINK_NOFOLLOW) != 0)
            return targetError(tr("The folder cannot be made"), entry.path);
        if (!S_ISDIR(facts.st_mode)) {
            if (m_options.existing == Existing::Keep) {
                worker.report.kept.append(entry.path);
                return Success;
            }
            if (m_options.existing == Existing::Fail) {
                errno = EEXIST;
                return targetError(tr("The folder cannot be made"), entry.path);
            }
            isNew =
                unlinkat(to, name.constData(), 0) == 0 && mkdirat(to, name.constData(), 0700) == 0;
            if (!isNew)
                return targetError(tr("The folder cannot be made"), entry.path);
        } else if (m_options.existing != Existing::Keep && (facts.st_mode & S_IRWXU) != S_IRWXU
                   && facts.st_uid == geteuid()) {
            // Finished by a former try; it gets its mode again at the end.
            fchmodat(to, name.constData(), (facts.st_mode & 07777U) | S_IRWXU, 0);
        }
    }
    worker.folders.push_back({entry, isNew});
    m_queue.add({entry.path, isNew, nullptr, {}});
    return Success;
}

Result<> TreeCopy::copyLink(const Job &job, TreeEntry &entry, Worker &worker)
{
    const auto name = nameOf(entry.path);
    const int to = job.folders->to.fd();
    std::array<char, 4096> target = {};
    auto length =
        readlinkat(job.folders->from.fd(), name.constData(), target.data(), target.size());
    if (length < 0)
        return sourceError(tr("The symbolic link cannot be read"), entry.path);
    entry.linkTarget = QByteArray(target.data(), length);
    const auto make = [&] { return symlinkat(entry.linkTarget.constData(), to, name.constData()); };
    if (make() != 0) {
        if (errno != EEXIST)
            return targetError(tr("The symbolic link cannot be made"), entry.path);
        length = readlinkat(to, name.constData(), target.data(), target.size());
        if (QByteArray(target.data(), std::max<ssize_t>(length, 0)) != entry.linkTarget) {
            if (m_options.existing == Existing::Keep) {
                worker.report.kept.append(entry.path);
                return Success;
            }
            errno = EEXIST;
            if (m_options.existing == Existing::Fail || unlinkat(to, name.constData(), 0) != 0
                || make() != 0)
                return targetError(tr("The symbolic link cannot be made"), entry.path);
        }
    }
    if (fchownat(to, name.constData(), entry.uid, entry.gid, AT_SYMLINK_NOFOLLOW) != 0)
        worker.report.ownersNotKept.append(entry.path);
    const timespec times[2] = {{0, UTIME_OMIT},
                               {entry.modifiedNs / 1000000000, entry.modifiedNs % 1000000000}};
    if (utimensat(to, name.constData(), times, AT_SYMLINK_NOFOLLOW) != 0)
        return targetError(tr("The symbolic link cannot be made"), entry.path);
    ++worker.report.links;
    worker.report.tree.append(entry);
    return Success;
}

Result<> TreeCopy::copyFile(const Job &job, TreeEntry &entry, Worker &worker)
{
    auto &report = worker.report;
    const auto path = entry.path;
    const auto state =
        worker.file.copy(job.folders->from.fd(), job.folders->to.fd(), entry, !job.isNew);
    switch (state) {
    case FileCopy::Failed: {
        const auto &problem = worker.file.problem();
        if (problem.number == 0)
            return Cancelled{};
        return error(problem.number, problem.what, problem.isTarget ? m_toPath : m_fromPath, path);
    }
    case FileCopy::Vanished:
        report.vanished.append(path);
        return Success;
    case FileCopy::Kept:
        report.kept.append(path);
        return Success;
    case FileCopy::Done:
        if (m_options.existing == Existing::Replace)
            break;
        worker.toRename.push_back(path);
        // Without the wish for durability, a name may appear before the content is on the disk.
        if (!m_options.durable) {
            if (auto renamed = rename(job.folders->to.fd(), path); !renamed)
                return renamed;
            worker.toRename.pop_back();
        }
        break;
    case FileCopy::Present:
        break;
    }
    if (!worker.file.kept().owner)
        report.ownersNotKept.append(path);
    if (!worker.file.kept().attributes)
        report.attributesNotKept.append(path);
    if (worker.file.hasChangedMeanwhile())
        report.changed.append(path);
    ++report.files;
    report.bytes += entry.size;
    report.tree.append(std::move(entry));
    return Success;
}

Result<> TreeCopy::rename(int folder, const QByteArray &path) const
{
    const auto name = nameOf(path);
    const auto temporary = temporaryName(name);
    if (renameat2(folder, temporary.constData(), folder, name.constData(), RENAME_NOREPLACE) == 0)
        return Success;
    if (errno == EINVAL || errno == ENOSYS) { // NFS, older FUSE
        struct stat facts = {};
        if (fstatat(folder, name.constData(), &facts, AT_SYMLINK_NOFOLLOW) == 0)
            errno = EEXIST;
        else if (renameat(folder, temporary.constData(), folder, name.constData()) == 0)
            return Success;
    }
    return targetError(tr("The file cannot be written"), path);
}

// Calls the action with the open folder of each path. Paths of one folder mostly follow each other.
Result<> TreeCopy::onFoldersOf(std::vector<QByteArray> &paths,
                               const std::function<Result<>(int, const QByteArray &)> &action) const
{
    QByteArray open;
    Handle folder;
    for (const auto &path : paths) {
        const auto wanted = parentOf(path);
        if (!folder.isOpen() || wanted != open) {
            folder = openFolderBeneath(m_to.fd(), wanted);
            open = wanted;
            if (!folder.isOpen())
                return targetError(tr("The folder cannot be opened"), wanted);
        }
        if (auto done = action(folder.fd(), path); !done)
            return done;
    }
    return Success;
}

Result<> TreeCopy::makeHardLinks(Worker &worker)
{
    for (auto &[entry, first] : worker.toLink) {
        const auto from = openFolderBeneath(m_to.fd(), parentOf(first));
        const auto to = openFolderBeneath(m_to.fd(), parentOf(entry.path));
        const auto name = nameOf(entry.path);
        struct stat one = {};
        struct stat other = {};
        if (linkat(from.fd(), nameOf(first).constData(), to.fd(), name.constData(), 0) != 0
            && (errno != EEXIST
                || fstatat(from.fd(), nameOf(first).constData(), &one, AT_SYMLINK_NOFOLLOW) != 0
                || fstatat(to.fd(), name.constData(), &other, AT_SYMLINK_NOFOLLOW) != 0
                || one.st_ino != other.st_ino)) {
            if (errno == EEXIST && m_options.existing == Existing::Keep) {
                worker.report.kept.append(entry.path);
                continue;
            }
            return targetError(tr("The hard link cannot be made"), entry.path);
        }
        if (m_options.hash) {
            for (const auto &each : m_workers) {
                for (const auto &copied : std::as_const(each->report.tree)) {
                    if (copied.path == first)
                        entry.sha256 = copied.sha256;
                }
            }
        }
        ++worker.report.files;
        worker.report.tree.append(entry);
    }
    return Success;
}

Result<> TreeCopy::finishFolder(const Folder &folder, CopyReport &report) const
{
    const auto &path = folder.entry.path;
    if (!folder.isNew && m_options.existing == Existing::Keep)
        return Success; // somebody else's
    const auto from = openFolderBeneath(m_from.fd(), path);
    const auto to = openFolderBeneath(m_to.fd(), path);
    if (!from.isOpen())
        return sourceError(tr("The folder cannot be read"), path);
    FactsKept kept;
    if (!to.isOpen() || !applyFacts(to.fd(), from.fd(), folder.entry, kept))
        return targetError(tr("The folder cannot be given its permissions and times"), path);
    if (!kept.owner)
        report.ownersNotKept.append(path);
    if (!kept.attributes)
        report.attributesNotKept.append(path);
    return Success;
}

// All content is there: give the files their names, then the folders their times.
Result<> TreeCopy::complete()
{
    if (m_options.durable) {
        if (auto synced = syncFileSystem(m_toPath); !synced)
            return synced;
    }
    for (auto &worker : m_workers) {
        auto renamed = onFoldersOf(worker->toRename, [this](int folder, const QByteArray &path) {
            return rename(folder, path);
        });
        if (!renamed)
            return renamed;
        worker->toRename.clear();
    }
    for (auto &worker : m_workers) {
        if (auto linked = makeHardLinks(*worker); !linked)
            return linked;
    }
    std::vector<Folder> folders;
    if (m_options.withRoot)
        folders.push_back({m_rootEntry, m_isRootNew});
    for (auto &worker : m_workers)
        folders.insert(folders.end(), worker->folders.begin(), worker->folders.end());
    std::sort(folders.begin(), folders.end(), [](const Folder &one, const Folder &other) {
        return one.entry.path > other.entry.path; // what lies in a folder comes before it
    });
    for (const auto &folder : folders) {
        if (auto finished = finishFolder(folder, m_workers.front()->report); !finished)
            return finished;
    }
    return m_options.durable ? syncFileSystem(m_toPath) : Success;
}

CopyReport TreeCopy::merged()
{
    CopyReport all;
    all.root = m_rootEntry;
    for (auto &worker : m_workers) {
        auto &part = worker->report;
        all.files += part.files;
        all.links += part.links;
        all.bytes += part.bytes;
        all.folders += qint64(worker->folders.size());
        all.kept += part.kept;
        all.vanished += part.vanished;
        all.changed += part.changed;
        all.special += part.special;
        all.ownersNotKept += part.ownersNotKept;
        all.attributesNotKept += part.attributesNotKept;
        all.tree += part.tree;
        for (const auto &folder : worker->folders)
            all.tree.append(folder.entry);
    }
    for (auto *list : {&all.kept,
                       &all.vanished,
                       &all.changed,
                       &all.special,
                       &all.ownersNotKept,
                       &all.attributesNotKept})
        std::sort(list->begin(), list->end());
    sortTree(all.tree);
    return all;
}

} // namespace

Result<CopyReport>
copyTree(const QString &from, const QString &to, const CopyOptions &options, Monitor &monitor)
{
    return TreeCopy(from, to, options, monitor).copy();
}

} // namespace Banister
