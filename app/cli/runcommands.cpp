// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shellword.h"
#include "cli/cli.h"
#include "cli/runprinter.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

/// Asks on the terminal; without --yes and without an answer it is no.
bool isConfirmed(const CliContext &context, const QString &question)
{
    if (context.request.has(u"yes"_s))
        return true;
    std::fputs((question + u' ' + text("[y/N]") + u' ').toUtf8().constData(), stderr);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return false;
    return input.readLine().trimmed().toLower().startsWith('y');
}

/// Says who holds the site, then releases it, where --break-lock asks for that.
Result<> breakLockIfAsked(const CliContext &context, const SiteSettings &settings)
{
    if (!context.request.has(u"break-lock"_s))
        return Success;
    if (const auto holder = context.assistant.status(settings).holder) {
        const auto since = holder->since.toLocalTime().toString(Qt::ISODate);
        context.output.say(text("%1 (process %2, user %3) on the computer %4 has held the site "
                                "since %5.")
                               .arg(holder->program,
                                    QString::number(holder->process),
                                    holder->user,
                                    holder->host,
                                    since));
        context.output.json({{u"event"_s, u"breakLock"_s},
                             {u"host"_s, holder->host},
                             {u"process"_s, holder->process},
                             {u"user"_s, holder->user},
                             {u"since"_s, since}});
    }
    return context.assistant.breakLock(settings);
}

ExitStatus runToTheEnd(const CliContext &context, Result<std::unique_ptr<SiteRun>> run)
{
    if (!run)
        return report(context, run.failure());
    RunPrinter printer(context.output);
    const auto end = (*run)->session().run(printer, context.requests);
    switch (end.ending) {
    case Ending::Finished:
        return ExitStatus::Done;
    case Ending::Cancelled:
        context.output.say(text("Cancelled. Go on with resume, or roll back."));
        return ExitStatus::Cancelled;
    case Ending::Paused:
    case Ending::Abandoned:
        return ExitStatus::Done;
    case Ending::Failed:
        break;
    }
    if (end.error)
        context.output.explain(*end.error);
    context.output.say({});
    context.output.say(text("Remove the cause and go on with: banister-cli retry %1")
                           .arg(shellWord(context.request.argument)));
    if ((*run)->session().plan().kind != "rollback"_L1)
        context.output.say(text("Or roll back with: banister-cli rollback %1")
                               .arg(shellWord(context.request.argument)));
    return ExitStatus::StepFailed;
}

/// There is nothing to go back to, and where nothing was changed there need not be.
ExitStatus
withoutRestorePoint(const CliContext &context, const SiteSettings &settings, const Failure &failure)
{
    if (!Assistant::canGiveUp(context.assistant.status(settings)))
        return report(context, failure);
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

/// A rollback that found its restore point damaged, say, does not keep a site from its next upgrade.
Result<> giveUpIdleRollback(const CliContext &context, const SiteSettings &settings)
{
    const auto status = context.assistant.status(settings);
    if (!Assistant::canGiveUp(status) || status.lastRun->kind != "rollback"_L1)
        return Success;
    return context.assistant.giveUp(settings);
}

} // namespace

ExitStatus upgradeSite(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    if (const auto broken = breakLockIfAsked(context, *settings); !broken)
        return report(context, broken.failure());
    if (const auto given = giveUpIdleRollback(context, *settings); !given)
        return report(context, given.failure());
    const auto status = knownStatus(context, *settings);
    if (!status)
        return report(context, status.failure());
    if (status->canResume() || status->holder)
        return runToTheEnd(context, context.assistant.beginUpgrade(*settings));
    const auto site = context.assistant.open(*settings);
    if (!site)
        return report(context, site.failure());
    if (const auto checked = runChecks(context, **site); checked != ExitStatus::Done)
        return checked;
    if (!isConfirmed(context, text("Upgrade %1 now?").arg(settings->folder)))
        return report(context, Cancelled{});
    return runToTheEnd(context, context.assistant.beginUpgrade(*settings));
}

ExitStatus resumeRun(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    if (const auto broken = breakLockIfAsked(context, *settings); !broken)
        return report(context, broken.failure());
    return runToTheEnd(context, context.assistant.resume(*settings));
}

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
    const auto point = to.isEmpty() ? context.assistant.wayBack(*settings)
                                    : context.assistant.restorePoint(*settings, to);
    if (!point)
        return to.isEmpty() ? withoutRestorePoint(context, *settings, point.failure())
                            : reportNoPoint(context, *status, point.failure());
    if (context.request.has(u"preview"_s)) {
        const auto plan = context.assistant.rollbackPlan(*settings, *point);
        if (!plan)
            return report(context, plan.failure());
        context.output.say(plan->title);
        QJsonArray steps;
        for (const auto &step : plan->steps) {
            context.output.say(u"  "_s + step->code() + u": "_s + step->intention());
            steps.append(QJsonObject{{u"code"_s, step->code()},
                                     {u"title"_s, step->title()},
                                     {u"intention"_s, step->intention()}});
        }
        context.output.json(
            {{u"title"_s, plan->title}, {u"restorePoint"_s, point->id()}, {u"steps"_s, steps}});
        return ExitStatus::Done;
    }
    if (!isConfirmed(context,
                     text("Roll %1 back to version %2 of %3?")
                         .arg(settings->folder,
                              point->version,
                              point->created.toLocalTime().toString(Qt::ISODate))))
        return report(context, Cancelled{});
    return runToTheEnd(context, context.assistant.beginRollback(*settings, *point));
}

} // namespace Banister
