// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkstate.h"

#include <algorithm>

namespace Banister {

bool CheckState::blocks() const
{
    return phase != CheckPhase::Known || finding.severity == Severity::Error
           || (finding.severity == Severity::Warning && !isAccepted);
}

QList<CheckState> statesOf(const Checks &checks)
{
    QList<CheckState> states;
    for (const auto &check : checks) {
        CheckState state;
        state.code = check->code();
        state.title = check->title();
        states.append(state);
    }
    return states;
}

bool isBlocked(const QList<CheckState> &states)
{
    return std::any_of(
        states.begin(), states.end(), [](const CheckState &state) { return state.blocks(); });
}

void accept(QList<CheckState> &states, const QStringList &codes)
{
    for (auto &state : states) {
        if (state.phase == CheckPhase::Known && state.finding.severity == Severity::Warning
            && codes.contains(state.code))
            state.isAccepted = true;
    }
}

void setFinding(CheckState &state, const Finding &finding)
{
    const bool isSame = finding.severity == state.finding.severity
                        && finding.fact == state.finding.fact
                        && finding.items == state.finding.items;
    state.isAccepted = state.isAccepted && isSame;
    state.finding = finding;
    state.phase = CheckPhase::Known;
}

} // namespace Banister
