// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "steps/bringover.h"

#include "files/copytree.h"
#include "files/fileerror.h"
#include "files/tree.h"
#include "steps/topentries.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BringOver", sentence);
}

QString join(const QString &folder, const QByteArray &path)
{
    return folder + u'/' + QFile::decodeName(path);
}

/// "plugins/Custom" of "plugins/Custom/Config/config.php"; the path itself where it is no deeper.
QByteArray container(const QByteArray &path, const Area &area)
{
    const auto end = path.indexOf('/', area.path.size() + 1);
    return end < 0 ? path : path.left(end);
}

class OwnFiles
{
public:
    OwnFiles(const BringOverRequest &request, Monitor &monitor)
        : m_request(request)
        , m_monitor(monitor)
    {
        for (auto it = request.newRelease.begin(); it != request.newRelease.end(); ++it)
            addFolders(it.key());
    }

    Result<QList<BringOverItem>> find();

private:
    void addFolders(const QByteArray &path);
    bool isIgnored(const QByteArray &path) const;
    bool isBelowWhole(const QByteArray &path) const;
    Result<> lookAtArea(const Area &area);
    Result<> lookAtEntry(const Area &area, const TreeEntry &entry);
    Result<> lookAtFile(const Area &area, const TreeEntry &entry);
    Result<bool> equals(const QByteArray &path, const ContentId &id);
    void
    add(const QByteArray &path, BringOverFate fate, const QString &reason, bool isWhole = false);
    /// A folder of the area that comes over as a whole: the release knows nothing of it.
    bool takesWholeFolder(const Area &area, const QByteArray &folder) const;

    const BringOverRequest &m_request;
    Monitor &m_monitor;
    QSet<QByteArray> m_newFolders;
    QSet<QByteArray> m_whole;
    QList<BringOverItem> m_items;
};

void OwnFiles::addFolders(const QByteArray &path)
{
    for (auto end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const auto folder = path.left(end);
        if (m_newFolders.contains(folder))
            return;
        m_newFolders.insert(folder);
    }
}

bool OwnFiles::isIgnored(const QByteArray &path) const
{
    return std::any_of(
        m_request.ignored.begin(), m_request.ignored.end(), [&path](const QByteArray &ignored) {
            return path == ignored || path.startsWith(ignored + '/');
        });
}

bool OwnFiles::isBelowWhole(const QByteArray &path) const
{
    for (auto end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
        if (m_whole.contains(path.left(end)))
            return true;
    }
    return false;
}

void OwnFiles::add(const QByteArray &path, BringOverFate fate, const QString &reason, bool isWhole)
{
    m_items.append({path, fate, isWhole, reason});
}

Result<bool> OwnFiles::equals(const QByteArray &path, const ContentId &id)
{
    const auto own = contentIdOfFile(join(m_request.oldTree, path), m_monitor);
    if (!own)
        return own.failure();
    return *own == id;
}

bool OwnFiles::takesWholeFolder(const Area &area, const QByteArray &folder) const
{
    if (area.kind == AreaKind::Program || m_newFolders.contains(folder))
        return false;
    if (m_request.releaseFolders.contains(folder))
        return false;
    if (!m_request.oldRelease)
        return true;
    const auto prefix = folder + '/';
    return std::none_of(m_request.oldRelease->keyBegin(),
                        m_request.oldRelease->keyEnd(),
                        [&prefix](const QByteArray &path) { return path.startsWith(prefix); });
}

Result<> OwnFiles::lookAtFile(const Area &area, const TreeEntry &entry)
{
    const auto &path = entry.path;
    const auto now = m_request.newRelease.constFind(path);
    const bool isInNew = now != m_request.newRelease.constEnd();
    if (entry.type == EntryType::File) {
        if (isInNew && entry.size == now->size) {
            const auto same = equals(path, *now);
            if (!same)
                return same.failure();
            if (*same)
                return Success;
        }
        if (m_request.oldRelease) {
            const auto then = m_request.oldRelease->constFind(path);
            if (then != m_request.oldRelease->constEnd() && then->size == entry.size) {
                const auto same = equals(path, *then);
                if (!same)
                    return same.failure();
                if (*same)
                    return Success; // as delivered: the new release decides
            }
        }
    }
    const bool isKnownOwn = m_request.oldRelease.has_value();
    switch (area.kind) {
    case AreaKind::Content:
    case AreaKind::Theme:
        if (!isInNew)
            add(path, BringOverFate::Copied, text("It is yours: the release does not have it."));
        else if (isKnownOwn)
            add(path, BringOverFate::Copied, text("You changed it: your version is kept."));
        else
            add(path,
                BringOverFate::NeedsALook,
                text("It differs from the new release, by your hand or by the update; the former "
                     "version stays in the backup."));
        return Success;
    case AreaKind::Code:
        if (isKnownOwn || !isInNew)
            add(path,
                BringOverFate::NeedsALook,
                text("It was added or changed inside a bundled folder; the new code may not fit "
                     "it."));
        return Success;
    case AreaKind::Program:
        if (isKnownOwn)
            add(path,
                BringOverFate::NeedsALook,
                text("It was added or changed inside the program; the new release replaces it."));
        return Success;
    }
    return Success;
}

