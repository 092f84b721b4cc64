// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/overallprogress.h"
#include "engine/runstate.h"

namespace Banister {

/// How one go at a run ended, and where it stands now.
struct RunEnd
{
    Ending ending = Ending::Finished;
    StepCode step; ///< where it stands; empty when finished, or when no step was reached
    std::optional<Error> error; ///< where it failed
    /// Translated: what leaving out that step would mean. Empty where it must not be left out.
    QString skipConsequence = {};

    bool isSuccess() const { return ending == Ending::Finished; }
};

/// Told what happens in a run. Calls come from the thread that runs it and from threads of the
/// step's, never two at once. Must not throw, and should return at once.
class RunListener
{
public:
    virtual ~RunListener() = default;
    /// Before the first step of this go; tells what earlier goes have done.
    virtual void runStarted(const RunState &) {}
    virtual void stepStarted(const StepCode &, int /*attempt*/) {}
    /// At most 30 a second, never back within a try.
    virtual void progressed(const StepCode &, const Progress &, const OverallProgress &) {}
    virtual void logged(const StepCode &, const QString & /*line*/) {}
    virtual void stepEnded(const StepCode &, const Outcome &) {}
    virtual void runEnded(const RunEnd &) {}
};

} // namespace Banister
