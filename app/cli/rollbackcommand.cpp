// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/climonitor.h"
#include "cli/losstext.h"
#include "cli/runcommands.h"
#include "cli/takeover.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

/// There is nothing to go back to, and where nothing was changed there need not be.
ExitStatus withoutRestorePoint(const CliContext &context,
                               const SiteSettings &settings,
                               const SiteStatus &status,
                               const Failure &failure)
{
    if (!Assistant::canGiveUp(status))
        return reportNoPoint(context, status, failure);
    if (context.request.has(u"preview"_s)) {
        context.output.say(text("Nothing was changed yet: only the run would be given up."));
        context.output.json({{u"givesUp"_s, true}});
        return ExitStatus::Done;
    }
    if (!isConfirmed(context, text("Nothing was changed yet. Give this upgrade up?")))
        return report(context, Cancelled{});
    if (const auto given = context.assistant.giveUp(settings); !given)
        return report(context, given.failure());
    context.output.say(text(
        "Nothing was changed yet, so there is nothing to roll back. The upgrade is given up."));
    context.output.json({{u"givenUp"_s, true}});
    return exitStatusOf(failure);
}

/// --only, --path, --table and --no-safety-point. A part of one half leaves the other as it is.
Result<RollbackWish> wishOf(const CliContext &context, const SiteSettings &settings)
{
    const auto &request = context.request;
    RollbackWish wish;
    wish.keepsPresent = !request.has(u"no-safety-point"_s);
    auto &selection = wish.selection;
    selection.paths = request.values.value(u"path"_s);
    selection.tables = request.values.value(u"table"_s);
    const bool isPart = !selection.paths.isEmpty() || !selection.tables.isEmpty();
    const auto only = request.value(u"only"_s);
    selection.files = only.isEmpty() ? !isPart || !selection.paths.isEmpty() : only == "files"_L1;
    selection.database =
        only.isEmpty() ? !isPart || !selection.tables.isEmpty() : only == "database"_L1;
    const QDir site(settings.folder);
    for (auto &path : selection.paths) {
        path = QDir::cleanPath(site.relativeFilePath(site.absoluteFilePath(path)));
        if (path.startsWith("../"_L1) || path == ".."_L1 || path == "."_L1) {
            return Error{RestoreError::NotInPoint,
                         text("%1 is no file or folder in %2.").arg(path, settings.folder),
                         {},
                         {}};
        }
    }
    return wish;
}

Result<> exportIfAsked(const CliContext &context,
                       const SiteSettings &settings,
                       const RestorePoint &point,
                       const RollbackWish &wish)
{
    if (!context.request.has(u"export"_s))
        return Success;
    CliMonitor monitor(context.requests.cancel);
    const auto folder = QFileInfo(context.request.value(u"export"_s)).absoluteFilePath();
    const auto exported =
        context.assistant.exportRows(settings, point, folder, wish.selection, monitor);
    if (!exported)
        return exported.failure();
    say(context.output, *exported);
    context.output.json({{u"export"_s, toJson(*exported)}});
    return Success;
}

/// The steps, and what would be lost; nothing is done.
ExitStatus previewRollback(const CliContext &context,
                           const SiteSettings &settings,
                           const RestorePoint &point,
                           const RollbackWish &wish)
{
    const auto plan = context.assistant.rollbackPlan(settings, point, wish);
    if (!plan)
        return report(context, plan.failure());
    CliMonitor monitor(context.requests.cancel);
    const auto preview = context.assistant.previewLoss(settings, point, wish.selection, monitor);
    if (!preview)
        return report(context, preview.failure());
    context.output.say(plan->title);
    QJsonArray steps;
    for (const auto &step : plan->steps) {
        context.output.say(u"  "_s + step->code() + u": "_s + step->intention());
        steps.append(QJsonObject{{u"code"_s, step->code()},
                                 {u"title"_s, step->title()},
                                 {u"intention"_s, step->intention()}});
    }
    sayUnproven(context, point);
    say(context.output, *preview);
    context.output.json({{u"title"_s, plan->title},
                         {u"restorePoint"_s, point.id()},
                         {u"unproven"_s, QJsonArray::fromStringList(unprovenOf(point))},
                         {u"steps"_s, steps},
                         {u"loss"_s, toJson(*preview)}});
    return ExitStatus::Done;
}

/// A call that is repeated does no more, and no harm.
ExitStatus
tellRolledBack(const CliContext &context, const SiteSettings &settings, const RunState &run)
{
    context.output.say(
        text("%1 was rolled back already: %2, %3. Name a restore point with --to to go to another.")
            .arg(settings.folder,
                 run.title,
                 QLocale().toString(run.ended.toLocalTime(), QLocale::ShortFormat)));
    context.output.json({{u"rolledBack"_s, run.ended.toString(Qt::ISODate)}});
    return ExitStatus::Done;
}

} // namespace

ExitStatus rollBackSite(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    if (const auto broken = breakLockIfAsked(context, *settings); !broken)
        return report(context, broken.failure());
    const auto to = context.request.value(u"to"_s);
    // Where only the last run's journal is damaged, a point that a person names is the way back.
    const auto status =
        to.isEmpty() ? knownStatus(context, *settings) : readableStatus(context, *settings);
    if (!status)
        return report(context, status.failure());
    const bool isUnderWay = status->canResume() && status->lastRun->kind == "rollback"_L1;
    if (isUnderWay && to.isEmpty())
        return runToTheEnd(context, context.assistant.resume(*settings));
    if (status->kind == SiteStatus::Kind::RolledBack && to.isEmpty())
        return tellRolledBack(context, *settings, *status->lastRun);
    const auto point = to.isEmpty() ? context.assistant.wayBack(*settings)
                                    : context.assistant.restorePoint(*settings, to);
    if (!point)
        return to.isEmpty() ? withoutRestorePoint(context, *settings, *status, point.failure())
                            : reportNoPoint(context, *status, point.failure());
    const auto wish = wishOf(context, *settings);
    if (!wish)
        return report(context, wish.failure());
    if (const auto exported = exportIfAsked(context, *settings, *point, *wish); !exported)
        return report(context, exported.failure());
    if (context.request.has(u"preview"_s))
        return previewRollback(context, *settings, *point, *wish);
    sayUnproven(context, *point);
    if (!isConfirmed(context,
                     text("Roll %1 back to version %2 of %3?")
                         .arg(settings->folder,
                              titleOf(*point),
                              point->created.toLocalTime().toString(Qt::ISODate))))
        return report(context, Cancelled{});
    return runToTheEnd(context, context.assistant.beginRollback(*settings, *point, *wish));
}

} // namespace Banister
