// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "restore/restorepoint.h"

namespace Banister {

struct PointMoveRequest
{
    RestorePoint point;
    QString siteFolder;
    QString pointsFolder;      ///< within the site: a link there leads to the new place
    QString folder;            ///< to move it to; absolute
    DatabaseSettings database; ///< for the commands in its RESTORE.txt
};

/// Copies a restore point to another folder, reads the copy back and compares every file with the
/// original, on the disk; then the original goes. Stopped in any way, one of the two is whole, and a
/// repeated call ends it. RestoreError.FolderUnsuitable, .NotEnoughSpace, .PointDamaged (the copy);
/// then nothing was changed.
Result<RestorePoint> movePoint(const PointMoveRequest &request, Monitor &monitor);

} // namespace Banister
