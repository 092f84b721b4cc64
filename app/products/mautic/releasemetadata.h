// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "products/mautic/phprange.h"

#include <QByteArray>
#include <QString>
#include <QVersionNumber>

namespace Banister {

/// app/release_metadata.json of Mautic 3 and later.
struct ReleaseMetadata
{
    QVersionNumber version; ///< the numbers of versionText
    QString versionText;    ///< "3.0.2", "3.0.0-beta2"
    QString stability;      ///< "stable", "beta"
    PhpRange php;
    /// The Mautic that its own update command wants; the upgrade from Mautic 2 is another way, and
    /// 3.0.2 says "3.0.0-alpha" here.
    QString minimumMauticVersion;
    QString announcementUrl;

    bool isStable() const { return stability.isEmpty() || stability == QLatin1String("stable"); }
};

/// The error is MauticSiteError::VersionUnreadable; `name` is the file, for its fact.
Result<ReleaseMetadata> parseReleaseMetadata(const QByteArray &json, const QString &name);

/// app/version.txt of Mautic 2: one line. Null where it holds no version.
QVersionNumber parseVersionFile(const QByteArray &text);

} // namespace Banister
