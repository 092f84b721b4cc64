// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/pointremoval.h"

#include "files/foldertime.h"
#include "files/move.h"
#include "files/privatefolder.h"
#include "files/remove.h"
#include "files/tree.h"
#include "restore/moverecord.h"
#include "restore/pointplace.h"
#include "restore/pointshelf.h"
#include "restore/pointspace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// A restore point is reached by its folder, or by a link to it.
struct Place
{
    QString link; ///< empty: no link
    QString real; ///< where the folder was before its removal

    static Place of(const QString &folder)
    {
        const QFileInfo info(folder);
        return info.isSymLink() ? Place{folder, info.symLinkTarget()} : Place{{}, folder};
    }
    /// Where the folder is now; empty where it is gone.
    QString present() const
    {
        for (const auto &candidate : {real, removedFolder(real)}) {
            if (QFileInfo(candidate).isDir())
                return candidate;
        }
        return {};
    }
};

bool isMarked(const QString &folder)
{
    return QFileInfo(folder).fileName().startsWith(u'.');
}

/// What of the site's folder a restore point has files in, relative to it. What came with a restore
/// point from elsewhere is not trusted to name any folder: one of its own never is a top-level entry.
QString holdingOf(const QString &pointFolder, const QString &siteFolder)
{
    const auto record = readMove(pointFolder);
    if (!record)
        return {};
    const auto site = QFileInfo(siteFolder).canonicalFilePath() + u'/';
    for (const auto &relative : record->holding) {
        const QFileInfo info(siteFolder + u'/' + relative);
        if (!info.isDir() || info.isSymLink())
            continue;
        const bool isWithin = QDir::cleanPath(relative) == relative && relative.contains(u'/')
                              && !relative.startsWith(u"../"_s) && !relative.startsWith(u'/')
                              && info.canonicalFilePath().startsWith(site);
        return isWithin ? relative : QString();
    }
    return {};
}

bool isBelow(const QString &path, const QString &folder)
{
    return path.startsWith(folder + u'/');
}

/// The removal of one restore point, or the end of one that was stopped.
class Removal
{
public:
    Removal(const RemovalRequest &request, Monitor &monitor)
        : m_request(request)
        , m_monitor(monitor)
        , m_place(Place::of(request.folder))
    {
        const auto present = m_place.present();
        if (request.isOfSite && !present.isEmpty())
            m_holding = holdingOf(present, request.siteFolder);
        for (const auto &other : request.others) {
            if (holdingOf(other, request.siteFolder) == m_holding)
                m_holding.clear(); // they share it
        }
    }

    Result<PointRemoval> measure() const;
    Result<> run();

private:
    QString inSite(const QString &relative) const { return m_request.siteFolder + u'/' + relative; }
    Result<> add(const QString &folder, const QStringList &except, PointRemoval &removal) const;
    QStringList othersWithin() const;
    Result<> moveOthersOut() const;
    Result<> mark();
    Result<> removeHolding() const;

    const RemovalRequest &m_request;
    Monitor &m_monitor;
    Place m_place;
    QString m_holding; ///< relative to the site's folder
};

Result<> Removal::add(const QString &folder, const QStringList &except, PointRemoval &removal) const
{
    TreeOptions options;
    for (const auto &path : except)
        options.excluded.append(QFile::encodeName(path));
    const auto tree = readTree(folder, options, m_monitor);
    if (!tree)
        return tree.failure();
    for (const auto &entry : *tree)
        removal.files += entry.type == EntryType::File ? 1 : 0;
    removal.bytes += bytesIn(*tree);
    return Success;
}

/// Folders of other restore points, relative to this one's.
QStringList Removal::othersWithin() const
{
    QStringList within;
    for (const auto &other : m_request.others) {
        const auto holding = holdingOf(other, m_request.siteFolder);
        if (!m_holding.isEmpty() && isBelow(holding, m_holding))
            within.append(holding.mid(m_holding.size() + 1));
    }
    return within;
}

Result<PointRemoval> Removal::measure() const
{
    PointRemoval removal;
    removal.folder = m_request.folder;
    if (const auto present = m_place.present(); !present.isEmpty()) {
        if (const auto added = add(present, {}, removal); !added)
            return added.failure();
    }
    if (m_holding.isEmpty())
        return removal;
    removal.holding = inSite(m_holding);
    if (const auto added = add(removal.holding, othersWithin(), removal); !added)
        return added.failure();
    return removal;
}

// The note comes first: until the move is done, the former place is the first that exists.
Result<> Removal::moveOthersOut() const
{
    for (const auto &other : m_request.others) {
        const auto holding = holdingOf(other, m_request.siteFolder);
        if (m_holding.isEmpty() || !isBelow(holding, m_holding))
            continue;
        auto record = readMove(other);
        if (!record)
            return record.failure();
        const auto own = u".banister/held-"_s + QFileInfo(other).fileName();
        if (auto made = makePrivateFolder(inSite(own)); !made)
            return made;
        auto kept = own + u"/site"_s;
        for (int number = 2; QFileInfo::exists(inSite(kept)); ++number)
            kept = own + u"/site-"_s + QString::number(number);
        record->holding.prepend(kept);
        if (auto recorded = recordMove(other, *record); !recorded)
            return recorded;
        if (auto moved = moveEntry(inSite(holding), inSite(kept)); !moved)
            return moved;
    }
    return Success;
}

// A link goes by the same name as its folder, so that what is left of it is found.
Result<> Removal::mark()
{
    if (!isMarked(m_place.real) && QFileInfo(m_place.real).isDir()) {
        const auto removed = removedFolder(m_place.real);
        if (auto cleared = removeTree(removed, m_monitor); !cleared)
            return cleared;
        if (auto moved = moveEntry(m_place.real, removed); !moved)
            return moved;
        if (m_place.link.isEmpty())
            m_place.real = removed;
    }
    return Success;
}

// The folder around it stays, with what keeps web servers out of it: other restore points know it as a
// part of the site.
Result<> Removal::removeHolding() const
{
    if (m_holding.isEmpty())
        return Success;
    const auto folder = inSite(m_holding);
    const FolderTimeKeeper keeper(QFileInfo(folder).path());
    return removeTree(folder, m_monitor);
}

Result<> Removal::run()
{
    if (auto moved = moveOthersOut(); !moved)
        return moved;
    if (auto marked = mark(); !marked)
        return marked;
    if (auto removed = removeHolding(); !removed)
        return removed;
    if (const auto present = m_place.present(); !present.isEmpty()) {
        if (auto removed = removeTree(present, m_monitor); !removed)
            return removed;
    }
    tidyPlaceBeside(m_request.siteFolder);
    return m_place.link.isEmpty() ? Result<>(Success) : removeTree(m_place.link, m_monitor);
}

} // namespace

Result<PointRemoval> measureRemoval(const RemovalRequest &request, Monitor &monitor)
{
    return Removal(request, monitor).measure();
}

Result<> removePoint(const RemovalRequest &request, Monitor &monitor)
{
    return Removal(request, monitor).run();
}

} // namespace Banister
