// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcode.h"

#include <QObject>

namespace Banister::MauticErrors {

Q_NAMESPACE

/// The codes that Mautic's support and forum know, one or two for each step of the upgrade to
/// Mautic 3 (upgrade_v3.php of mautic/mautic 2.16). They are spelled bare.
enum class MauticError {
    ERR_DATABASE_BACKUP_FAILED,                    ///< backupDatabase
    ERR_MAUTIC_2_MIGRATIONS_IDENTIFICATION_FAILED, ///< applyV2Migrations: asking for them
    ERR_MAUTIC_2_MIGRATIONS_FAILED,                ///< applyV2Migrations: running them
    ERR_DOWNLOAD_UPGRADE_PACKAGE_FAILED,           ///< fetchUpdates
    ERR_EXTRACT_UPGRADE_PACKAGE_FAILED,            ///< extractUpdate
    ERR_MOVE_MAUTIC_2_AND_3_FILES,                 ///< moveMautic2and3Files
    ERR_UPDATE_LOCAL_CONFIG,                       ///< updateLocalConfig
    ERR_MAUTIC_3_MIGRATIONS_IDENTIFICATION_FAILED, ///< applyMigrations: asking for them
    ERR_MAUTIC_3_MIGRATIONS_FAILED,                ///< applyMigrations: running them
    ERR_RESTORE_USER_DATA_FAILED,                  ///< restoreUserData
    ERR_CLEANUP_FILES,                             ///< cleanupFiles
    ERR_BUILD_M3_CACHE,                            ///< buildCache
};
Q_ENUM_NS(MauticError)

/// A folder that is no Mautic that Banister can work with, or one it cannot read.
enum class MauticSiteError {
    VersionUnreadable,       ///< version.txt or release_metadata.json holds no version
    PathsUnreadable,         ///< paths.php sets local_config in a way that only PHP understands
    ConfigurationMissing,    ///< there is no local.php: Mautic was not installed here
    ConfigurationUnreadable, ///< local.php cannot be read
    WrongFolder,             ///< a folder within a Mautic, or the one above it
    FileUnreadable,          ///< any other file of the site that has to be read
    BackupFolderUnsuitable,  ///< restore points cannot be kept in the folder that was chosen
};
Q_ENUM_NS(MauticSiteError)

/// What went wrong with a command of Mautic's console; what PHP said is the cause below it.
enum class MauticConsoleError {
    CommandFailed,       ///< it ended with an error
    UnreadableOutput,    ///< it ended well, but what it had to say is not in its output
    NothingRun,          ///< it asked a question that nobody could answer, and did nothing
    PluginBreaksConsole, ///< a plugin does not load, and with it nothing does
    MigrationFailed,
    CacheNotBuilt,
    SchemaUpdateFailed,
    UpdateCheckFailed, ///< mautic:update:find could not ask
    UpdateRefused,     ///< mautic:update:apply ended before it changed anything
    UpdateStopped,     ///< mautic:update:apply ended in the middle
};
Q_ENUM_NS(MauticConsoleError)

/// What is wrong with a zip that should be a package of Mautic.
enum class MauticPackageError {
    NotMautic,        ///< it lacks the files that every release has
    Nested,           ///< all of it lies in one folder: a source archive of a repository
    LibrariesMissing, ///< it lacks vendor/, without which Mautic does not start
    VersionMissing,   ///< its metadata cannot be read
    WrongVersion,     ///< it is not a version that this upgrade can go to
    SiteTooOld,       ///< it wants a later Mautic to start from
    PhpNotSupported,  ///< it wants another PHP than the one that runs the console
};
Q_ENUM_NS(MauticPackageError)

/// What a page of the site tells of it.
enum class MauticFrontError {
    DatabaseUnreachable, ///< "Site is offline": Mautic cannot reach its database
    PhpNotSupported,     ///< the web server runs another PHP than Mautic wants
    PageFails,           ///< any other error of the server
    NotInstalled,        ///< it leads to the installer
    NotMautic,           ///< something else is published at the address
};
Q_ENUM_NS(MauticFrontError)

/// What is wrong with the update configuration.
enum class MauticUpdateError { ConfigurationUnreadable };
Q_ENUM_NS(MauticUpdateError)

} // namespace Banister::MauticErrors

namespace Banister {

using MauticErrors::MauticConsoleError;
using MauticErrors::MauticError;
using MauticErrors::MauticFrontError;
using MauticErrors::MauticPackageError;
using MauticErrors::MauticSiteError;
using MauticErrors::MauticUpdateError;

template<>
struct ErrorEnumTraits<MauticError>
{
    static constexpr bool hasPublicNames = true;
};

} // namespace Banister
