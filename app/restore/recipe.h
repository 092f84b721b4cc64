// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace Banister {

struct RestorePoint;

/// Writes RESTORE.txt into the restore point: the commands that bring the site back without
/// Banister.
Result<> writeRecipe(const RestorePoint &point);

} // namespace Banister
