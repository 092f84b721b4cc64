// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/climonitor.h"
#include "cli/pointtext.h"
#include "cli/runcommands.h"
#include "cli/takeover.h"
#include "restore/location.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes);
}

ExitStatus makePoint(const CliContext &context, const SiteSettings &settings)
{
    CliMonitor monitor(context.requests.cancel);
    const auto estimate = context.assistant.estimateRestorePoint(settings, monitor);
    if (!estimate)
        return report(context, estimate.failure());
    sayEstimate(context.output, *estimate);
    const auto point =
        context.assistant.makeRestorePoint(settings, context.request.value(u"name"_s), monitor);
    if (!point)
        return report(context, point.failure());
    context.output.say(text("Made and read back:") + u' ' + lineOf(*point));
    context.output.json({{u"restorePoint"_s, toJson(*point)},
                         {u"estimatedBytes"_s, estimate->bytes()},
                         {u"freeBytes"_s, estimate->freeBytes}});
    return ExitStatus::Done;
}

/// Changes the notes of the one that the option names.
template<typename Change>
ExitStatus changeNotes(const CliContext &context,
                       const SiteSettings &settings,
                       const QString &option,
                       const Change &change)
{
    auto point = context.assistant.restorePoint(settings, context.request.value(option));
    if (!point)
        return reportNoPoint(context, context.assistant.status(settings), point.failure());
    change(point->notes);
    if (const auto written = writePointNotes(point->folder, point->notes); !written)
        return report(context, written.failure());
    context.output.say(lineOf(*point));
    context.output.json({{u"restorePoint"_s, toJson(*point)}});
    return ExitStatus::Done;
}

ExitStatus renamePoint(const CliContext &context, const SiteSettings &settings)
{
    if (!context.request.has(u"name"_s))
        return wrongUse(context.output, text("The option --rename takes --name as well."));
    return changeNotes(context, settings, u"rename"_s, [&context](PointNotes &notes) {
        notes.name = context.request.value(u"name"_s);
    });
}

ExitStatus freezePoint(const CliContext &context, const SiteSettings &settings)
{
    return changeNotes(
        context, settings, u"freeze"_s, [](PointNotes &notes) { notes.isFrozen = true; });
}

ExitStatus unfreezePoint(const CliContext &context, const SiteSettings &settings)
{
    return changeNotes(
        context, settings, u"unfreeze"_s, [](PointNotes &notes) { notes.isFrozen = false; });
}

QString describe(const PointRemoval &removal)
{
    auto told = removal.folder;
    if (!removal.holding.isEmpty())
        told += u", "_s + removal.holding;
    return told;
}

/// Tells what goes, asks once, removes.
ExitStatus removePoints(const CliContext &context,
                        const SiteSettings &settings,
                        const QStringList &ids,
                        const QString &question)
{
    CliMonitor monitor(context.requests.cancel);
    qint64 bytes = 0;
    for (const auto &id : ids) {
        const auto removal = context.assistant.removalOf(settings, id, monitor);
        if (!removal)
            return reportNoPoint(context, context.assistant.status(settings), removal.failure());
        context.output.say(
            text("%1 frees %2: %3").arg(id, sizeText(removal->bytes), describe(*removal)));
        bytes += removal->bytes;
    }
    if (!ids.isEmpty() && !isConfirmed(context, question))
        return report(context, Cancelled{});
    for (const auto &id : ids) {
        if (const auto removed = context.assistant.removeRestorePoint(settings, id, monitor);
            !removed)
            return report(context, removed.failure());
    }
    context.output.say(
        ids.isEmpty() ? text("There is none to remove.")
                      : text("Removed: %1. Freed: %2.").arg(ids.join(u", "_s), sizeText(bytes)));
    context.output.json(
        {{u"removed"_s, QJsonArray::fromStringList(ids)}, {u"freedBytes"_s, bytes}});
    return ExitStatus::Done;
}

ExitStatus removePoint(const CliContext &context, const SiteSettings &settings)
{
    const auto id = context.request.value(u"remove"_s);
    const auto status = context.assistant.status(settings);
    const auto *wayBack = status.usualWayBack();
    const bool isWayBack = wayBack && wayBack->id() == id;
    return removePoints(context,
                        settings,
                        {id},
                        isWayBack
                            ? text("It is the way back from the last upgrade. Remove it for good?")
                            : text("Remove it for good?"));
}

ExitStatus keepSome(const CliContext &context, const SiteSettings &settings)
{
    const auto status = readableStatus(context, settings);
    if (!status)
        return report(context, status.failure());
    QStringList ids;
    const auto surplus =
        Assistant::surplusPoints(*status, context.request.value(u"keep"_s).toInt());
    for (const auto &point : surplus)
        ids.append(point.id());
    return removePoints(context, settings, ids, text("Remove these for good?"));
}

