// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::EngineEnums {

Q_NAMESPACE

enum class EngineError {
    StepThrew,
    OutOfMemory,
    CannotSkip,
    NoSuchRun,
    CannotCreateRun,
    UnreadableRun,
    NewerRun,
    PlanChanged,
    RunIsOver,
    CheckThrew,
};
Q_ENUM_NS(EngineError)

/// Running, when read from a journal: started, and no record tells that it ended.
enum class StepState { Pending, Running, Done, Skipped, Failed, Cancelled };
Q_ENUM_NS(StepState)

/// Where a run stands, as its records tell. Interrupted: a step was begun and no record tells how it
/// ended; while the run's lock is held, that step is running. Stopped: between two steps.
enum class RunPhase { NotStarted, Stopped, Failed, Interrupted, Finished, Abandoned };
Q_ENUM_NS(RunPhase)

/// How one go at a run ended.
enum class Ending { Finished, Failed, Cancelled, Paused, Abandoned };
Q_ENUM_NS(Ending)

} // namespace Banister::EngineEnums

namespace Banister {

using EngineEnums::Ending;
using EngineEnums::EngineError;
using EngineEnums::RunPhase;
using EngineEnums::StepState;

} // namespace Banister
