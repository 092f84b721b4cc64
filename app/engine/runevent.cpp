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
    for (auto it = waiting.rbegin(); it != waiting.rend(); ++it) {
        if (auto *found = std::get_if<Event>(&*it))
            return found;
        if (!std::holds_alternative<StepProgressed>(*it)
            && !std::holds_alternative<LinesLogged>(*it))
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
