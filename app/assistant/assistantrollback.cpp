// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/assistant.h"
#include "assistant/assistanterror.h"
#include "assistant/plankeys.h"
#include "assistant/rollbacknames.h"
#include "database/dumpmanifest.h"
#include "files/foldertime.h"
#include "files/move.h"
#include "files/privatefolder.h"
#include "files/remove.h"
#include "restore/moverecord.h"
#include "restore/pointplace.h"
#include "restore/restoreerror.h"
#include "restore/rollback.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Assistant", sentence);
}

// Where the files of a restore point may be: where a run put them, or this rollback will.
QStringList
heldIn(const SiteSettings &settings, const RestorePoint &point, const QString &replacedFolder)
{
    QStringList folders{formerFilesIn(replacedFolder)};
    if (point.hasCopies)
        folders.append(point.copiesFolder());
    if (const auto move = readMove(point.folder)) {
        for (const auto &relative : move->holding)
            folders.append(settings.folder + u'/' + relative);
    }
    return folders;
}

bool isUpgradeHalfWay(const SiteStatus &status)
{
    return status.canResume() && status.lastRun->kind == "upgrade"_L1;
}

QStringList unfinishedRuns(const QString &privateFolder)
{
    QStringList unfinished;
    const auto ids = Session::list(privateFolder);
    for (const auto &id : ids) {
        const auto run = Session::look(privateFolder, id);
        if (run && !run->isOver())
            unfinished.append(id);
    }
    return unfinished;
}

/// When the run ended, or stopped, that the restore point was made for, or the other program that it
/// was taken over from; else the point's own time.
QDateTime endOfRunAfter(const QString &privateFolder, const RestorePoint &point)
{
    const auto run = runThatMade(point, privateFolder);
    if (!run)
        return point.foreign ? point.foreign->ended : point.created;
    auto last = run->ended;
    for (const auto &step : run->steps)
        last = std::max({last, step.ended, step.started});
    return last;
}

QList<OtherPoint>
otherPoints(const SiteStatus &status, const QStringList &own, const QStringList &undoes)
{
    QList<OtherPoint> others;
    const bool isHalfBack = status.lastRun && status.lastRun->kind == "rollback"_L1
                            && undoes.contains(status.lastRun->id);
    for (const auto &point : status.restorePoints) {
        if (own.contains(point.folder))
            continue;
        const auto halfBack =
            isHalfBack ? status.lastRun->settings.value(PlanKeys::RestorePoint).toString()
                       : QString();
        others.append({point.folder, point.folder == halfBack});
    }
    return others;
}

} // namespace

Result<DatabaseSettings> Assistant::databaseAt(const SiteSettings &settings,
                                               const RestorePoint &point,
                                               const QString &replaced) const
{
    const auto known = productOf(point);
    if (!known)
        return known.failure();
    // The names of a run go with its restore point: its folder ends with the run's token.
    return (*known)->database(
        settings, point.id().section(u'-', -1), heldIn(settings, point, replaced));
}

Result<const Product *> Assistant::productOf(const RestorePoint &point) const
{
    if (const auto *known = product(point.product))
        return known;
    return Error{RestoreError::OtherSite,
                 text("The restore point %1 is of a product that this Banister does not know.")
                     .arg(point.id()),
                 {},
                 {}};
}

Result<Assistant::PointData> Assistant::dataOf(const SiteSettings &settings,
                                               const RestorePoint &point) const
{
    auto database = databaseAt(settings, point, {});
    if (!database)
        return database.failure();
    auto dump = readDumpManifest(point.databaseFolder());
    if (!dump)
        return dump.failure();
    return PointData{std::move(database).value(), std::move(dump).value()};
}

