// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runrecord.h"

#include "engine/engineenums.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(RunRecord)
};

// Raised when an older Banister would misread what a newer one writes.
constexpr int format = 1;

struct ToJson
{
    QJsonObject operator()(const RunStarted &run) const
    {
        QJsonArray steps;
        for (const auto &step : run.steps)
            steps.append(QJsonObject{{u"code"_s, step.code}, {u"title"_s, step.title}});
        return {{u"record"_s, u"runStarted"_s},
                {u"format"_s, format},
                {u"id"_s, run.id},
                {u"kind"_s, run.kind},
                {u"title"_s, run.title},
                {u"settings"_s, run.settings},
                {u"steps"_s, steps},
                {u"version"_s, run.version},
                {u"host"_s, run.host}};
    }
    QJsonObject operator()(const RunResumed &resumed) const
    {
        return {{u"record"_s, u"runResumed"_s},
                {u"version"_s, resumed.version},
                {u"host"_s, resumed.host}};
    }
    QJsonObject operator()(const StepStarted &started) const
    {
        return {{u"record"_s, u"stepStarted"_s},
                {u"step"_s, started.step},
                {u"attempt"_s, started.attempt}};
    }
    QJsonObject operator()(const Intention &intention) const
    {
        return {{u"record"_s, u"intention"_s},
                {u"step"_s, intention.step},
                {u"change"_s, intention.change}};
    }
    QJsonObject operator()(const StepEnded &ended) const
    {
        QJsonObject json{{u"record"_s, u"stepEnded"_s}, {u"step"_s, ended.step}};
        if (const auto *done = std::get_if<Done>(&ended.outcome)) {
            json.insert(u"outcome"_s, u"done"_s);
            json.insert(u"text"_s, done->summary);
        } else if (const auto *skipped = std::get_if<Skipped>(&ended.outcome)) {
            json.insert(u"outcome"_s, u"skipped"_s);
            json.insert(u"text"_s, skipped->reason);
        } else if (const auto *error = std::get_if<Error>(&ended.outcome)) {
            json.insert(u"outcome"_s, u"failed"_s);
            json.insert(u"error"_s, error->toJson());
        } else {
            json.insert(u"outcome"_s, u"cancelled"_s);
        }
        return json;
    }
    QJsonObject operator()(const RunFinished &) const { return {{u"record"_s, u"runFinished"_s}}; }
    QJsonObject operator()(const RunAbandoned &abandoned) const
    {
        return {{u"record"_s, u"runAbandoned"_s}, {u"reason"_s, abandoned.reason}};
    }
};

RunStarted runStartedFrom(const QJsonObject &json)
{
    RunStarted run;
    run.id = json.value("id"_L1).toString();
    run.kind = json.value("kind"_L1).toString();
    run.title = json.value("title"_L1).toString();
    run.settings = json.value("settings"_L1).toObject();
    run.version = json.value("version"_L1).toString();
    run.host = json.value("host"_L1).toString();
    const auto steps = json.value("steps"_L1).toArray();
    for (const auto &step : steps)
        run.steps.append({step["code"_L1].toString(), step["title"_L1].toString()});
    return run;
}

Error unreadable(const QJsonObject &json, const QString &what)
{
    return {EngineError::UnreadableRun,
            Texts::tr("Record %1 of the journal is not understood: %2.")
                .arg(QString::number(json.value("seq"_L1).toInteger()), what),
            {},
            {}};
}

Result<RunRecord> stepEndedFrom(const QJsonObject &json)
{
    const auto outcome = json.value("outcome"_L1).toString();
    const auto text = json.value("text"_L1).toString();
    StepEnded ended{json.value("step"_L1).toString(), Cancelled{}};
    if (outcome == "done"_L1)
        ended.outcome = Done{text};
    else if (outcome == "skipped"_L1)
        ended.outcome = Skipped{text};
    else if (outcome == "failed"_L1)
        ended.outcome = Error::fromJson(json.value("error"_L1).toObject());
    else if (outcome != "cancelled"_L1)
        return unreadable(json, u"outcome "_s + outcome);
    return RunRecord(ended);
}

} // namespace

QJsonObject toJson(const RunRecord &record)
{
    return std::visit(ToJson(), record);
}

Result<RunRecord> recordFromJson(const QJsonObject &json)
{
    const auto type = json.value("record"_L1).toString();
    if (type == "runStarted"_L1) {
        if (json.value("format"_L1).toInt() > format)
            return Error{
                EngineError::NewerRun,
                Texts::tr("Banister %1 wrote this journal; this is Banister %2.")
                    .arg(json.value("version"_L1).toString(), QStringLiteral(BANISTER_VERSION)),
                {},
                {}};
        return RunRecord(runStartedFrom(json));
    }
    if (type == "runResumed"_L1)
        return RunRecord(
            RunResumed{json.value("version"_L1).toString(), json.value("host"_L1).toString()});
    if (type == "stepStarted"_L1)
        return RunRecord(
            StepStarted{json.value("step"_L1).toString(), json.value("attempt"_L1).toInt(1)});
    if (type == "intention"_L1)
        return RunRecord(
            Intention{json.value("step"_L1).toString(), json.value("change"_L1).toObject()});
    if (type == "stepEnded"_L1)
        return stepEndedFrom(json);
    if (type == "runFinished"_L1)
        return RunRecord(RunFinished());
    if (type == "runAbandoned"_L1)
        return RunRecord(RunAbandoned{json.value("reason"_L1).toString()});
    return unreadable(json, u"record "_s + type);
}

} // namespace Banister
