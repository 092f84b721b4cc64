// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runner.h"

#include "engine/runningstep.h"

#include <QCoreApplication>

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Runner)
};

RunEnd endOf(const StepCode &step, const Failure &failure)
{
    if (const auto *error = std::get_if<Error>(&failure))
        return {Ending::Failed, step, *error};
    return {Ending::Cancelled, step, {}};
}

} // namespace

Runner::Runner(Plan &plan, RunJournal &journal, Permission mayGoOn)
    : m_plan(plan)
    , m_journal(journal)
    , m_mayGoOn(std::move(mayGoOn))
{
    Q_ASSERT(qsizetype(plan.steps.size()) == journal.state().steps.size());
}

RunEnd Runner::run(RunListener &listener, const RunRequests &requests)
{
    listener.runStarted(m_journal.state());
    auto end = runSteps(listener, requests);
    listener.runEnded(end);
    return end;
}

RunEnd Runner::runSteps(RunListener &listener, const RunRequests &requests)
{
    QList<qint64> weights;
    for (const auto &step : m_plan.steps)
        weights.append(step->weight());
    OverallMeter meter(weights);
    const auto first = m_journal.state().current();
    for (qsizetype index = 0; index < first; ++index)
        meter.skip(index);

    for (auto index = first; index < m_journal.state().steps.size();
         index = m_journal.state().current()) {
        const auto code = m_journal.state().steps.at(index).code;
        if (requests.cancel.isRequested())
            return {Ending::Cancelled, code, {}};
        if (requests.pause.isRequested())
            return {Ending::Paused, code, {}};
        if (const auto end = runStep(index, listener, meter, requests))
            return *end;
    }
    if (auto written = m_journal.append(RunFinished()); !written)
        return endOf({}, written.failure());
    return {};
}

std::optional<RunEnd> Runner::runStep(qsizetype index,
                                      RunListener &listener,
                                      OverallMeter &meter,
                                      const RunRequests &requests)
{
    auto &step = *m_plan.steps.at(size_t(index));
    const auto status = m_journal.state().steps.at(index);
    const auto attempt = status.tries + 1;
    auto allowed = m_mayGoOn ? m_mayGoOn() : Result<>(Success);
    if (allowed)
        allowed = m_journal.append(StepStarted{status.code, attempt});
    listener.stepStarted(status.code, attempt);
    if (!allowed) {
        listener.stepEnded(status.code, outcomeOf(allowed.failure()));
        return endOf(status.code, allowed.failure());
    }

    meter.begin(index);
    auto outcome = RunningStep(status.code, m_journal, listener, meter, requests.cancel).run(step);
    // What is not on disk has not happened: the step will run again.
    if (auto written = m_journal.append(StepEnded{status.code, outcome});
        !written && !std::holds_alternative<Error>(outcome))
        outcome = outcomeOf(written.failure());
    listener.stepEnded(status.code, outcome);
    if (const auto *error = std::get_if<Error>(&outcome))
        return RunEnd{Ending::Failed, status.code, *error, step.skipConsequence()};
    if (std::holds_alternative<Cancelled>(outcome))
        return RunEnd{Ending::Cancelled, status.code, {}};
    meter.end();
    return {};
}

Result<> Runner::skip(const StepCode &code, const QString &reason)
{
    const auto &state = m_journal.state();
    const auto index = state.current();
    const auto refused = [&code](const QString &why) {
        return Error{EngineError::CannotSkip, why.arg(code), {}, {}};
    };
    if (index >= state.steps.size() || state.steps.at(index).code != code)
        return refused(Texts::tr("The run does not stand at the step %1."));
    if (m_plan.steps.at(size_t(index))->skipConsequence().isEmpty())
        return refused(Texts::tr("Without the step %1 the site would not work."));
    if (m_mayGoOn) {
        if (auto allowed = m_mayGoOn(); !allowed)
            return allowed;
    }
    return m_journal.append(StepEnded{code, Skipped{reason}});
}

} // namespace Banister
