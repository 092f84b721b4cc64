// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/assistant.h"
#include "assistant/assistanterror.h"
#include "assistant/plankeys.h"
#include "database/dumpmanifest.h"
#include "engine/session.h"
#include "files/foldertime.h"
#include "files/privatefolder.h"
#include "files/remove.h"
#include "files/tree.h"
#include "restore/location.h"
#include "restore/moverecord.h"
#include "restore/pointmove.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Assistant", sentence);
}

/// Ids of what a run that stands half-way goes back to, or is about to make.
QStringList neededIds(const SiteStatus &status)
{
    QStringList ids;
    if (!status.lastRun || status.lastRun->isOver())
        return ids;
    for (const auto &run : {status.lastRun, status.undoable}) {
        if (!run)
            continue;
        for (const auto &key : {PlanKeys::RestorePoint, PlanKeys::SafetyPoint})
            ids.append(QFileInfo(run->settings.value(key).toString()).fileName());
    }
    return ids;
}

QStringList foldersOf(const QList<RestorePoint> &points, const QString &except = {})
{
    QStringList folders;
    for (const auto &point : points) {
        if (point.id() != except)
            folders.append(point.folder);
    }
    return folders;
}

RemovalRequest
requestFor(const SiteSettings &settings, const SiteStatus &status, const PointLeftover &leftover)
{
    return {leftover.folder,
            settings.folder,
            foldersOf(status.restorePoints),
            leftover.kind != PointLeftover::Kind::OtherSite};
}

/// RestoreError.PointNeeded.
Result<> checkNotNeeded(const SiteSettings &settings, const SiteStatus &status, const QString &id)
{
    if (!neededIds(status).contains(id))
        return Success;
    return Error{RestoreError::PointNeeded,
                 text("The run of %1 that stands half-way needs the restore point %2.")
                     .arg(settings.folder, id),
                 {},
                 {}};
}

/// Why a restore point cannot be gone back to, as far as that shows without reading all of it.
std::optional<Error> problemOf(const RestorePoint &point, const FileLocation &location)
{
    if (const auto dump = readDumpManifest(point.databaseFolder()); dump.isError())
        return dump.error();
    if (point.notes.used.isValid()) {
        return Error{RestoreError::PointUsed,
                     text("A rollback has moved its files back into the site."),
                     {},
                     {}};
    }
    if (location.holdingFolder().isEmpty() ? !location.move().out.isEmpty()
                                           : !QFileInfo::exists(location.holdingFolder())) {
        return Error{RestoreError::PointIncomplete,
                     text("Its files are no longer where they were moved to."),
                     {},
                     {}};
    }
    return {};
}

/// How to remove the one with that id. Of a folder and a link that bear the same, the folder first.
Result<RemovalRequest>
findRemoval(const SiteSettings &settings, const SiteStatus &status, const QString &id)
{
    const auto refused = [](RestoreError code, const QString &fact) {
        return Error{code, fact, {}, {}};
    };
    if (const auto free = checkNotNeeded(settings, status, id); !free)
        return free.failure();
    for (const auto &point : status.restorePoints) {
        if (point.id() != id)
            continue;
        if (point.notes.isFrozen)
            return refused(RestoreError::PointFrozen,
                           text("The restore point %1 is frozen.").arg(id));
        return RemovalRequest{point.folder, settings.folder, foldersOf(status.restorePoints, id)};
    }
    for (const auto &leftover : status.leftovers) {
        if (leftover.id() == id)
            return requestFor(settings, status, leftover);
    }
    return refused(RestoreError::NoRollbackFound,
                   text("There is no restore point %1 of %2.").arg(id, settings.folder));
}

} // namespace

Result<RestorePointRequest> Assistant::requestByHand(const SiteSettings &settings) const
{
    const auto site = open(settings);
    if (!site)
        return site.failure();
    const auto &detection = (*site)->detection();
    const auto layout = (*site)->layout();
    RestorePointRequest request;
    request.folder = newPointFolder(settings, randomHex(16));
    request.origin = PointOrigin::Person;
    request.product = detection.product;
    request.version = detection.version;
    request.siteFolder = settings.folder;
    request.tablePrefix = detection.tablePrefix;
    request.database = (*site)->database();
    request.preserved = layout.written;
    request.keepsCopies = true;
    // What other restore points keep within the site's folder is theirs.
    const auto held = namesHeld(status(settings));
    if (!held)
        return held.failure();
    request.excluded = layout.notSites + *held;
    request.excluded.removeDuplicates();
    return request;
}

Result<QStringList> Assistant::namesHeld(const SiteStatus &status)
{
    return foldersHeldBy(foldersOf(status.restorePoints));
}

Result<ScratchVerdict> Assistant::loadToVerify(const SiteSettings &settings,
                                               const RestorePoint &point,
                                               Monitor &monitor) const
{
    const auto database = databaseAt(settings, point, {});
    if (!database)
        return database.failure();
    return loadIntoScratch(*database, point.databaseFolder(), monitor);
}

Result<PointInspection>
Assistant::inspect(const SiteSettings &settings, const RestorePoint &point, Monitor &monitor) const
{
    PointInspection inspection;
    if (const auto run = runThatMade(point, privateFolder(settings.folder)))
        inspection.run = run->id;
    const auto location = FileLocation::find(point, settings.folder);
    if (!location)
        return location.failure();
    inspection.filesFolder = location->holdingFolder();
    const auto folder = readTree(point.folder, {}, monitor);
    if (!folder)
        return folder.failure();
    inspection.bytes = bytesIn(*folder);
    if (!point.hasCopies && QFileInfo::exists(inspection.filesFolder)) {
        const auto held = readTree(inspection.filesFolder, {}, monitor);
        if (!held)
            return held.failure();
        inspection.bytesInSite = bytesIn(*held);
    }
    inspection.problem = problemOf(point, *location);
    return inspection;
}

