// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/treecopy.h"

#include <QFile>
#include <QHash>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace Banister {

// Files that never got their names. Parts stay: a repeated copy goes on with them.
TreeCopy::~TreeCopy()
{
    for (auto &worker : m_workers) {
        (void)forEach(worker->toRename, [](int folder, const QByteArray &path) {
            unlinkat(folder, temporaryName(nameOf(path)).constData(), 0);
            return Result<>(Success);
        });
    }
}

// From the inside to the outside, so that whatever has its name is complete, and its folder's time
// is set after the last change in it.
Result<> TreeCopy::complete()
{
    if (auto synced = sync(); !synced)
        return synced;
    if (auto linked = makeHardLinks(); !linked)
        return linked;
    if (auto finished = finishFolders(false); !finished)
        return finished;
    for (auto &worker : m_workers) {
        auto renamed = forEach(worker->toRename, [this](int folder, const QByteArray &path) {
            return rename(folder, path);
        });
        if (!renamed)
            return renamed;
        worker->toRename.clear();
    }
    if (auto finished = finishFolders(true); !finished)
        return finished;
    if (auto renamed = renameRoot(); !renamed)
        return renamed;
    return sync();
}

Result<> TreeCopy::sync() const
{
    if (m_options.durable && syncfs(m_to.fd()) != 0)
        return targetError(tr("The files cannot be written to the disk"), {});
    return Success;
}

// Calls the action with the open folder of each path. Paths of one folder mostly follow each other.
Result<> TreeCopy::forEach(const std::vector<QByteArray> &paths, const OnEntry &action) const
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

Result<> TreeCopy::renameRoot() const
{
    if (m_presentRoot == m_finalRoot)
        return Success;
    const char *from = m_presentRoot.constData();
    const char *to = m_finalRoot.constData();
    int renamed = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    if (renamed != 0 && (errno == EINVAL || errno == ENOSYS))
        renamed = ::rename(from, to); // replaces an empty folder at most
    return renamed == 0 ? Result<>(Success) : targetError(tr("The folder cannot be made"), {});
}

// Where something is before it has been renamed, itself or a folder above it.
QByteArray TreeCopy::presentPath(const QByteArray &path) const
{
    if (path.isEmpty())
        return path;
    const auto name = nameOf(path);
    return joined(presentPath(parentOf(path)),
                  m_renaming.contains(path) ? temporaryName(name) : name);
}

Result<> TreeCopy::makeHardLinks()
{
    QHash<QByteArray, QByteArray> hashes; // of what was copied
    bool areAny = false;
    for (const auto &worker : m_workers)
        areAny = areAny || !worker->toLink.empty();
    if (!areAny)
        return Success;
    for (const auto &worker : m_workers) {
        m_renaming.unite({worker->toRename.begin(), worker->toRename.end()});
        for (const auto &entry : std::as_const(worker->report.tree))
            hashes.insert(entry.path, entry.sha256);
    }
    for (auto &worker : m_workers) {
        for (auto &[entry, first] : worker->toLink) {
            const auto found = hashes.constFind(first);
            if (found == hashes.constEnd()) {
                worker->report.vanished.append(entry.path); // the first name was not copied
                continue;
            }
            entry.sha256 = *found;
            if (auto linked = makeHardLink(entry, first, *worker); !linked)
                return linked;
        }
    }
    return Success;
}

Result<>
TreeCopy::makeHardLink(const TreeEntry &entry, const QByteArray &first, Worker &worker) const
{
    const auto source = presentPath(first);
    const auto from = openFolderBeneath(m_to.fd(), parentOf(source));
    const auto to = openFolderBeneath(m_to.fd(), presentPath(parentOf(entry.path)));
    const auto sourceName = nameOf(source);
    const auto name = nameOf(entry.path);
    const auto make = [&] {
        return linkat(from.fd(), sourceName.constData(), to.fd(), name.constData(), 0) == 0;
    };
    bool isMade = make();
    if (!isMade && errno == EEXIST) {
        struct stat one = {};
        struct stat other = {};
        isMade = fstatat(from.fd(), sourceName.constData(), &one, AT_SYMLINK_NOFOLLOW) == 0
                 && fstatat(to.fd(), name.constData(), &other, AT_SYMLINK_NOFOLLOW) == 0
                 && one.st_ino == other.st_ino;
        if (!isMade && m_options.existing == Existing::Keep) {
            worker.report.kept.append(entry.path);
            return Success;
        }
        if (!isMade && m_options.existing == Existing::Replace)
            isMade = unlinkat(to.fd(), name.constData(), 0) == 0 && make();
        else
            errno = EEXIST;
    }
    if (!isMade)
        return targetError(tr("The hard link cannot be made"), entry.path);
    ++worker.report.files;
    worker.report.bytes += entry.size;
    worker.report.tree.append(entry);
    return Success;
}

Result<> TreeCopy::finishFolders(bool areShared)
{
    if (areShared && m_options.existing == Existing::Keep)
        return Success; // somebody else's
    std::vector<Folder> folders;
    if (m_options.withRoot)
        folders.push_back({m_rootEntry, {}, m_rootGround});
    for (auto &worker : m_workers)
        folders.insert(folders.end(), worker->folders.begin(), worker->folders.end());
    // What lies in a folder comes before it.
    std::sort(folders.begin(), folders.end(), [](const Folder &one, const Folder &other) {
        return one.entry.path > other.entry.path;
    });
    for (const auto &folder : folders) {
        if ((folder.ground == Ground::Shared) != areShared)
            continue;
        if (auto finished = finishFolder(folder, m_workers.front()->report); !finished)
            return finished;
    }
    return Success;
}

Result<> TreeCopy::finishFolder(const Folder &folder, CopyReport &report) const
{
    const auto &path = folder.entry.path;
    const auto from = openFolderBeneath(m_from.fd(), path);
    if (!from.isOpen())
        return sourceError(tr("The folder cannot be read"), path);
    const auto to = openFolderBeneath(m_to.fd(), folder.target);
    FactsKept kept;
    if (!to.isOpen() || !applyFacts(to.fd(), from.fd(), folder.entry, kept))
        return targetError(tr("The folder cannot be given its permissions and times"), path);
    if (!kept.owner)
        report.ownersNotKept.append(path);
    if (!kept.attributes)
        report.attributesNotKept.append(path);
    return Success;
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

void logDifferences(const CopyReport &report, Monitor &monitor)
{
    const auto tell = [&monitor](const QString &what, const QList<QByteArray> &paths) {
        for (const auto &path : paths)
            monitor.log(u"WARNING: "_s + what + u": "_s + QFile::decodeName(path));
    };
    tell(u"Not copied, neither file nor folder nor link"_s, report.special);
    tell(u"Vanished while it was being copied"_s, report.vanished);
    tell(u"Was written to while it was being copied"_s, report.changed);
    tell(u"The owner could not be kept"_s, report.ownersNotKept);
    tell(u"Access lists or other attributes could not be kept"_s, report.attributesNotKept);
}

} // namespace Banister
