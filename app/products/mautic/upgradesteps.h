// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/step.h"
#include "products/mautic/upgrade.h"

#include <memory>

namespace Banister {

// The steps of the upgrade from Mautic 2 to 3, named as in Mautic's upgrade_v3.php (2.16.3).

std::unique_ptr<Step> startUpgradeStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> backupDatabaseStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> applyV2MigrationsStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> fetchUpdatesStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> extractUpdateStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> moveFilesStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> updateLocalConfigStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> applyMigrationsStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> restoreUserDataStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> cleanupFilesStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> buildCacheStep(const MauticUpgradePtr &upgrade);
std::unique_ptr<Step> finishedStep(const MauticUpgradePtr &upgrade);

} // namespace Banister
