// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/upgradescene.h"

#include <QString>

namespace Banister {

/// Does to a scene's site what Mautic's own upgrade_v3.php (2.16.5) does, by PHP's own functions for
/// files, with a real mysqldump and the real migrations, as far as it is told.
class MauticScript
{
public:
    /// Each includes those before it.
    enum class Stage {
        Dump,         ///< the database is dumped, the package unpacked; the site is still Mautic 2
        SomeMoved,    ///< some entries are in mautic-2-backup-files
        Moved,        ///< all of them; the root is empty
        NewTree,      ///< Mautic 3 is in place, with the former configuration
        Migrated,     ///< so is its database
        SomeUserData, ///< plugins are back; the script was killed
        UserData,     ///< plugins, themes, media: moved out of the backup
        Finished,     ///< backup, dump and log have got their final names in var/
    };

    explicit MauticScript(UpgradeScene &scene)
        : m_scene(scene)
    {}

    /// What is wrong; empty: nothing.
    QString runUntil(Stage stage);
    /// Where the dump is now, relative to the site.
    QString dump() const;
    QString backup() const;

private:
    QString files(const QString &act) const;

    UpgradeScene &m_scene;
};

} // namespace Banister
