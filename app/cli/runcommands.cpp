// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/runcommands.h"

#include "base/shellword.h"
#include "cli/cli.h"
#include "cli/runprinter.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
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

} // namespace Banister
