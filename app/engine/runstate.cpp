// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runstate.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(RunState)
};

template<typename... Visitors>
struct Overloaded : Visitors...
{
    using Visitors::operator()...;
};
template<typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

const StepCode *stepOf(const RunRecord &record)
{
    if (const auto *started = std::get_if<StepStarted>(&record))
        return &started->step;
    if (const auto *intention = std::get_if<Intention>(&record))
        return &intention->step;
    if (const auto *ended = std::get_if<StepEnded>(&record))
        return &ended->step;
    return nullptr;
}

bool isBehind(const StepStatus &step)
{
    return step.state == StepState::Done || step.state == StepState::Skipped;
}

void end(StepStatus &step, const Outcome &outcome, const QDateTime &time)
{
    step.state = stateOf(outcome);
    step.ended = time;
    if (const auto *done = std::get_if<Done>(&outcome))
        step.text = done->summary;
    else if (const auto *skipped = std::get_if<Skipped>(&outcome))
        step.text = skipped->reason;
    else if (const auto *error = std::get_if<Error>(&outcome))
        step.error = *error;
}

} // namespace

StepState stateOf(const Outcome &outcome)
{
    return std::visit(Overloaded{[](const Done &) { return StepState::Done; },
                                 [](const Skipped &) { return StepState::Skipped; },
                                 [](const Cancelled &) { return StepState::Cancelled; },
                                 [](const Error &) { return StepState::Failed; }},
                      outcome);
}

qsizetype RunState::current() const
{
    return std::find_if_not(steps.begin(), steps.end(), isBehind) - steps.begin();
}

const StepStatus *RunState::step(const StepCode &code) const
{
    const auto it = std::find_if(
        steps.begin(), steps.end(), [&](const StepStatus &each) { return each.code == code; });
    return it == steps.end() ? nullptr : &*it;
}

StepStatus *RunState::find(const StepCode &code)
{
    const auto it = std::find_if(
        steps.begin(), steps.end(), [&](const StepStatus &each) { return each.code == code; });
    return it == steps.end() ? nullptr : &*it;
}

RunPhase RunState::phaseOfSteps() const
{
    const auto has = [this](StepState state) {
        return std::any_of(steps.begin(), steps.end(), [state](const StepStatus &step) {
            return step.state == state;
        });
    };
    if (has(StepState::Running))
        return RunPhase::Interrupted;
    if (has(StepState::Failed))
        return RunPhase::Failed;
    return std::any_of(steps.begin(),
                       steps.end(),
                       [](const StepStatus &step) { return step.state != StepState::Pending; })
               ? RunPhase::Stopped
               : RunPhase::NotStarted;
}

Result<> RunState::accepts(const RunRecord &record) const
{
    const auto misfit = [](const QString &what) {
        return Error{EngineError::UnreadableRun,
                     Texts::tr("The journal contradicts itself: %1.").arg(what),
                     {},
                     {}};
    };
    if (std::holds_alternative<RunStarted>(record) == started.isValid())
        return misfit(Texts::tr("the run begins twice, or not at all"));
    if (isOver())
        return misfit(Texts::tr("the run goes on after its end"));
    if (const auto *code = stepOf(record); code && !step(*code))
        return misfit(Texts::tr("the step %1 is not in the plan").arg(*code));
    return Success;
}

Result<> RunState::apply(const RunRecord &record, const QDateTime &time)
{
    if (auto fits = accepts(record); !fits)
        return fits;
    const auto *code = stepOf(record);
    auto *status = code ? find(*code) : nullptr;
    std::visit(
        Overloaded{[&](const RunStarted &run) {
                       id = run.id;
                       kind = run.kind;
                       title = run.title;
                       settings = run.settings;
                       version = run.version;
                       host = run.host;
                       started = time;
                       for (const auto &entry : run.steps) {
                           StepStatus line;
                           line.code = entry.code;
                           line.title = entry.title;
                           steps.append(line);
                       }
                   },
                   [&](const RunResumed &resumed) { host = resumed.host; },
                   [&](const StepStarted &begun) {
                       status->state = StepState::Running;
                       status->tries = begun.attempt;
                       status->started = time;
                       status->ended = {};
                       status->text.clear();
                       status->error.reset();
                   },
                   [&](const Intention &intention) { status->intentions.append(intention.change); },
                   [&](const StepEnded &stepEnded) { end(*status, stepEnded.outcome, time); },
                   [&](const RunFinished &) { ended = time; },
                   [&](const RunAbandoned &abandoned) {
                       ended = time;
                       reason = abandoned.reason;
                   }},
        record);
    if (std::holds_alternative<RunFinished>(record))
        phase = RunPhase::Finished;
    else if (std::holds_alternative<RunAbandoned>(record))
        phase = RunPhase::Abandoned;
    else
        phase = phaseOfSteps();
    return Success;
}

Result<RunState> RunState::fromRecords(const QList<QJsonObject> &records)
{
    RunState state;
    for (const auto &json : records) {
        const auto record = recordFromJson(json);
        if (!record)
            return record.failure();
        const auto time =
            QDateTime::fromString(json.value("time"_L1).toString(), Qt::ISODateWithMs);
        if (auto applied = state.apply(*record, time); !applied)
            return applied.failure();
    }
    return state;
}

} // namespace Banister
