// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancelflag.h"
#include "engine/checkstate.h"

#include <chrono>
#include <functional>
#include <optional>

namespace Banister {

/// After so long a check is asked to stop, and its finding is that it took too long.
constexpr std::chrono::milliseconds timeForACheck = std::chrono::minutes(2);

/// Runs one check on this thread. What it throws and taking too long are findings (errors). Nothing
/// where it was cancelled before it knew.
std::optional<Finding> runCheck(Check &check,
                                const CancelFlag &cancel,
                                const std::function<void(const Progress &)> &report = {},
                                std::chrono::milliseconds limit = timeForACheck);

/// Runs all checks on this thread, one after the other, telling each state as it is known; for the
/// command line. What was cancelled stays CheckPhase::Waiting, and blocks.
QList<CheckState> runChecks(const Checks &checks,
                            const CancelFlag &cancel,
                            const std::function<void(const CheckState &)> &known = {});

} // namespace Banister
