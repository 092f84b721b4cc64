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

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

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
    Result<> prepare();

private:
    Result<> findWork();
    bool isInTheWay(const QByteArray &path) const;
    QList<QByteArray> entriesInTheWay() const;
    Result<> recordSafety();
    Result<> recordForOthers();
    Result<> fetchFiles();
    bool isToBeCopied() const;
    Result<> copyToFormer(const QString &holding);
    Result<> setNewEntriesAside();
    Result<int> bringFormerBack();
    Result<> bringPreservedBack(const QString &relative);
    Result<> restoreFacts();
    Result<> setAside(const QByteArray &path);
    bool isHeld(const QByteArray &path) const { return entryExists(former(), path); }
    QString former() const { return formerFilesIn(m_request.replacedFolder); }
    QString replaced() const { return replacedFilesIn(m_request.replacedFolder); }
    QString inSite(const QString &folder) const
    {
        return QDir(m_request.siteFolder).relativeFilePath(folder);
    }

    const RollbackRequest &m_request;
    Monitor &m_monitor;
    Tree m_recorded;
    QSet<QByteArray> m_recordedPaths;
    MoveRecord m_move;
    QString m_holding;
    QList<QByteArray> m_othersIn; ///< what runs moved in that came after, or before
    QList<QByteArray> m_wanted;   ///< what comes back as a whole: files or folders
};

QString join(const QString &folder, const QByteArray &path)
{
    return folder + u'/' + QFile::decodeName(path);
}

Result<> makeFolder(const QString &folder)
{
    if (QDir().mkpath(folder))
        return Success;
    return fileError(errno, QCoreApplication::translate("RollbackPlan", "making"), folder);
}

Result<> FilesBack::findWork()
{
    auto recorded = readTreeManifest(m_request.point.filesManifest());
    if (!recorded)
        return recorded.failure();
    m_recorded = std::move(recorded).value();
    for (const auto &entry : std::as_const(m_recorded))
        m_recordedPaths.insert(entry.path);
    auto entries = topEntriesOf(m_recorded);
    auto location =
        FileLocation::find(m_request.point, m_request.siteFolder, m_request.replacedFolder);
    if (!location)
        return location.failure();
    m_move = location->move();
    m_holding = location->holdingFolder();
    if (!m_request.point.hasCopies)
        entries = m_move.out;
    for (const auto &other : m_request.others) {
        const auto record = readMove(other.folder);
        if (!record)
            return record.failure();
        // Of a rollback of a part, what is deeper came into a folder that goes or stays as a whole.
        std::copy_if(record->in.begin(),
                     record->in.end(),
                     std::back_inserter(m_othersIn),
                     [](const auto &path) { return !path.contains('/'); });
    }
    if (m_request.selection.paths.isEmpty()) {
        m_wanted = entries;
        return Success;
    }
    for (const auto &name : m_request.selection.paths) {
        const auto path = QFile::encodeName(name);
        if (liesIn(path, entries))
            m_wanted.append(path);
    }
    std::copy_if(
        entries.begin(), entries.end(), std::back_inserter(m_wanted), [&](const auto &path) {
            return !m_wanted.contains(path) && m_request.selection.includes(path);
        });
    // A folder comes with all that is in it.
    m_wanted.removeIf([wanted = m_wanted](const auto &path) {
        auto others = wanted;
        others.removeAll(path);
        return liesIn(path, others);
    });
    return Success;
}

// Of two with the same name, the one in the site's folder is new while the former is held. What was
// moved out without being recorded is a person's, and came back.
bool FilesBack::isInTheWay(const QByteArray &path) const
{
    return entryExists(m_request.siteFolder, path)
           && (isHeld(path) || (!m_recordedPaths.contains(path) && !m_move.out.contains(path)));
}

QList<QByteArray> FilesBack::entriesInTheWay() const
{
    auto candidates = m_wanted;
    if (m_request.selection.hasAllFiles()) {
        candidates += m_move.in;
        candidates += m_othersIn;
        for (const auto &name : m_request.ownEntries)
            candidates.append(QFile::encodeName(name));
    }
    QList<QByteArray> names;
    for (const auto &path : std::as_const(candidates)) {
        if (!names.contains(path) && isInTheWay(path))
            names.append(path);
    }
    return names;
}

// The way back from this rollback: its restore point finds its files where they are put now.
Result<> FilesBack::recordSafety()
{
    if (!isFinished(m_request.safetyPoint))
        return Success;
    const auto safety = readRestorePoint(m_request.safetyPoint);
    if (!safety)
        return safety.failure();
    const auto former = readMove(safety->folder);
    if (!former)
        return former.failure();
    if (!former->holding.isEmpty())
        return Success;
    auto out = entriesInTheWay();
    out.removeIf(
        [&safety](const auto &path) { return safety->excluded.contains(QFile::decodeName(path)); });
    return recordMove(safety->folder, {out, m_wanted, {inSite(replaced())}});
}