Result<PointEstimate> Assistant::estimateRestorePoint(const SiteSettings &settings,
                                                      Monitor &monitor) const
{
    const auto request = requestByHand(settings);
    if (!request)
        return request.failure();
    return estimatePoint(*request, monitor);
}

// Whoever makes, moves or removes restore points holds the site, and first ends what was stopped.
Result<RunLock> Assistant::holdForPoints(const SiteSettings &settings,
                                         const QString &purpose,
                                         Monitor &monitor) const
{
    if (const auto there = findFolder(settings.folder); !there)
        return there.failure();
    const auto folder = privateFolder(settings.folder);
    {
        const FolderTimeKeeper keeper(settings.folder);
        if (const auto made = makePrivateFolder(folder); !made)
            return made.failure();
    }
    auto lock = RunLock::acquire(folder, purpose);
    if (!lock)
        return lock;
    const auto now = status(settings);
    if (now.problem)
        return *now.problem;
    for (const auto &leftover : now.leftovers) {
        using Kind = PointLeftover::Kind;
        if (leftover.kind == Kind::Moved) {
            if (const auto removed = removeTree(leftover.folder, monitor); !removed)
                return removed.failure();
        } else if (leftover.kind == Kind::Removed) {
            if (const auto removed = removePoint(requestFor(settings, now, leftover), monitor);
                !removed)
                return removed.failure();
        }
    }
    return lock;
}

Result<RestorePoint> Assistant::makeRestorePoint(const SiteSettings &settings,
                                                 const QString &name,
                                                 Monitor &monitor) const
{
    auto request = requestByHand(settings);
    if (!request)
        return request.failure();
    request->name = name;
    return makePoint(settings, *request, u"restorePoint"_s, monitor);
}

Result<RestorePoint> Assistant::makePoint(const SiteSettings &settings,
                                          const RestorePointRequest &request,
                                          const QString &purpose,
                                          Monitor &monitor) const
{
    const auto estimate = estimatePoint(request, monitor);
    if (!estimate)
        return estimate.failure();
    if (const auto fits = estimate->check(); !fits)
        return fits.failure();
    const auto lock = holdForPoints(settings, purpose, monitor);
    if (!lock)
        return lock.failure();
    if (const auto now = status(settings); now.lastRun && !now.lastRun->isOver()) {
        return Error{AssistantError::RunUnfinished,
                     text("A run of this site stands half-way. Go on with it, or roll it back."),
                     {},
                     u"resume"_s};
    }
    auto point = createRestorePoint(request, monitor);
    if (point)
        return point;
    // Half of one is of no use. Where it cannot be removed now it is listed as unfinished.
    SilentMonitor silent;
    static_cast<void>(removeTree(request.folder, silent).isOk());
    return point;
}

Result<PointRemoval>
Assistant::removalOf(const SiteSettings &settings, const QString &id, Monitor &monitor) const
{
    const auto now = status(settings);
    if (now.problem)
        return *now.problem;
    const auto request = findRemoval(settings, now, id);
    if (!request)
        return request.failure();
    return measureRemoval(*request, monitor);
}

Result<> Assistant::removeRestorePoint(const SiteSettings &settings,
                                       const QString &id,
                                       Monitor &monitor) const
{
    // Asked before the site is held: what was stopped is ended on the way.
    if (const auto found = findRemoval(settings, status(settings), id); !found)
        return found.failure();
    const auto lock = holdForPoints(settings, u"removal"_s, monitor);
    if (!lock)
        return lock.failure();
    const auto request = findRemoval(settings, status(settings), id);
    if (request.isError() && request.error().has(RestoreError::NoRollbackFound))
        return Success;
    if (!request)
        return request.failure();
    return removePoint(*request, monitor);
}

QList<RestorePoint> Assistant::surplusPoints(const SiteStatus &status, int keep)
{
    const auto needed = neededIds(status);
    const auto *wayBack = status.usualWayBack();
    QList<RestorePoint> surplus;
    for (const auto &point : status.restorePoints.mid(keep)) {
        const bool stays = point.notes.isFrozen || needed.contains(point.id())
                           || (wayBack && wayBack->id() == point.id());
        if (!stays)
            surplus.append(point);
    }
    std::reverse(surplus.begin(), surplus.end());
    return surplus;
}

Result<RestorePoint> Assistant::moveRestorePoint(const SiteSettings &settings,
                                                 const QString &id,
                                                 const QString &folder,
                                                 Monitor &monitor) const
{
    auto point = restorePoint(settings, id);
    if (!point)
        return point;
    if (const auto free = checkNotNeeded(settings, status(settings), id); !free)
        return free.failure();
    auto database = databaseAt(settings, *point, {});
    if (!database)
        return database.failure();
    const auto lock = holdForPoints(settings, u"move"_s, monitor);
    if (!lock)
        return lock.failure();
    PointMoveRequest request;
    request.point = std::move(point).value();
    request.siteFolder = settings.folder;
    request.pointsFolder = privateFolder(settings.folder) + u"/restore-points"_s;
    request.folder = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    request.database = std::move(database).value();
    return movePoint(request, monitor);
}

} // namespace Banister
