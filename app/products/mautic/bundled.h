// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QString>
#include <QStringList>
#include <QVersionNumber>

namespace Banister::Mautic {

/// Names and numbers of Mautic 2.16 and 3.x, from the trees of the tags 2.16.5 and 3.0.2 and from
/// upgrade_v3.php of 2.16.5, unless another source is named.

/// plugins/ of 2.16.5 and of 3.0.2: the same eleven.
const QStringList &bundledPlugins();
/// themes/ of 2.16.5.
const QStringList &bundledThemes();

/// Folders whose entries a person adds to, relative to the site; what the new tree lacks of them
/// comes back from the old one (restoreUserData).
const QStringList &userDataFolders();
/// What upgrade_v3.php leaves behind in the old tree, although a person may have put it there.
const QStringList &forgottenFolders();

/// Extensions of PHP that the console needs.
const QStringList &phpExtensions();

/// The steps in their order; support staff, logs and forum know them by these codes.
namespace StepCodes {
inline constexpr QLatin1StringView StartUpgrade{"startUpgrade"};
inline constexpr QLatin1StringView BackupDatabase{"backupDatabase"};
inline constexpr QLatin1StringView ApplyV2Migrations{"applyV2Migrations"};
inline constexpr QLatin1StringView FetchUpdates{"fetchUpdates"};
inline constexpr QLatin1StringView ExtractUpdate{"extractUpdate"};
inline constexpr QLatin1StringView MoveFiles{"moveMautic2and3Files"};
inline constexpr QLatin1StringView UpdateLocalConfig{"updateLocalConfig"};
inline constexpr QLatin1StringView ApplyMigrations{"applyMigrations"};
inline constexpr QLatin1StringView RestoreUserData{"restoreUserData"};
inline constexpr QLatin1StringView CleanupFiles{"cleanupFiles"};
inline constexpr QLatin1StringView BuildCache{"buildCache"};
inline constexpr QLatin1StringView Finished{"finished"};
} // namespace StepCodes
const QStringList &stepCodes();

/// Files and folders of the upgrade, in the root of the site where they have no folder.
namespace Names {
inline constexpr QLatin1StringView Package{"mautic-3-update-package.zip"};
inline constexpr QLatin1StringView NewTree{"mautic-3-temp-files"};
inline constexpr QLatin1StringView OldTree{"mautic-2-backup-files"};
inline constexpr QLatin1StringView UpgradeScript{"upgrade_v3.php"};
inline constexpr QLatin1StringView UpgradeLog{"upgrade_log.txt"};
inline constexpr QLatin1StringView CriticalMigrations{"critical_migrations.txt"};
inline constexpr QLatin1StringView DatabaseDump{
    "m3_upgrade_db_backup"}; ///< + ".sql"; with "_<32 hex>" in var/
inline constexpr QLatin1StringView BackupsRemain{"var/m3_upgrade_backup_files_not_removed_yet.txt"};
inline constexpr QLatin1StringView PendingPhase2{"m3_upgrade_pending_phase_2.txt"};
inline constexpr QLatin1StringView NewHtaccess{".htaccess.m3"};
inline constexpr QLatin1StringView WriteTest{"upgrade-test-folder-permissions"};
inline constexpr QLatin1StringView VersionFile{"app/version.txt"};
inline constexpr QLatin1StringView ReleaseMetadata{"app/release_metadata.json"};
inline constexpr QLatin1StringView Kernel{"app/AppKernel.php"};
inline constexpr QLatin1StringView Console2{"app/console"};
inline constexpr QLatin1StringView Console3{"bin/console"};
inline constexpr QLatin1StringView Paths{"app/config/paths.php"};
inline constexpr QLatin1StringView PathOverrides{"app/config/paths_local.php"};
inline constexpr QLatin1StringView ParameterOverrides{"app/config/parameters_local.php"};
inline constexpr QLatin1StringView ComposerFile{"composer.json"};
} // namespace Names

/// The version that an upgrade to Mautic 3 can start from.
QVersionNumber oldestForUpgrade();
/// What Mautic 3 runs on where no package at hand says it: 3.0.2's, with the upper limit that
/// upgrade_v3.php has.
inline constexpr QLatin1StringView OldestPhp{"7.2.21"};
inline constexpr QLatin1StringView NewestPhp{"7.3.999"};

/// Where the original asks for the package (m2-to-m3.json); a setting of Banister's.
inline constexpr QLatin1StringView UpdateConfigurationUrl{
    "https://updates.mautic.org/upgrade-configs/m2-to-m3.json"};

} // namespace Banister::Mautic
