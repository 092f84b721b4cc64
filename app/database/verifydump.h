// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/dumpmanifest.h"

namespace Banister {

/// Reads every file of the dump back and compares it with the manifest. Errors:
/// DatabaseError.DumpIncomplete, .DumpDamaged, .ManifestUnreadable; the fact names the file.
Result<> verifyDump(const QString &folder, Monitor &monitor);

} // namespace Banister
