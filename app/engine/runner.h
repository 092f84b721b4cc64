// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancelflag.h"
#include "engine/plan.h"
#include "engine/runjournal.h"
#include "engine/runlistener.h"

#include <functional>

namespace Banister {

/// What a person wants of a running run. Set from any thread; reset before the next go.
struct RunRequests
{
    CancelFlag cancel; ///< stop as soon as it is safe
    CancelFlag pause;  ///< stop after the step that runs now
};

/// Executes a plan on the calling thread, beginning at the step where its journal stands: a first
/// go, a retry and a resume after a crash are the same call.
class Runner
{
public:
    /// Asked before each step whether this process may go on (does the lock still hold?).
    using Permission = std::function<Result<>()>;

    /// The journal's steps are those of the plan. Both must outlive the runner.
    Runner(Plan &plan, RunJournal &journal, Permission mayGoOn = {});

    RunEnd run(RunListener &listener, const RunRequests &requests);
    /// Leaves out the step where the run stands. EngineError.CannotSkip where it is another one, or
    /// skipping it would leave the site broken.
    Result<> skip(const StepCode &code, const QString &reason);

private:
    RunEnd runSteps(RunListener &listener, const RunRequests &requests);
    std::optional<RunEnd> runStep(qsizetype index,
                                  RunListener &listener,
                                  OverallMeter &meter,
                                  const RunRequests &requests);

    Plan &m_plan;
    RunJournal &m_journal;
    Permission m_mayGoOn;
};

} // namespace Banister
