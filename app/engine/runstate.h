// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engineenums.h"
#include "engine/runrecord.h"

#include <QDateTime>

#include <optional>

namespace Banister {

/// One line of the checklist as the journal tells it.
struct StepStatus
{
    StepCode code;
    QString title;
    StepState state = StepState::Pending;
    int tries = 0;
    QDateTime started;          ///< UTC; the last try
    QDateTime ended;            ///< UTC; invalid while it has not ended
    QString text;               ///< what it did, or why it was skipped; translated as it was then
    std::optional<Error> error; ///< with its whole chain; only where it failed
    QList<QJsonObject> intentions; ///< of all tries, oldest first
};

/// Where a run stands, computed from its records alone. A value.
struct RunState
{
    QString id;
    QString kind;
    QString title;
    QJsonObject settings;
    QString version; ///< of the Banister that began the run
    QString host;    ///< of the last one that worked on it
    QDateTime started;
    QDateTime ended; ///< finished or abandoned
    QString reason;  ///< why it was abandoned
    QList<StepStatus> steps;
    RunPhase phase = RunPhase::NotStarted;

    /// The index of the step where it stands: the first that is neither done nor skipped; the number
    /// of steps where none is left.
    qsizetype current() const;
    const StepStatus *step(const StepCode &code) const;
    bool isOver() const { return phase == RunPhase::Finished || phase == RunPhase::Abandoned; }

    /// EngineError.UnreadableRun where the record does not fit what was before.
    Result<> accepts(const RunRecord &record) const;
    Result<> apply(const RunRecord &record, const QDateTime &time);
    /// From Journal::read(). No records: a run that never began, with an empty id.
    static Result<RunState> fromRecords(const QList<QJsonObject> &records);

private:
    StepStatus *find(const StepCode &code);
    RunPhase phaseOfSteps() const;
};

/// The state that an outcome leaves its step in.
StepState stateOf(const Outcome &outcome);

} // namespace Banister
