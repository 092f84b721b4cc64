// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shellword.h"
#include "cli/cli.h"
#include "cli/climonitor.h"
#include "restore/rollback.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

QString nameOf(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return u"ok"_s;
    case Severity::Warning:
        return u"warning"_s;
    case Severity::Error:
        return u"error"_s;
    }
    return {};
}

QString nameOf(CustomFate fate)
{
    switch (fate) {
    case CustomFate::BroughtOver:
        return text("brought over");
    case CustomFate::Replaced:
        return text("replaced");
    case CustomFate::NeedsALook:
        return text("to look at");
    }
    return {};
}

void printFinding(const CliContext &context,
                  const Check &check,
                  const Finding &finding,
                  bool accepted)
{
    constexpr int Column = 9;
    auto line =
        nameOf(finding.severity).leftJustified(Column) + check.code() + u": "_s + finding.fact;
    if (accepted)
        line += u' ' + text("(accepted)");
    context.output.say(line);
    for (const auto &item : finding.items)
        context.output.say(u"           "_s + item);
    if (!finding.action.isEmpty())
        context.output.say(u"         "_s + finding.action);
    QJsonObject json{{u"check"_s, check.code()},
                     {u"title"_s, check.title()},
                     {u"severity"_s, nameOf(finding.severity)},
                     {u"accepted"_s, accepted},
                     {u"fact"_s, finding.fact},
                     {u"action"_s, finding.action},
                     {u"items"_s, QJsonArray::fromStringList(finding.items)},
                     {u"details"_s, finding.details}};
    if (finding.error)
        json.insert(u"error"_s, finding.error->toJson());
    context.output.json(json);
}

/// The settings and the opened site, or the status to end with.
struct Opened
{
    std::unique_ptr<ProductSite> site;
    ExitStatus status = ExitStatus::Done;
};

Opened openSite(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return {nullptr, report(context, settings.failure())};
    auto site = context.assistant.open(*settings);
    if (!site)
        return {nullptr, report(context, site.failure())};
    return {std::move(site).value(), ExitStatus::Done};
}

} // namespace

ExitStatus detectSite(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    const auto detection = context.assistant.detect(settings->folder);
    if (!detection)
        return report(context, detection.failure());
    const auto &database = detection->database;
    const auto &output = context.output;
    output.say(detection->productName + u' ' + detection->version);
    output.say(text("Folder:        %1").arg(settings->folder));
    output.say(text("Configuration: %1").arg(detection->configurationFile));
    output.say(text("Address:       %1").arg(detection->siteUrl.toString()));
    output.say(text("Database:      %1 on %2, user %3, prefix \"%4\"")
                   .arg(database.name,
                        database.socket.isEmpty() ? database.host : database.socket,
                        database.user,
                        detection->tablePrefix));
    output.say(detection->hopProblem.isEmpty() ? text("Upgrade to:    %1").arg(detection->hopTarget)
                                               : detection->hopProblem);
    output.json({{u"product"_s, detection->product},
                 {u"version"_s, detection->version},
                 {u"folder"_s, settings->folder},
                 {u"configuration"_s, detection->configurationFile},
                 {u"siteUrl"_s, detection->siteUrl.toString()},
                 {u"database"_s,
                  QJsonObject{{u"host"_s, database.host},
                              {u"port"_s, database.port},
                              {u"socket"_s, database.socket},
                              {u"name"_s, database.name},
                              {u"user"_s, database.user},
                              {u"tablePrefix"_s, detection->tablePrefix}}},
                 {u"upgradeTo"_s, detection->hopTarget},
                 {u"problem"_s, detection->hopProblem}});
    return ExitStatus::Done;
}

namespace {

/// Whether each --accept names a check of this site.
bool canBeAccepted(const CliContext &context, const Checks &checks, const QStringList &accepted)
{
    QStringList codes;
    for (const auto &check : checks)
        codes.append(check->code());
    for (const auto &code : accepted) {
        if (codes.contains(code))
            continue;
        context.output.say(
            text("There is no check %1 to accept. There are: %2.").arg(code, codes.join(u", "_s)));
        context.output.json(
            {{u"unknown"_s, code}, {u"checks"_s, QJsonArray::fromStringList(codes)}});
        return false;
    }
    return true;
}

} // namespace

ExitStatus runChecks(const CliContext &context, const ProductSite &site)
{
    CliMonitor monitor(context.requests.cancel);
    const auto accepted = context.request.values.value(u"accept"_s);
    const bool acceptsAll = context.request.has(u"accept-all-warnings"_s);
    bool isReady = true;
    QStringList blocking;
    QStringList acceptable;
    const auto checks = site.checks();
    // A site that cannot be upgraded has fewer checks: nothing is to accept there.
    if (site.detection().hopProblem.isEmpty() && !canBeAccepted(context, checks, accepted))
        return ExitStatus::WrongUse;
    for (const auto &check : checks) {
        if (monitor.isCancelRequested())
            return report(context, Cancelled{});
        const auto finding = check->run(monitor);
        const bool isAccepted = finding.severity == Severity::Warning
                                && (acceptsAll || accepted.contains(check->code()));
        if (finding.severity == Severity::Error)
            blocking.append(check->code());
        if (finding.severity == Severity::Warning && !acceptsAll)
            acceptable.append(check->code());
        isReady = isReady && (finding.severity == Severity::Ok || isAccepted);
        printFinding(context, *check, finding, isAccepted);
    }
    context.output.json({{u"ready"_s, isReady},
                         {u"blocked"_s, QJsonArray::fromStringList(blocking)},
                         {u"toAccept"_s, QJsonArray::fromStringList(acceptable)}});
    if (isReady)
        return ExitStatus::Done;
    context.output.say(blocking.isEmpty() ? text("Not ready.")
                                          : text("Not ready: cure the errors."));
    if (!acceptable.isEmpty()) {
        context.output.say(text("Cure what the warnings tell, or accept them with:%1")
                               .arg(u" --accept "_s + acceptable.join(u" --accept "_s)));
    }
    return ExitStatus::Blocked;
}

