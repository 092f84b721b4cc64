// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "restore/rollback.h"

namespace Banister {

/// Where files have to be copied, because they stay in the restore point as well, this does so beside
/// the site, so that a full disk is met before anything is changed. Repeatable.
Result<> prepareFiles(const RollbackRequest &request, Monitor &monitor);

/// Brings the restore point's files back into the site's folder by renames; what stands in their
/// place goes to the request's replaced folder. Repeatable from any state that a killed call left.
/// The answer: how many top-level entries came back.
Result<int> rollBackFiles(const RollbackRequest &request, Monitor &monitor);

} // namespace Banister