Result<Plan> Assistant::makeRollback(const Product &product,
                                     const SiteSettings &settings,
                                     const RestorePoint &point,
                                     const RollbackNames &names) const
{
    const auto folder = privateFolder(settings.folder);
    const auto replacedFolder = folder + u"/rolled-back-"_s + names.token;
    auto database = databaseAt(settings, point, replacedFolder);
    if (!database)
        return database.failure();
    RollbackRequest request;
    request.point = point;
    request.selection = names.selection;
    request.safetyPoint = names.safetyPoint;
    request.presentVersion = names.presentVersion;
    request.others = otherPoints(status(settings), {point.folder, names.safetyPoint}, names.undoes);
    request.siteFolder = settings.folder;
    request.database = std::move(database).value();
    request.replacedFolder = replacedFolder;
    request.ownEntries = product.ownEntries();
    request.logFile = settings.folder + u'/' + product.logFile();
    // Until the first change, the way on stays open.
    request.takeOver = [folder, undoes = names.undoes]() -> Result<> {
        for (const auto &id : undoes) {
            if (auto ended = Session::abandonOther(folder, id, u"rolled back"_s); !ended)
                return ended;
        }
        return Success;
    };
    auto plan = Banister::rollbackPlan(request);
    plan.settings.insert(PlanKeys::Product, product.id());
    plan.settings.insert(u"site"_s, settings.toJson());
    const auto named = names.toJson();
    for (auto it = named.begin(); it != named.end(); ++it)
        plan.settings.insert(it.key(), it.value());
    return plan;
}

Result<Plan> Assistant::rollbackPlan(const SiteSettings &settings,
                                     const RestorePoint &point,
                                     const RollbackWish &wish) const
{
    const auto known = productOf(point);
    if (!known)
        return known.failure();
    if (const auto checked = checkNames(point, settings.folder, wish.selection); !checked)
        return checked.failure();
    RollbackNames names;
    names.token = randomHex(16);
    names.undoes = unfinishedRuns(privateFolder(settings.folder));
    names.selection = wish.selection;
    if (!wish.selection.isAll() && !names.undoes.isEmpty()) {
        return Error{
            AssistantError::RunUnfinished,
            text("A run of this site stands half-way. Go on with it, or roll the whole site "
                 "back; then a part can come back alone."),
            {},
            u"resume"_s};
    }
    if (wish.keepsPresent)
        names.safetyPoint = newPointFolder(settings, names.token);
    if (const auto present = (*known)->detect(settings.folder); present && *present)
        names.presentVersion = (*present)->version;
    return makeRollback(**known, settings, point, names);
}

Result<LossPreview> Assistant::previewLoss(const SiteSettings &settings,
                                           const RestorePoint &point,
                                           const RollbackSelection &selection,
                                           Monitor &monitor) const
{
    if (const auto checked = checkNames(point, settings.folder, selection); !checked)
        return checked.failure();
    auto database = databaseAt(settings, point, {});
    if (!database)
        return database.failure();
    auto held = namesHeld(status(settings));
    if (!held)
        return held.failure();
    LossRequest request;
    request.point = point;
    request.siteFolder = settings.folder;
    request.database = std::move(database).value();
    request.selection = selection;
    request.leftOut = std::move(held).value();
    request.since = endOfRunAfter(privateFolder(settings.folder), point);
    return Banister::previewLoss(request, monitor);
}

Result<RowExport> Assistant::exportRows(const SiteSettings &settings,
                                        const RestorePoint &point,
                                        const QString &folder,
                                        const RollbackSelection &selection,
                                        Monitor &monitor) const
{
    const auto data = dataOf(settings, point);
    if (!data)
        return data.failure();
    RowDiffOptions options;
    options.tables = selection.tables;
    return Banister::exportRows(data->database, data->dump, folder, options, monitor);
}

Result<QList<SelectionFinding>> Assistant::checkTables(const SiteSettings &settings,
                                                       const RestorePoint &point,
                                                       const QStringList &tables,
                                                       Monitor &monitor) const
{
    const auto data = dataOf(settings, point);
    if (!data)
        return data.failure();
    return checkSelection(data->database, data->dump, tables, monitor);
}

Result<std::unique_ptr<SiteRun>> Assistant::beginRollback(const SiteSettings &settings,
                                                          const RestorePoint &point,
                                                          const RollbackWish &wish) const
{
    auto plan = rollbackPlan(settings, point, wish);
    if (!plan)
        return plan.failure();
    const auto *known = product(point.product);
    const auto folder = privateFolder(settings.folder);
    if (const auto made = makePrivateFolder(folder); !made)
        return made.failure();
    const auto secrets =
        known->secrets(settings, point.id().section(u'-', -1), heldIn(settings, point, {}));
    return SiteRun::open(
        settings.folder + u'/' + known->logFile(), secrets, [&](Session::LogSink sink) {
            return Session::begin(folder, std::move(plan).value(), std::move(sink));
        });
}

