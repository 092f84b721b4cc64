// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/copytree.h"

#include "files/remove.h"
#include "files/treecopy.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/stat.h>

namespace Banister {

namespace {

constexpr qsizetype FilesInBatch = 64;

void makeWritable(int parent, const QByteArray &name, const struct stat &facts)
{
    if ((facts.st_mode & S_IRWXU) != S_IRWXU && facts.st_uid == geteuid())
        fchmodat(parent, name.constData(), (facts.st_mode & 07777U) | S_IRWXU, 0);
}

} // namespace

Error TreeCopy::targetInSource() const
{
    return fileError(
        FileError::UnsafePath,
        tr("The folder %1 lies in the folder that is to be copied into it, %2.")
            .arg(shownPath(QFile::encodeName(m_toPath)), shownPath(QFile::encodeName(m_fromPath))));
}

Result<> TreeCopy::prepare()
{
    struct stat facts = {};
    m_from = openRoot(m_fromPath);
    if (!m_from.isOpen() || fstat(m_from.fd(), &facts) != 0)
        return sourceError(tr("The folder cannot be read"), {});
    m_rootEntry = entryOf(facts);
    const QFileInfo target(QDir::cleanPath(m_toPath));
    if (!QDir().mkpath(target.path()))
        return targetError(tr("The folder cannot be made"), {});
    m_finalRoot = QFile::encodeName(target.filePath());
    const auto source = QFile::encodeName(QFileInfo(m_fromPath).canonicalFilePath());
    const auto real = QFile::encodeName(QFileInfo(target.path()).canonicalFilePath()) + '/'
                      + QFile::encodeName(target.fileName());
    if (isAtOrBelow(real, source) && !isExcluded(real.mid(source.size() + 1)))
        return targetInSource();
    if (auto prepared = prepareTarget(); !prepared)
        return prepared;
    m_to = openRoot(QFile::decodeName(m_presentRoot));
    if (!m_to.isOpen() || fstat(m_to.fd(), &facts) != 0)
        return targetError(tr("The folder cannot be opened"), {});
    m_toInode = {facts.st_dev, facts.st_ino};
    return Success;
}

Result<> TreeCopy::prepareTarget()
{
    struct stat facts = {};
    m_presentRoot = m_finalRoot;
    m_rootGround = Ground::Shared;
    if (stat(m_finalRoot.constData(), &facts) == 0)
        return Success;
    if (m_options.existing != Existing::Replace) {
        const auto slash = m_finalRoot.lastIndexOf('/') + 1;
        m_presentRoot = m_finalRoot.left(slash) + temporaryName(m_finalRoot.mid(slash));
    }
    const auto made = makeFolder(AT_FDCWD, m_presentRoot, {});
    if (!made)
        return made.failure();
    m_rootGround = *made;
    return Success;
}

Result<CopyReport> TreeCopy::copy()
{
    if (auto prepared = prepare(); !prepared)
        return prepared.failure();
    for (int i = 0; i < std::max(m_options.threads, 1); ++i)
        m_workers.push_back(std::make_unique<Worker>(*this));
    m_queue.add({{}, {}, m_rootGround, nullptr, {}});
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
    folders->from = openFolderBeneath(m_from.fd(), job.source);
    struct stat facts = {};
    if (!folders->from.isOpen() || fstat(folders->from.fd(), &facts) != 0)
        return sourceError(tr("The folder cannot be read"), job.source);
    if (m_toInode == Inode(facts.st_dev, facts.st_ino))
        return targetInSource(); // by a way that the path did not show
    folders->to = openFolderBeneath(m_to.fd(), job.target);
    if (!folders->to.isOpen())
        return targetError(tr("The folder cannot be opened"), job.source);
    const Job here{job.source, job.target, job.ground, std::move(folders), {}};
    auto wanted = wantedIn(here, worker);
    if (!wanted)
        return wanted.failure();
    if (job.ground != Ground::New) {
        if (auto cleared = clearAway(here, *wanted); !cleared)
            return cleared;
    }
    auto piece = here;
    for (auto &entry : *wanted) {
        Result<> done = Success;
        if (entry.type == EntryType::Folder)
            done = enterFolder(here, entry, worker);
        else if (entry.type == EntryType::Link)
            done = copyLink(here, entry, worker);
        else
            piece.files.append(std::move(entry));
        if (!done)
            return done;
        if (piece.files.size() == FilesInBatch)
            m_queue.add(std::exchange(piece, here));
    }
    if (!piece.files.isEmpty())
        m_queue.add(std::move(piece));
    return Success;
}

// The entries of a folder that are to be copied now.
Result<Tree> TreeCopy::wantedIn(const Job &job, Worker &worker)
{
    const int folder = job.folders->from.fd();
    const auto names = namesIn(folder);
    if (errno != 0)
        return sourceError(tr("The folder cannot be read"), job.source);
    Tree wanted;
    for (const auto &name : names) {
        const auto path = joined(job.source, name);
        if (m_excluded.contains(path))
            continue;
        struct stat facts = {};
        if (fstatat(folder, name.constData(), &facts, AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno != ENOENT)
                return sourceError(tr("The file cannot be examined"), path);
            worker.report.vanished.append(path);
            continue;
        }
        if (m_presentRoot != m_finalRoot && m_toInode == Inode(facts.st_dev, facts.st_ino))
            continue; // the target under its temporary name; under its own it is excluded
        auto entry = entryOf(facts);
        entry.path = path;
        if (m_options.isWanted && !m_options.isWanted(entry))
            continue;
        if (entry.type == EntryType::Other) {
            worker.report.special.append(path);
            continue;
        }
        if (m_options.keepHardLinks && entry.type == EntryType::File && facts.st_nlink > 1) {
            const std::scoped_lock lock(m_linksMutex);
            const auto [first, isFirst] =
                m_firstNames.try_emplace({facts.st_dev, facts.st_ino}, path);
            if (!isFirst) {
                worker.toLink.emplace_back(entry, first->second);
                continue;
            }
        }
        wanted.append(std::move(entry));
    }
    return wanted;
}

// What a former try left and this one does not go on with.
Result<> TreeCopy::clearAway(const Job &job, const Tree &wanted) const
{
    const int folder = job.folders->to.fd();
    QHash<QByteArray, EntryType> expected;
    for (const auto &entry : wanted) {
        const auto name = nameOf(entry.path);
        expected.insert(job.ground == Ground::Part ? name : temporaryName(name), entry.type);
    }
    const auto names = namesIn(folder);
    for (const auto &name : names) {
        if (job.ground == Ground::Shared && !isTemporaryName(name))
            continue;
        struct stat facts = {};
        const auto found = expected.constFind(name);
        const bool isFolder = fstatat(folder, name.constData(), &facts, AT_SYMLINK_NOFOLLOW) == 0
                              && S_ISDIR(facts.st_mode);
        const bool isOfUse = found != expected.constEnd()
                             && isFolder == (*found == EntryType::Folder)
                             && (isFolder || job.ground == Ground::Part);
        if (isOfUse)
            continue;
        const auto path = m_presentRoot + '/' + joined(job.target, name);
        if (auto removed = removeRawPath(path, m_monitor); !removed)
            return removed;
    }
    return Success;
}

// Makes a folder that is ours, or finds the one of a former try. The path is for errors.
Result<TreeCopy::Ground>
TreeCopy::makeFolder(int parent, const QByteArray &name, const QByteArray &path) const
{
    if (mkdirat(parent, name.constData(), 0700) == 0)
        return Ground::New;
    struct stat facts = {};
    if (errno != EEXIST || fstatat(parent, name.constData(), &facts, AT_SYMLINK_NOFOLLOW) != 0)
        return targetError(tr("The folder cannot be made"), path);
    if (S_ISDIR(facts.st_mode)) {
        makeWritable(parent, name, facts);
        return Ground::Part;
    }
    if (unlinkat(parent, name.constData(), 0) != 0 || mkdirat(parent, name.constData(), 0700) != 0)
        return targetError(tr("The folder cannot be made"), path);
    return Ground::New;
}

Result<> TreeCopy::enterFolder(const Job &job, const TreeEntry &entry, Worker &worker)
{
    const int to = job.folders->to.fd();
    auto name = nameOf(entry.path);
    auto ground = Ground::Shared;
    struct stat facts = {};
    const bool isThere = job.ground == Ground::Shared
                         && fstatat(to, name.constData(), &facts, AT_SYMLINK_NOFOLLOW) == 0;
    if (isThere && !S_ISDIR(facts.st_mode) && m_options.existing == Existing::Keep) {
        worker.report.kept.append(entry.path);
        return Success;
    }
    if (isThere && !S_ISDIR(facts.st_mode) && m_options.existing == Existing::Fail) {
        errno = EEXIST;
        return targetError(tr("The folder cannot be made"), entry.path);
    }
    if (isThere && S_ISDIR(facts.st_mode)) {
        if (m_options.existing != Existing::Keep)
            makeWritable(to, name, facts); // it gets its mode again at the end
    } else {
        if (existingIn(job.ground) != Existing::Replace) {
            name = temporaryName(name);
            worker.toRename.push_back(entry.path);
        }
        const auto made = makeFolder(to, name, entry.path);
        if (!made)
            return made.failure();
        ground = *made;
    }
    const auto target = joined(job.target, name);
    worker.folders.push_back({entry, target, ground});
    m_queue.add({entry.path, target, ground, nullptr, {}});
    return Success;
}

Result<> TreeCopy::copyLink(const Job &job, TreeEntry &entry, Worker &worker)
{
    const auto name = nameOf(entry.path);
    const int to = job.folders->to.fd();
    const auto existing = existingIn(job.ground);
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
            if (existing == Existing::Keep) {
                worker.report.kept.append(entry.path);
                return Success;
            }
            errno = EEXIST;
            if (existing == Existing::Fail || unlinkat(to, name.constData(), 0) != 0 || make() != 0)
                return targetError(tr("The symbolic link cannot be made"), entry.path);
        }
    }
    if (fchownat(to, name.constData(), entry.uid, entry.gid, AT_SYMLINK_NOFOLLOW) != 0)
        worker.report.ownersNotKept.append(entry.path);
    const std::array<timespec, 2> times{
        timespec{0, UTIME_OMIT},
        timespec{entry.modifiedNs / 1000000000, entry.modifiedNs % 1000000000}};
    if (utimensat(to, name.constData(), times.data(), AT_SYMLINK_NOFOLLOW) != 0)
        return targetError(tr("The symbolic link cannot be made"), entry.path);
    ++worker.report.links;
    worker.report.tree.append(entry);
    return Success;
}

Result<> TreeCopy::copyFile(const Job &job, TreeEntry &entry, Worker &worker)
{
    auto &report = worker.report;
    const auto path = entry.path;
    const auto existing = existingIn(job.ground);
    const auto state = worker.file.copy(
        job.folders->from.fd(), job.folders->to.fd(), entry, job.ground != Ground::New, existing);
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
        if (existing == Existing::Replace)
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

Result<CopyReport>
copyTree(const QString &from, const QString &to, const CopyOptions &options, Monitor &monitor)
{
    return TreeCopy(from, to, options, monitor).copy();
}

} // namespace Banister
