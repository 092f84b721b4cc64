// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/databasesettings.h"

namespace Banister {

struct MoveRecord;
struct RestorePoint;

/// Writes RESTORE.txt into the restore point: the commands that bring the site back without
/// Banister, for a shell and the client of MariaDB. The password is asked for, never written.
Result<> writeRecipe(const RestorePoint &point, const DatabaseSettings &database);

/// Writes restore-files.sh beside it, once it is known what a run moves, or what was copied. The script
/// deletes nothing: what it takes away is in .banister/set-aside of the site afterwards. It can be run
/// again.
Result<> writeFilesScript(const RestorePoint &point, const MoveRecord &move);

} // namespace Banister
