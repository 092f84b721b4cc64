// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "products/mautic/phprange.h"

#include <QString>
#include <QVersionNumber>

namespace Banister {

/// A zip file that is a full release of Mautic.
struct MauticPackage
{
    QString path;
    QVersionNumber version;
    QString versionText;
    PhpRange php; ///< open on both ends for Mautic 2, whose packages do not say it
    /// What Mautic's own update command asks for; see ReleaseMetadata.
    QString minimumMauticVersion;
    qint64 entries = 0;
    qint64 unpackedSizeInBytes = 0;
};

/// Looks into the directory of the zip file and at the file that names the version. The content of
/// the other entries is not read: that is inspectZip()'s. Errors are MauticPackageError and, for a
/// file that is no sound zip, FileError.
Result<MauticPackage> readMauticPackage(const QString &path, Monitor &monitor);

/// Whether a site of this version can go to the package by the upgrade from Mautic 2 to 3: from
/// 2.16.3 or later to any 3.x.
Result<> checkForUpgrade(const MauticPackage &package, const QVersionNumber &siteVersion);

} // namespace Banister
