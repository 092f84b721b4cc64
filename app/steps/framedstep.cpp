// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "steps/framedstep.h"

namespace Banister {

FramedStep::FramedStep(StepFrame frame, Work work)
    : m_frame(std::move(frame))
    , m_work(std::move(work))
{}

Outcome FramedStep::run(StepContext &context)
{
    auto result = m_work(context);
    Outcome outcome = result ? std::move(result).value() : outcomeOf(result.failure());
    if (auto *error = std::get_if<Error>(&outcome);
        error && !m_frame.failure.isEmpty() && error->code != m_frame.failure
        && !m_frame.otherFailures.contains(error->code)) {
        Error top{m_frame.failure, m_frame.failureFact, {}, error->cure};
        return std::move(top).because(*error);
    }
    return outcome;
}

} // namespace Banister
