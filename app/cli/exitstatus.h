// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace Banister {

/// How banister-cli ends; scripts rely on the numbers.
enum class ExitStatus {
    Done = 0,
    StepFailed = 1,
    WrongUse = 2,
    Blocked = 3,
    NoRestorePoint = 4,
    Locked = 5,
    Cancelled = 130,
};

ExitStatus exitStatusOf(const Failure &failure);

} // namespace Banister
