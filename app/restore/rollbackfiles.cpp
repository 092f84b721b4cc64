// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/rollbackfiles.h"

#include "files/attributes.h"
#include "files/copytree.h"
#include "files/fileerror.h"
#include "files/move.h"
#include "files/privatefolder.h"
#include "files/remove.h"
#include "files/tree.h"
#include "files/treecompare.h"
#include "files/treemanifest.h"
#include "restore/changedsince.h"
#include "restore/location.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// The work of one call: the paths in it and the moves.
class FilesBack
{
public:
    FilesBack(const RollbackRequest &request, Monitor &monitor)
        : m_request(request)
        , m_monitor(monitor)
    {}

    Result<int> run();

private:
    Result<> fetchHolding();
    Result<> setNewEntriesAside();
    Result<int> bringFormerBack();
    Result<> bringPreservedBack(const QString &relative);
    Result<> restoreFacts();
    Result<> setAside(const QByteArray &name);
    bool isHeld(const QByteArray &name) const { return entryExists(former(), name); }
    QString former() const { return formerFilesIn(m_request.replacedFolder); }
    QString replaced() const { return m_request.replacedFolder + u"/replaced"_s; }

    const RollbackRequest &m_request;
    Monitor &m_monitor;
    Tree m_recorded;
    QSet<QByteArray> m_recordedTop;
    MoveRecord m_move;
};

QString join(const QString &folder, const QByteArray &name)
{
    return folder + u'/' + QFile::decodeName(name);
}

Result<> FilesBack::fetchHolding()
{
    auto location =
        FileLocation::find(m_request.point, m_request.siteFolder, m_request.replacedFolder);
    if (!location)
        return location.failure();
    m_move = location->move();
    const auto holding = location->holdingFolder();
    if (holding.isEmpty() || holding == former())
        return Success;
    // Should this rollback be given up, the next one finds them.
    auto record = m_move;
    record.holding.prepend(QDir(m_request.siteFolder).relativeFilePath(former()));
    if (auto recorded = recordMove(m_request.point.folder, record); !recorded)
        return recorded;
    // First of all out of the new tree: that tree is moved next.
    return moveEntry(holding, former());
}

// A name that is taken in the folder of replaced entries belongs to a former try: keep both.
Result<> FilesBack::setAside(const QByteArray &name)
{
    auto target = name;
    for (int number = 2; entryExists(replaced(), target); ++number)
        target = name + '.' + QByteArray::number(number);
    return moveEntry(join(m_request.siteFolder, name), join(replaced(), target));
}

Result<> FilesBack::setNewEntriesAside()
{
    auto candidates = m_move.in;
    for (const auto &name : m_request.ownEntries)
        candidates.append(QFile::encodeName(name));
    for (const auto &name : std::as_const(candidates)) {
        if (!entryExists(m_request.siteFolder, name))
            continue;
        // Of two with the same name, the one in the site's folder is new while the former is held.
        if (!isHeld(name) && m_recordedTop.contains(name))
            continue;
        if (const auto moved = setAside(name); !moved)
            return moved.failure();
    }
    return Success;
}

Result<int> FilesBack::bringFormerBack()
{
    int count = 0;
    for (const auto &name : std::as_const(m_recordedTop)) {
        if (!isHeld(name))
            continue;
        if (entryExists(m_request.siteFolder, name)) {
            if (const auto moved = setAside(name); !moved)
                return moved.failure();
        }
        if (const auto moved = moveEntry(join(former(), name), join(m_request.siteFolder, name));
            !moved)
            return moved.failure();
        ++count;
    }
    return count;
}

Result<> FilesBack::bringPreservedBack(const QString &relative)
{
    const auto source = m_request.point.preservedFolder() + u'/' + relative;
    const auto target = m_request.siteFolder + u'/' + relative;
    TreeOptions hashed;
    hashed.hash = true;
    const auto kept = readTree(source, hashed, m_monitor);
    if (!kept)
        return kept.failure();
    if (QFileInfo(target).isDir()) {
        const auto present = readTree(target, hashed, m_monitor);
        if (!present)
            return present.failure();
        if (compareTrees(*kept, *present).isEmpty())
            return Success;
    }
    const auto fresh = m_request.replacedFolder + u"/fresh"_s;
    if (const auto removed = removeTree(fresh, m_monitor); !removed)
        return removed.failure();
    if (const auto copied = copyTree(source, fresh, CopyOptions{}, m_monitor); !copied)
        return copied.failure();
    if (QFileInfo::exists(target)) {
        auto flat = relative;
        flat.replace(u'/', u'_');
        auto aside = replaced() + u'/' + flat;
        for (int number = 2; QFileInfo::exists(aside); ++number)
            aside = replaced() + u'/' + flat + u'.' + QString::number(number);
        if (const auto moved = moveEntry(target, aside); !moved)
            return moved.failure();
    }
    return moveEntry(fresh, target);
}

// Renames inside a folder change its time; people who met errors change owners and modes.
Result<> FilesBack::restoreFacts()
{
    const auto changedSince = readChangedSince(m_request.replacedFolder);
    if (!changedSince)
        return changedSince.failure();
    const auto root = QFile::encodeName(m_request.siteFolder) + '/';
    for (const auto &entry : std::as_const(m_recorded)) {
        if (changedSince->contains(entry.path))
            continue;
        if (!applyFacts(root + entry.path, entry)) {
            return fileError(
                errno,
                QCoreApplication::translate("RollbackPlan", "setting the mode and time of"),
                QFile::decodeName(root + entry.path));
        }
    }
    return Success;
}

Result<int> FilesBack::run()
{
    auto recorded = readTreeManifest(m_request.point.filesManifest());
    if (!recorded)
        return recorded.failure();
    m_recorded = std::move(recorded).value();
    for (const auto &entry : std::as_const(m_recorded))
        m_recordedTop.insert(topLevelOf(entry.path));
    if (const auto made = makePrivateFolder(m_request.replacedFolder); !made)
        return made.failure();
    if (!QDir().mkpath(replaced()))
        return fileError(EACCES, QCoreApplication::translate("RollbackPlan", "making"), replaced());
    if (const auto fetched = fetchHolding(); !fetched)
        return fetched.failure();
    if (const auto cleared = setNewEntriesAside(); !cleared)
        return cleared.failure();
    const auto count = bringFormerBack();
    if (!count)
        return count.failure();
    for (const auto &relative : m_request.point.preserved) {
        if (const auto back = bringPreservedBack(relative); !back)
            return back.failure();
    }
    if (const auto timed = restoreFacts(); !timed)
        return timed.failure();
    return *count;
}

} // namespace

Result<int> rollBackFiles(const RollbackRequest &request, Monitor &monitor)
{
    return FilesBack(request, monitor).run();
}

} // namespace Banister
