// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runevent.h"

#include <utility>

namespace Banister {

namespace {

// The waiting event of that type, unless a step has changed since.
template<typename Event>
Event *findLast(std::deque<RunEvent> &waiting)
{
    for (auto index = waiting.size(); index-- > 0;) {
        auto &event = waiting[index];
        if (auto *found = std::get_if<Event>(&event))
            return found;
        if (!std::holds_alternative<StepProgressed>(event)
            && !std::holds_alternative<LinesLogged>(event))
            return nullptr;
    }
    return nullptr;
}

} // namespace

void join(std::deque<RunEvent> &waiting, RunEvent &&event)
{
    if (auto *progress = std::get_if<StepProgressed>(&event)) {
        if (auto *last = findLast<StepProgressed>(waiting)) {
            *last = std::move(*progress);
            return;
        }
    } else if (auto *more = std::get_if<LinesLogged>(&event)) {
        if (auto *last = findLast<LinesLogged>(waiting)) {
            last->lines.append(more->lines);
            if (const auto excess = last->lines.size() - maximumOfWaitingLines; excess > 0) {
                last->lines.remove(0, excess);
                last->dropped += excess;
            }
            return;
        }
    }
    waiting.push_back(std::move(event));
}

} // namespace Banister
