// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/beneath.h"
#include "files/copytree.h"
#include "files/filecopy.h"
#include "files/fileerror.h"
#include "files/handle.h"
#include "files/workqueue.h"

#include <QCoreApplication>
#include <QFile>
#include <QSet>

#include <cerrno>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <sys/types.h>
#include <vector>

namespace Banister {

/// One run of copyTree(). See there for what it promises; this is how.
///
/// What is complete gets its name last, with a rename. That is done for as much as possible at once:
/// a folder that the target does not have yet, the target itself to begin with, is made under a
/// temporary name with everything in it (a part). In a part nothing is anybody else's, so a repeated
/// copy may complete, replace and clear away. Only files that are new in a folder which the target
/// had before need temporary names of their own.
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
    // What a folder of the target is.
    enum class Ground {
        New,   // made by this run, nothing is in it
        Part,  // of a part that a former try left: everything in it is ours
        Shared // the target had it before
    };
    struct Folders // the same folder on both sides
    {
        Handle from;
        Handle to;
    };
    // A folder to list, or, with files, a piece of those in it to copy.
    struct Job
    {
        QByteArray source;
        QByteArray target; // differs from source in a part, by the part's temporary name
        Ground ground = Ground::New;
        std::shared_ptr<Folders> folders;
        Tree files;
    };
    struct Folder
    {
        TreeEntry entry;
        QByteArray target;
        Ground ground = Ground::New;
    };
    struct Worker
    {
        explicit Worker(TreeCopy &copy)
            : file(copy.m_options, copy.m_progress, copy.m_canClone)
        {}
        FileCopy file;
        CopyReport report;
        std::vector<Folder> folders;
        std::vector<QByteArray> toRename; // files and parts, by the paths that they will have
        std::vector<std::pair<TreeEntry, QByteArray>> toLink; // to the path of the first name
    };
    using Inode = std::pair<dev_t, ino_t>;

    // copytree.cpp: the walk
    Result<> prepare();
    Result<> prepareTarget();
    Result<> list(const Job &job, Worker &worker);
    Result<Tree> wantedIn(const Job &job, Worker &worker);
    Result<> clearAway(const Job &job, const Tree &wanted) const;
    Result<> enterFolder(const Job &job, const TreeEntry &entry, Worker &worker);
    Result<Ground> makeFolder(int parent, const QByteArray &name, const QByteArray &path) const;
    Result<> copyLink(const Job &job, TreeEntry &entry, Worker &worker);
    Result<> copyFile(const Job &job, TreeEntry &entry, Worker &worker);
    Existing existingIn(Ground ground) const
    {
        return ground == Ground::Shared ? m_options.existing : Existing::Replace;
    }

    // copyfinish.cpp: what is done when all content is there
    Result<> complete();
    Result<> sync() const;
    Result<> makeHardLinks();
    Result<> makeHardLink(const TreeEntry &entry, const QByteArray &first, Worker &worker) const;
    QByteArray presentPath(const QByteArray &path) const;
    Result<> finishFolders(bool areShared);
    Result<> finishFolder(const Folder &folder, CopyReport &report) const;
    Result<> rename(int folder, const QByteArray &path) const;
    Result<> renameRoot() const;
    using OnEntry = std::function<Result<>(int folder, const QByteArray &path)>;
    Result<> forEach(const std::vector<QByteArray> &paths, const OnEntry &action) const;
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
    Ground m_rootGround = Ground::New;
    QByteArray m_finalRoot;      // paths as the system takes them
    QByteArray m_presentRoot;    // differs while the whole target is a part
    QSet<QByteArray> m_renaming; // all toRename, for presentPath()
    WorkQueue<Job> m_queue;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::mutex m_linksMutex;
    std::map<Inode, QByteArray> m_firstNames; // of files with several, under m_linksMutex
};

} // namespace Banister
