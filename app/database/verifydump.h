// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/dumpmanifest.h"

namespace Banister {

/// Reads every file of the dump back, unpacks it, counts its statements and rows, and compares hash
/// and numbers with the manifest: what passes can be loaded. On up to four threads, each with a few
/// times the longest statement in memory. Errors: DatabaseError.DumpIncomplete, .DumpDamaged,
/// .ManifestUnreadable; the fact names the file, or the table.
Result<> verifyDump(const QString &folder, Monitor &monitor);

} // namespace Banister