Result<RestorePoint> Assistant::restorePoint(const SiteSettings &settings, const QString &id) const
{
    const auto now = status(settings);
    for (const auto &point : now.restorePoints) {
        if (id.isEmpty() ? !point.notes.used.isValid() : point.id() == id)
            return point;
    }
    for (const auto &leftover : now.leftovers) {
        if (leftover.id() == id && !leftover.problem.code.isEmpty())
            return leftover.problem;
    }
    // Of another site in a folder for the backups of several.
    if (!id.isEmpty() && !settings.backupFolder.isEmpty()) {
        if (const auto point = readRestorePoint(settings.backupFolder + u'/' + id))
            return strangerOf(*point, settings.folder).problem;
    }
    if (!id.isEmpty() && foreignNamed(settings, id)) {
        return Error{RestoreError::ForeignNotTaken,
                     text("%1 was left by another program, and is no restore point yet. Take it "
                          "over first.")
                         .arg(id),
                     {},
                     {}};
    }
    return Error{RestoreError::NoRollbackFound,
                 id.isEmpty()
                     ? text("There is no restore point of %1.").arg(settings.folder)
                     : text("There is no restore point %1 of %2.").arg(id, settings.folder),
                 {},
                 {}};
}

Result<RestorePoint> Assistant::wayBack(const SiteSettings &settings) const
{
    // While another process works on the site, nothing else can be said of it.
    if (const auto free = RunLock::checkOthers(privateFolder(settings.folder)); !free)
        return free.failure();
    const auto now = status(settings);
    if (const auto *point = now.usualWayBack())
        return *point;
    auto fact = text("No upgrade of %1 is to be undone.").arg(settings.folder);
    const auto made =
        now.undoable ? now.undoable->settings.value(PlanKeys::RestorePoint).toString() : QString();
    const auto place = QFileInfo(made).path();
    if (!made.isEmpty() && !QFileInfo(place).isDir())
        fact = text("The restore point of the last upgrade is in %1, and this folder is not there. "
                    "Mount it, or name the folder that it is in now.")
                   .arg(place);
    else if (isUpgradeHalfWay(now))
        fact = text("The upgrade of %1 has no finished restore point.").arg(settings.folder);
    else if (now.undoable)
        fact = text("The restore point of the last upgrade is no longer in %1.").arg(place);
    else if (now.restorePoints.isEmpty())
        fact = text("There is no restore point of %1.").arg(settings.folder);
    return Error{RestoreError::NoRollbackFound, fact, {}, {}};
}

bool Assistant::canGiveUp(const SiteStatus &status)
{
    return status.canResume() && hasChangedNothing(*status.lastRun);
}

Result<> Assistant::giveUp(const SiteSettings &settings) const
{
    const auto now = status(settings);
    if (!canGiveUp(now)) {
        return Error{AssistantError::NothingToDo,
                     text("No run of %1 stands before its first change.").arg(settings.folder),
                     {},
                     {}};
    }
    const auto &run = *now.lastRun;
    const auto *known = product(run.settings.value(PlanKeys::Product).toString());
    const auto point = run.settings.value(PlanKeys::RestorePoint).toString();
    const auto log = settings.folder + u'/' + (known ? known->logFile() : QString());
    const auto tidyUp = [&](const RunFolder &folder) -> Result<> {
        putFolderTimeBack(settings, run);
        // The log that a rollback writes on is that of the upgrade, which goes on with it.
        if (run.kind == "upgrade"_L1 && QFileInfo(log).isFile()) {
            const FolderTimeKeeper keeper(settings.folder);
            const auto kept = folder.path() + u'/' + QFileInfo(log).fileName();
            if (auto moved = moveEntry(log, kept); !moved)
                return moved;
        }
        SilentMonitor monitor;
        // A restore point of the present state that nothing was moved for is of no use.
        const auto safety = run.settings.value(PlanKeys::SafetyPoint).toString();
        const auto useless = safety.isEmpty() ? (isUnfinished(point) ? point : QString()) : safety;
        if (useless.isEmpty())
            return Success;
        auto removed = removeTree(useless, monitor);
        tidyPlaceBeside(settings.folder);
        return removed;
    };
    return Session::abandon(
        privateFolder(settings.folder), run.id, u"given up before anything was changed"_s, tidyUp);
}

} // namespace Banister
