// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/assistant.h"
#include "assistant/assistanterror.h"
#include "assistant/plankeys.h"
#include "files/foldertime.h"
#include "files/move.h"
#include "files/privatefolder.h"
#include "files/remove.h"
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

} // namespace

Result<Plan> Assistant::makeRollback(const Product &product,
                                     const SiteSettings &settings,
                                     const RestorePoint &point,
                                     const QString &token,
                                     const QStringList &undoes) const
{
    // The names of a run go with its restore point: its folder ends with the run's token.
    const auto runToken = point.id().section(u'-', -1);
    const auto replacedFolder = privateFolder(settings.folder) + u"/rolled-back-"_s + token;
    auto database = product.database(settings, runToken, heldIn(settings, point, replacedFolder));
    if (!database)
        return database.failure();
    RollbackRequest request;
    request.point = point;
    request.siteFolder = settings.folder;
    request.database = std::move(database).value();
    request.replacedFolder = replacedFolder;
    request.ownEntries = product.ownEntries();
    request.logFile = settings.folder + u'/' + product.logFile();
    // Until the way back has proven whole, the way on stays open.
    request.verified = [folder = privateFolder(settings.folder), undoes]() -> Result<> {
        for (const auto &id : undoes) {
            if (auto ended = Session::abandonOther(folder, id, u"rolled back"_s); !ended)
                return ended;
        }
        return Success;
    };
    auto plan = Banister::rollbackPlan(request);
    plan.settings.insert(PlanKeys::Product, product.id());
    plan.settings.insert(PlanKeys::Token, token);
    plan.settings.insert(PlanKeys::Undoes, QJsonArray::fromStringList(undoes));
    plan.settings.insert(u"site"_s, settings.toJson());
    return plan;
}

Result<Plan> Assistant::rollbackPlan(const SiteSettings &settings, const RestorePoint &point) const
{
    const auto *known = product(point.product);
    if (!known) {
        return Error{RestoreError::OtherSite,
                     text("The restore point %1 is of a product that this Banister does not know.")
                         .arg(point.id()),
                     {},
                     {}};
    }
    return makeRollback(
        *known, settings, point, randomHex(16), unfinishedRuns(privateFolder(settings.folder)));
}

Result<std::unique_ptr<SiteRun>> Assistant::beginRollback(const SiteSettings &settings,
                                                          const RestorePoint &point) const
{
    auto plan = rollbackPlan(settings, point);
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
    const auto points = status(settings).restorePoints;
    for (const auto &point : points) {
        if (id.isEmpty() || point.id() == id)
            return point;
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
    const auto now = status(settings);
    if (!isUpgradeHalfWay(now))
        return restorePoint(settings);
    // An older restore point would take the site further back than this run has found it.
    const auto folder = now.lastRun->settings.value(PlanKeys::RestorePoint).toString();
    for (const auto &point : now.restorePoints) {
        if (point.id() == QFileInfo(folder).fileName())
            return point;
    }
    return Error{RestoreError::NoRollbackFound,
                 text("The upgrade of %1 has no finished restore point.").arg(settings.folder),
                 {},
                 {}};
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
        if (!isUnfinished(point))
            return Success;
        SilentMonitor monitor;
        return removeTree(point, monitor);
    };
    return Session::abandon(
        privateFolder(settings.folder), run.id, u"given up before anything was changed"_s, tidyUp);
}

} // namespace Banister