ExitStatus checkSite(const CliContext &context)
{
    const auto opened = openSite(context);
    return opened.site ? runChecks(context, *opened.site) : opened.status;
}

ExitStatus planUpgrade(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    const auto opened = openSite(context);
    if (!opened.site)
        return opened.status;
    CliMonitor monitor(context.requests.cancel);
    const auto preview = opened.site->preview(monitor);
    if (!preview)
        return report(context, preview.failure());
    const auto plan = opened.site->upgradePlan(context.assistant.newNames(*settings));
    if (!plan)
        return report(context, plan.failure());
    const auto &output = context.output;
    QJsonArray steps;
    output.say(plan->title);
    int number = 0;
    for (const auto &step : plan->steps) {
        output.say(u"%1. %2 (%3)\n    %4"_s.arg(QString::number(++number).rightJustified(2),
                                                step->title(),
                                                step->code(),
                                                step->intention()));
        steps.append(QJsonObject{{u"code"_s, step->code()},
                                 {u"title"_s, step->title()},
                                 {u"intention"_s, step->intention()}});
    }
    output.say({});
    QJsonObject facts;
    for (const auto &fact : preview->facts) {
        output.say(fact.label + u": "_s + fact.value);
        facts.insert(fact.label, fact.value);
    }
    QJsonArray customisations;
    for (const auto &item : preview->customisations) {
        output.say(u"%1: %2. %3"_s.arg(item.path, nameOf(item.fate), item.reason));
        customisations.append(QJsonObject{
            {u"path"_s, item.path}, {u"fate"_s, nameOf(item.fate)}, {u"reason"_s, item.reason}});
    }
    if (!preview->configurationDiff.isEmpty())
        output.say(u'\n' + preview->configurationDiff);
    output.json({{u"title"_s, plan->title},
                 {u"steps"_s, steps},
                 {u"facts"_s, facts},
                 {u"customisations"_s, customisations},
                 {u"configurationDiff"_s, preview->configurationDiff},
                 {u"bytesNeeded"_s, preview->bytesNeeded},
                 {u"restorePointBytes"_s, preview->restorePointBytes},
                 {u"bytesFree"_s, preview->bytesFree}});
    return ExitStatus::Done;
}

ExitStatus showStatus(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    const auto known = knownStatus(context, *settings);
    if (!known)
        return report(context, known.failure());
    const auto &status = *known;
    if (const auto recognised = context.assistant.recognise(*settings, status); !recognised)
        return report(context, recognised.failure());
    const auto &output = context.output;
    static const QHash<SiteStatus::Kind, QString> names{
        {SiteStatus::Kind::NoRun, u"no run"_s},
        {SiteStatus::Kind::Stopped, u"stopped"_s},
        {SiteStatus::Kind::Running, u"running"_s},
        {SiteStatus::Kind::Upgraded, u"upgraded"_s},
        {SiteStatus::Kind::RolledBack, u"rolled back"_s}};
    QJsonObject json{{u"state"_s, names.value(status.kind)},
                     {u"restorePoints"_s, status.restorePoints.size()},
                     {u"canResume"_s, status.canResume()},
                     {u"canRollBack"_s, status.canRollBack()}};
    output.say(names.value(status.kind));
    if (status.holder)
        output.say(text("Held by process %1 on %2.")
                       .arg(QString::number(status.holder->process), status.holder->host));
    if (status.lastRun && status.lastRun->phase == RunPhase::Abandoned) {
        // Its steps stand where they were given up; none of them runs.
        const auto &run = *status.lastRun;
        output.say(text("%1 of %2 was given up.")
                       .arg(run.title, QLocale().toString(run.started.toLocalTime())));
        json.insert(u"givenUp"_s, run.id);
    } else if (status.lastRun) {
        const auto &run = *status.lastRun;
        output.say(run.title + u", "_s + QLocale().toString(run.started.toLocalTime()));
        output.say(text("Run %1").arg(run.id));
        QJsonArray steps;
        for (const auto &step : run.steps) {
            const auto state =
                QString::fromLatin1(QMetaEnum::fromType<StepState>().valueToKey(int(step.state)));
            constexpr int Column = 11;
            output.say(u"  "_s + state.toLower().leftJustified(Column) + step.code + u"  "_s
                       + step.title + (step.text.isEmpty() ? QString() : u": "_s + step.text));
            QJsonObject entry{{u"code"_s, step.code},
                              {u"title"_s, step.title},
                              {u"state"_s, state.toLower()},
                              {u"tries"_s, step.tries},
                              {u"text"_s, step.text}};
            if (step.error) {
                entry.insert(u"error"_s, step.error->toJson());
                output.explain(*step.error);
            }
            steps.append(entry);
        }
        json.insert(u"run"_s, run.id);
        json.insert(u"kind"_s, run.kind);
        json.insert(u"title"_s, run.title);
        json.insert(u"steps"_s, steps);
    }
    if (status.canResume())
        output.say(text("Go on with: banister-cli resume %1").arg(shellWord(settings->folder)));
    if (status.canRollBack())
        output.say(
            text("Roll back with: banister-cli rollback %1").arg(shellWord(settings->folder)));
    output.json(json);
    return ExitStatus::Done;
}

} // namespace Banister
