// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Banister {

struct RestorePoint;

/// What a site is known by wherever its folder is moved or mounted: a random number in Banister's own
/// folder within it. Empty where it has none.
QString siteIdOf(const QString &siteFolder);
/// The same; where it has none it gets one, unless Banister has no folder there. Errors: FileError.
Result<QString> makeSiteId(const QString &siteFolder);

/// Whether a restore point was made of the site in a folder. A site that was moved still has its own; a
/// copy of a site has what was copied along with it, but not what stands elsewhere.
bool isOfSite(const RestorePoint &point, const QString &siteFolder);

} // namespace Banister