ExitStatus movePoint(const CliContext &context, const SiteSettings &settings)
{
    if (!context.request.has(u"folder"_s))
        return wrongUse(context.output, text("The option --move takes --folder as well."));
    CliMonitor monitor(context.requests.cancel);
    const auto point = context.assistant.moveRestorePoint(
        settings, context.request.value(u"move"_s), context.request.value(u"folder"_s), monitor);
    if (!point)
        return reportNoPoint(context, context.assistant.status(settings), point.failure());
    context.output.say(text("Moved to %1; a link in the site's folder leads there. What it has "
                            "within the site stays.")
                           .arg(point->folder));
    context.output.json({{u"restorePoint"_s, toJson(*point)}});
    return ExitStatus::Done;
}

ExitStatus showPoint(const CliContext &context, const SiteSettings &settings)
{
    const auto point = context.assistant.restorePoint(settings, context.request.value(u"show"_s));
    if (!point)
        return reportNoPoint(context, context.assistant.status(settings), point.failure());
    CliMonitor monitor(context.requests.cancel);
    const auto inspection = context.assistant.inspect(settings, *point, monitor);
    if (!inspection)
        return report(context, inspection.failure());
    const QLocale locale;
    const auto time = [&locale](const QDateTime &value) {
        return value.isValid() ? locale.toString(value.toLocalTime(), QLocale::ShortFormat)
                               : text("never");
    };
    const QList<std::pair<QString, QString>> lines{
        {text("Restore point"), point->id()},
        {text("Name"), point->notes.name},
        {text("Folder"), QDir(point->folder).canonicalPath()},
        {text("Made"), time(point->created) + u", "_s + textOf(point->origin)},
        {text("Made by run"), inspection->run},
        {text("Product"), point->product + u' ' + point->version},
        {text("Site"), point->siteFolder},
        {text("Database"), point->databaseName + u' ' + point->tablePrefix},
        {text("Tables, rows"),
         locale.toString(point->tableCount) + u", "_s + locale.toString(point->rowCount)},
        {text("Files"), locale.toString(point->fileCount) + u", "_s + sizeText(point->fileBytes)},
        {text("Files are in"), inspection->filesFolder},
        {text("On the disk"),
         text("%1 in its folder, %2 within the site")
             .arg(sizeText(inspection->bytes), sizeText(inspection->bytesInSite))},
        {text("Copied beside"), point->preserved.join(u", "_s)},
        {text("Left out"), point->excluded.join(u", "_s)},
        {text("Verified"), time(point->notes.verified)},
        {text("Used"), time(point->notes.used)},
        {text("Frozen"), point->notes.isFrozen ? text("yes") : text("no")},
        {text("Can be gone back to"),
         inspection->problem ? text("no: %1").arg(inspection->problem->fact) : text("yes")}};
    for (const auto &[title, value] : lines)
        context.output.say(title + u": "_s + value);
    sayUnproven(context, *point);
    auto json = toJson(*point);
    json.insert(u"run"_s, inspection->run);
    json.insert(u"filesFolder"_s, inspection->filesFolder);
    json.insert(u"bytes"_s, inspection->bytes);
    json.insert(u"bytesInSite"_s, inspection->bytesInSite);
    json.insert(u"preserved"_s, QJsonArray::fromStringList(point->preserved));
    json.insert(u"excluded"_s, QJsonArray::fromStringList(point->excluded));
    json.insert(u"usable"_s, !inspection->problem);
    if (inspection->problem)
        json.insert(u"problem"_s, inspection->problem->toJson());
    context.output.json({{u"restorePoint"_s, json}});
    return ExitStatus::Done;
}

using Action = ExitStatus (*)(const CliContext &, const SiteSettings &);

} // namespace

ExitStatus keepRestorePoints(const CliContext &context)
{
    const std::array<std::pair<QString, Action>, 9> actions{{{u"make"_s, &makePoint},
                                                             {u"import"_s, &importForeign},
                                                             {u"show"_s, &showPoint},
                                                             {u"rename"_s, &renamePoint},
                                                             {u"freeze"_s, &freezePoint},
                                                             {u"unfreeze"_s, &unfreezePoint},
                                                             {u"remove"_s, &removePoint},
                                                             {u"keep"_s, &keepSome},
                                                             {u"move"_s, &movePoint}}};
    const auto isAsked = [&context](const auto &action) {
        return context.request.has(action.first);
    };
    const auto asked = std::count_if(actions.begin(), actions.end(), isAsked);
    if (asked == 0)
        return listRestorePoints(context);
    if (asked > 1)
        return wrongUse(context.output, text("One thing at a time: two options say what to do."));
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    if (const auto status = readableStatus(context, *settings); !status)
        return report(context, status.failure());
    return std::find_if(actions.begin(), actions.end(), isAsked)->second(context, *settings);
}

} // namespace Banister