// Other restore points have files in what is put aside now, or in the site itself, where a rollback
// that stands half-way has brought them.
Result<> FilesBack::recordForOthers()
{
    const auto names = entriesInTheWay();
    for (const auto &other : m_request.others) {
        auto record = readMove(other.folder);
        if (!record)
            return record.failure();
        QStringList places;
        if (other.isHalfBack && !record->holding.isEmpty())
            places.append(inSite(replaced()));
        for (const auto &holding : std::as_const(record->holding)) {
            if (liesIn(QFile::encodeName(holding), names))
                places.append(inSite(replaced()) + u'/' + holding);
        }
        places.removeIf([&](const auto &place) { return record->holding.contains(place); });
        if (places.isEmpty())
            continue;
        record->holding = places + record->holding;
        if (auto recorded = recordMove(other.folder, *record); !recorded)
            return recorded;
    }
    return Success;
}

// Copies are complete, or not under this name.
Result<> FilesBack::copyToFormer(const QString &holding)
{
    const auto part = former() + u".part"_s;
    CopyOptions options;
    options.withRoot = false;
    options.existing = Existing::Replace;
    options.isWanted = [this](const TreeEntry &entry) {
        const auto inside = entry.path + '/';
        return liesIn(entry.path, m_wanted)
               || std::any_of(m_wanted.begin(), m_wanted.end(), [&](const QByteArray &path) {
                      return path.startsWith(inside);
                  });
    };
    const auto copied = copyTree(holding, part, options, m_monitor);
    if (!copied)
        return copied.failure();
    return moveEntry(part, former());
}

bool FilesBack::isToBeCopied() const
{
    return m_request.point.hasCopies || !m_request.selection.hasAllFiles();
}

Result<> FilesBack::fetchFiles()
{
    if (m_holding.isEmpty() || m_holding == former())
        return Success;
    if (isToBeCopied())
        return copyToFormer(m_holding);
    // Should this rollback be given up, the next one finds them.
    auto record = m_move;
    record.holding.prepend(inSite(former()));
    if (auto recorded = recordMove(m_request.point.folder, record); !recorded)
        return recorded;
    // First of all out of the new tree: that tree is moved next.
    return moveEntry(m_holding, former());
}

// A name that is taken in the folder of replaced entries belongs to a former try: keep both.
Result<> FilesBack::setAside(const QByteArray &path)
{
    auto target = path;
    for (int number = 2; entryExists(replaced(), target); ++number)
        target = path + '.' + QByteArray::number(number);
    const auto place = join(replaced(), target);
    if (auto made = makeFolder(QFileInfo(place).path()); !made)
        return made;
    return moveEntry(join(m_request.siteFolder, path), place);
}

Result<> FilesBack::setNewEntriesAside()
{
    const auto names = entriesInTheWay();
    for (const auto &name : names) {
        if (const auto moved = setAside(name); !moved)
            return moved.failure();
    }
    return Success;
}

Result<int> FilesBack::bringFormerBack()
{
    int count = 0;
    for (const auto &path : std::as_const(m_wanted)) {
        if (!isHeld(path))
            continue;
        const auto place = join(m_request.siteFolder, path);
        if (const auto made = makeFolder(QFileInfo(place).path()); !made)
            return made.failure();
        if (const auto moved = moveEntry(join(former(), path), place); !moved)
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
        if (changedSince->contains(entry.path) || !m_request.selection.includes(entry.path))
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

Result<> FilesBack::prepare()
{
    if (auto found = findWork(); !found)
        return found;
    if (auto made = makePrivateFolder(m_request.replacedFolder); !made)
        return made;
    return isToBeCopied() ? fetchFiles() : Success;
}

Result<int> FilesBack::run()
{
    if (const auto found = findWork(); !found)
        return found.failure();
    if (const auto made = makePrivateFolder(m_request.replacedFolder); !made)
        return made.failure();
    if (const auto made = makeFolder(replaced()); !made)
        return made.failure();
    for (auto part : {&FilesBack::fetchFiles,
                      &FilesBack::recordSafety,
                      &FilesBack::recordForOthers,
                      &FilesBack::setNewEntriesAside}) {
        if (const auto done = (this->*part)(); !done)
            return done.failure();
    }
    const auto count = bringFormerBack();
    if (!count)
        return count.failure();
    for (const auto &relative : m_request.point.preserved) {
        if (!m_request.selection.includes(QFile::encodeName(relative)))
            continue;
        if (const auto back = bringPreservedBack(relative); !back)
            return back.failure();
    }
    if (const auto timed = restoreFacts(); !timed)
        return timed.failure();
    return *count;
}

} // namespace

Result<> prepareFiles(const RollbackRequest &request, Monitor &monitor)
{
    return FilesBack(request, monitor).prepare();
}

Result<int> rollBackFiles(const RollbackRequest &request, Monitor &monitor)
{
    return FilesBack(request, monitor).run();
}

} // namespace Banister
