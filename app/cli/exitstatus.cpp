// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/exitstatus.h"

#include "journal/journalerror.h"
#include "restore/restoreerror.h"

namespace Banister {

ExitStatus exitStatusOf(const Failure &failure)
{
    const auto *error = std::get_if<Error>(&failure);
    if (!error)
        return ExitStatus::Cancelled;
    if (error->has(LockError::Held) || error->has(LockError::HeldElsewhere))
        return ExitStatus::Locked;
    if (error->has(RestoreError::NoRollbackFound))
        return ExitStatus::NoRestorePoint;
    return ExitStatus::StepFailed;
}

} // namespace Banister
