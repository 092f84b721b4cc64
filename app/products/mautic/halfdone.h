// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/step.h"
#include "products/mautic/upgrade.h"

namespace Banister {

/// MySQL and MariaDB commit every ALTER at once: a migration that was killed between its statements,
/// or between the last one and its row in the version table, is half done, and two of Mautic 3.0 do
/// not notice it (3.0.2: Version20191126093923 looks at the first of its two columns only,
/// Version20200227110431 does not look for its index). This brings their tables to where these
/// migrations can run or are complete. Safe to call in any state.
Result<> finishHalfDoneMigrations(const MauticUpgrade &upgrade, StepContext &context);

} // namespace Banister
