// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/climonitor.h"
#include "cli/pointtext.h"
#include "cli/takeover.h"
#include "restore/restoreerror.h"
#include "restore/verify.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

} // namespace

ExitStatus listRestorePoints(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    const auto status = readableStatus(context, *settings);
    if (!status)
        return report(context, status.failure());
    const auto &points = status->restorePoints;
    if (points.isEmpty())
        context.output.say(text("There is no restore point of %1.").arg(settings->folder));
    QJsonArray list;
    for (const auto &point : points) {
        context.output.say(lineOf(point));
        list.append(toJson(point));
    }
    QJsonArray leftovers;
    for (const auto &leftover : status->leftovers) {
        context.output.say(lineOf(leftover));
        leftovers.append(toJson(leftover));
    }
    const auto foreign = listForeign(context, *settings);
    context.output.json(
        {{u"restorePoints"_s, list}, {u"leftovers"_s, leftovers}, {u"foreign"_s, foreign}});
    return points.isEmpty() ? ExitStatus::NoRestorePoint : ExitStatus::Done;
}

ExitStatus
reportNoPoint(const CliContext &context, const SiteStatus &status, const Failure &failure)
{
    const auto *error = std::get_if<Error>(&failure);
    // Without any, the catalogue explains how one comes about.
    if (!error || !error->has(RestoreError::NoRollbackFound) || status.restorePoints.isEmpty())
        return report(context, failure);
    context.output.say(error->fact + u' ' + text("There are:"));
    QJsonArray ids;
    for (const auto &point : status.restorePoints) {
        context.output.say(u"  "_s + point.id());
        ids.append(point.id());
    }
    context.output.json({{u"error"_s, error->toJson()}, {u"restorePoints"_s, ids}});
    return exitStatusOf(failure);
}

ExitStatus verifyPoint(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    const auto status = readableStatus(context, *settings);
    if (!status)
        return report(context, status.failure());
    auto point = context.assistant.restorePoint(*settings, context.request.value(u"to"_s));
    if (!point)
        return reportNoPoint(context, *status, point.failure());
    point->siteFolder = settings->folder;
    CliMonitor monitor(context.requests.cancel);
    const auto verified = verifyRestorePoint(*point, {}, monitor);
    if (!verified)
        return report(context, verified.failure());
    ScratchVerdict deep;
    if (context.request.has(u"deep"_s)) {
        auto loaded = context.assistant.loadToVerify(*settings, *point, monitor);
        if (!loaded)
            return report(context, loaded.failure());
        deep = std::move(loaded).value();
    }
    const QLocale locale;
    context.output.say(text("The restore point %1 is whole: %2 files, %3 tables, %4 rows.")
                           .arg(point->id(),
                                locale.toString(verified->files),
                                locale.toString(verified->tables),
                                locale.toString(verified->rows)));
    if (deep.isLoaded)
        context.output.say(
            text("Its dump was loaded into a scratch database, every row compared."));
    else if (!deep.reason.isEmpty())
        context.output.say(text("The rows were counted in the dump only: %1.").arg(deep.reason));
    for (const auto &path : verified->changedSince)
        context.output.say(text("Changed since: %1").arg(QFile::decodeName(path)));
    context.output.json({{u"id"_s, point->id()},
                         {u"files"_s, verified->files},
                         {u"tables"_s, verified->tables},
                         {u"rows"_s, verified->rows},
                         {u"loaded"_s, deep.isLoaded},
                         {u"notLoaded"_s, deep.reason},
                         {u"changedSince"_s, verified->changedSince.size()}});
    return ExitStatus::Done;
}

} // namespace Banister
