// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "products/mautic/releasemetadata.h"

#include <QString>
#include <QVersionNumber>

#include <optional>

namespace Banister {

/// Where a Mautic keeps its parts: the array $paths of app/config/paths.php, with what
/// app/config/paths_local.php overrides.
struct MauticPaths
{
    QString themes; ///< relative to the site, as the rest
    QString assets; ///< "media"
    QString plugins;
    QString translations;
    QString localConfig; ///< absolute; where it is no path of this machine, see MauticSite
};

/// A folder that holds a Mautic.
struct MauticSite
{
    QString root; ///< absolute and clean, as seen from here
    QVersionNumber version;
    QString versionText; ///< "2.16.5", "3.0.0-beta2"
    QString consolePath; ///< absolute: app/console of Mautic 2, bin/console later
    MauticPaths paths;
    std::optional<ReleaseMetadata> metadata; ///< of Mautic 3 and later
    bool isGitCheckout = false; ///< has a composer.json: not made from a release package

    int major() const { return version.majorVersion(); }
    /// app/, which Mautic calls %kernel.root_dir%.
    QString kernelFolder() const;
    /// Of paths relative to the site; absolute ones stay.
    QString absolute(const QString &path) const;
    /// %kernel.root_dir% replaced, relative ones taken from the site's folder, "." and ".." gone.
    /// An absolute path stays as it is: it may be one of the server's.
    QString expandPath(const QString &value) const;
};

/// What was found in a folder: a site, or perhaps a folder nearby that is one.
struct MauticRecognition
{
    std::optional<MauticSite> site;
    /// Where there is no site: the folder that was probably meant, as the person chose one within
    /// a Mautic (app/) or the one above it. Empty where nothing nearby is a Mautic.
    QString probableFolder;
};

/// Looks without changing or running anything. A folder without a Mautic is no error; a Mautic
/// whose version or paths cannot be read is one (MauticSiteError).
Result<MauticRecognition> recogniseMautic(const QString &folder);

} // namespace Banister
