// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

namespace Banister {

/// Where restore points of a site are kept where nobody says more: beside the site's folder, out of
/// what its web server shows: "/srv/mautic-restore-points" of "/srv/mautic".
QString placeBeside(const QString &siteFolder);
/// The same of all sites around: one that was renamed has left its restore points under its former name.
QStringList placesBeside(const QString &siteFolder);

/// Whether a new one can be kept there. Not where the folder around the site is of another file system
/// (the site is mounted), is not ours to write to, is anybody's to write to, or looks like a web root
/// itself. Where there is something of that name already, it has to be a folder of the same owner.
/// \param siteUrl with a path, or none: the folder around may be the web server's
bool mayStandBeside(const QString &siteFolder, const QUrl &siteUrl);

/// Makes the folder around a new restore point, out of reach for web servers where it is ours alone.
Result<> makePlaceOf(const QString &pointFolder, const QString &siteFolder);
/// Removes the folder beside a site when no restore point is left in it.
void tidyPlaceBeside(const QString &siteFolder);

} // namespace Banister
