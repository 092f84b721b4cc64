// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/mautic/mauticsite.h"

namespace Banister {

// The checks before an upgrade, after those of Mautic's upgrade_v3.php (2.16.3), grouped by what they
// look at. Each adds its own to the list.

/// Whether there is an upgrade for this version at all.
void addVersionCheck(const std::shared_ptr<const MauticFacts> &facts, Checks &checks);
void addPhpChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks);
void addDatabaseChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks);
void addFileChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks);
void addConfigurationChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks);
void addPackageChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks);

/// Adds a check that asks one function about the site.
void addCheck(Checks &checks,
              const std::shared_ptr<const MauticFacts> &facts,
              const QString &code,
              const QString &title,
              Finding (*ask)(const MauticFacts &, Monitor &));

/// Something could not be found out: that blocks, and says why.
Finding notFoundOut(const Failure &failure);

} // namespace Banister
