// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>
#include <QVersionNumber>

namespace Banister {

/// What Mautic's server says of the upgrade to Mautic 3 (m2-to-m3.json).
struct UpdateConfiguration
{
    QVersionNumber version;      ///< of the package
    QUrl downloadUrl;            ///< empty: no package is offered at this time
    QUrl statusPageUrl;          ///< where people read why
    bool isKillSwitchOn = false; ///< Mautic's people ask to wait with upgrades
    QString announcement;

    bool offersPackage() const { return !downloadUrl.isEmpty(); }
};

/// The error is MauticUpdateError::ConfigurationUnreadable; its fact names what is wrong, for
/// instance the key whose value has the wrong type. A key that is not there is not wrong, one that
/// is not known neither. Addresses are http or https.
Result<UpdateConfiguration> parseUpdateConfiguration(const QByteArray &json);

} // namespace Banister
