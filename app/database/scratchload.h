// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"

#include <QString>

namespace Banister {

/// Whether a dump was loaded to be counted, and why not.
struct ScratchVerdict
{
    bool isLoaded = false;
    QString reason; ///< translated; empty where it was loaded
};

/// Loads a verified dump into a database of its own, banister_verify_…, compares every row with the
/// manifest, and removes that database again; those of killed calls as well. Not done where the account
/// may not make one, and where views, routines or the like name the original database or run by
/// themselves. Errors: those of restoreDump(); DatabaseError.DumpDamaged where rows differ.
Result<ScratchVerdict>
loadIntoScratch(const DatabaseSettings &settings, const QString &folder, Monitor &monitor);

} // namespace Banister
