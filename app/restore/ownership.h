// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace Banister {

struct RollbackRequest;

/// Whether this user can give the files that come back the owners that they had; those that are
/// renamed keep them, copies are this user's. RestoreError.CannotOwn names the first that it cannot.
Result<> checkOwners(const RollbackRequest &request);

} // namespace Banister