Result<> OwnFiles::lookAtEntry(const Area &area, const TreeEntry &entry)
{
    if (isIgnored(entry.path))
        return Success;
    if (isBelowWhole(entry.path))
        return Success;
    const auto folder = container(entry.path, area);
    if (entry.type == EntryType::Folder) {
        const bool isOwn = area.kind == AreaKind::Code ? entry.path == folder : true;
        if (isOwn && takesWholeFolder(area, entry.path)) {
            m_whole.insert(entry.path);
            add(entry.path,
                BringOverFate::Copied,
                text("It is yours: the release does not have it."),
                true);
        }
        return Success;
    }
    return lookAtFile(area, entry);
}

Result<> OwnFiles::lookAtArea(const Area &area)
{
    const auto path = join(m_request.oldTree, area.path);
    if (!entryStands(m_request.oldTree, area.path) || isIgnored(area.path))
        return Success;
    if (QFileInfo(path).isSymLink() || !QFileInfo(path).isDir()) {
        struct stat facts = {};
        if (::lstat(QFile::encodeName(path).constData(), &facts) != 0)
            return fileError(errno, text("reading"), path);
        auto entry = entryOf(facts);
        entry.path = area.path;
        return lookAtFile(area, entry);
    }
    const auto tree = readTree(path, TreeOptions{}, m_monitor);
    if (!tree)
        return tree.failure();
    for (auto entry : *tree) {
        if (m_monitor.isCancelRequested())
            return Cancelled{};
        entry.path.prepend(area.path + '/');
        if (const auto looked = lookAtEntry(area, entry); !looked)
            return looked.failure();
    }
    return Success;
}

Result<QList<BringOverItem>> OwnFiles::find()
{
    QSet<QByteArray> named;
    for (const auto &area : m_request.areas) {
        named.insert(area.path);
        if (const auto looked = lookAtArea(area); !looked)
            return looked.failure();
    }
    const auto top = topEntries(m_request.oldTree);
    if (!top)
        return top.failure();
    for (const auto &name : *top) {
        if (named.contains(name) || isIgnored(name) || m_request.releaseRootNames.contains(name))
            continue;
        if (m_request.newRelease.contains(name) || m_newFolders.contains(name)
            || (m_request.oldRelease && m_request.oldRelease->contains(name)))
            continue;
        const QFileInfo info(join(m_request.oldTree, name));
        add(name,
            BringOverFate::Copied,
            text("It is yours: the release does not have it."),
            info.isDir() && !info.isSymLink());
    }
    return m_items;
}

} // namespace

Result<QList<BringOverItem>> findOwnFiles(const BringOverRequest &request, Monitor &monitor)
{
    return OwnFiles(request, monitor).find();
}

Result<> bringOver(const QString &oldTree,
                   const QString &newTree,
                   const QList<BringOverItem> &items,
                   Monitor &monitor)
{
    QSet<QByteArray> wanted; // as they are, and the folders above them
    QSet<QByteArray> wholes; // with all that is in them
    for (const auto &item : items) {
        (item.isWholeFolder ? wholes : wanted).insert(item.path);
        for (auto end = item.path.lastIndexOf('/'); end > 0;
             end = item.path.lastIndexOf('/', end - 1))
            wanted.insert(item.path.left(end));
    }
    const auto isBelowWhole = [&wholes](const QByteArray &path) {
        for (auto end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            if (wholes.contains(path.left(end)))
                return true;
        }
        return wholes.contains(path);
    };
    CopyOptions options;
    options.existing = Existing::Replace;
    options.withRoot = false;
    options.isWanted = [&](const TreeEntry &entry) {
        return wanted.contains(entry.path) || isBelowWhole(entry.path);
    };
    const auto copied = copyTree(oldTree, newTree, options, monitor);
    if (!copied)
        return copied.failure();
    logDifferences(*copied, monitor);
    return Success;
}

} // namespace Banister
