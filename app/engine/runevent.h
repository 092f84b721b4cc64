// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runlistener.h"

#include <QStringList>

#include <deque>
#include <variant>

namespace Banister {

/// What a run tells the window: values, no pointer into the run.
struct RunOpened
{
    RunState state;
};

struct StepChanged
{
    StepCode step;
    StepState state = StepState::Pending;
    std::optional<Error> error;
    QString text; ///< summary or reason
};

struct StepProgressed
{
    StepCode step;
    Progress progress;
    OverallProgress overall;
};

struct LinesLogged
{
    QStringList lines;
    qint64 dropped = 0; ///< so many lines before these were left out
};

struct RunEnded
{
    RunEnd end;
};

using RunEvent = std::variant<RunOpened, StepChanged, StepProgressed, LinesLogged, RunEnded>;

/// How many lines wait at most for the window; the upgrade log has all of them.
constexpr qsizetype maximumOfWaitingLines = 5000;

/// Merges progress and lines into what waits since the last change of a step, so that a flood stays
/// as small as one report and the newest lines.
void join(std::deque<RunEvent> &waiting, RunEvent &&event);

} // namespace Banister
