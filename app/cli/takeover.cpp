// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/takeover.h"

#include "cli/climonitor.h"
#include "cli/pointtext.h"
#include "restore/foreignpoint.h"
#include "restore/restorepoint.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

QString whatToDo(const ForeignLeft &left, const QString &site)
{
    if (!left.takenAs.isEmpty())
        return text("taken over as %1").arg(left.takenAs);
    if (left.problem)
        return text("cannot be taken over: %1").arg(left.problem->fact);
    return text("no restore point yet; take it over: banister-cli restore-points %1 --import %2")
        .arg(site, left.name);
}

} // namespace

QJsonArray listForeign(const CliContext &context, const SiteSettings &settings)
{
    QJsonArray list;
    const auto all = context.assistant.foreignLeft(settings);
    for (const auto &left : all) {
        const auto time = QLocale().toString(left.created.toLocalTime(), QLocale::ShortFormat);
        context.output.say(left.name + u"  "_s + left.product + u' ' + left.version + u"  "_s
                           + (left.script.isEmpty()
                                  ? text("left by %1 on %2, without a dump of the database; %3")
                                  : text("left by %1 on %2; %3"))
                                 .arg(left.program, time, whatToDo(left, settings.folder)));
        QJsonObject json{{u"name"_s, left.name},
                         {u"program"_s, left.program},
                         {u"product"_s, left.product},
                         {u"version"_s, left.version},
                         {u"dump"_s, left.script},
                         {u"created"_s, left.created.toString(Qt::ISODate)},
                         {u"takenAs"_s, left.takenAs},
                         {u"usable"_s, !left.problem}};
        if (left.problem)
            json.insert(u"problem"_s, left.problem->toJson());
        list.append(json);
    }
    return list;
}

ExitStatus importForeign(const CliContext &context, const SiteSettings &settings)
{
    const auto name = context.request.value(u"import"_s);
    CliMonitor monitor(context.requests.cancel);
    const auto estimate = context.assistant.estimateTakeOver(settings, name, monitor);
    if (!estimate)
        return report(context, estimate.failure());
    sayEstimate(context.output, *estimate);
    const auto point = context.assistant.takeOver(settings, name, monitor);
    if (!point)
        return report(context, point.failure());
    context.output.say(text("Taken over and read back:") + u' ' + lineOf(*point));
    sayUnproven(context, *point);
    context.output.json({{u"restorePoint"_s, toJson(*point)},
                         {u"estimatedBytes"_s, estimate->bytes()},
                         {u"freeBytes"_s, estimate->freeBytes}});
    return ExitStatus::Done;
}

void sayUnproven(const CliContext &context, const RestorePoint &point)
{
    const auto sentences = unprovenOf(point);
    for (const auto &sentence : sentences)
        context.output.say(text("Cannot be proven: %1").arg(sentence));
}

} // namespace Banister
