// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/siteconfiguration.h"

#include "products/mautic/mauticerror.h"
#include "products/mautic/recognition.h"

#include <QCoreApplication>

namespace Banister {

Result<MauticConfiguration> configurationOf(const QString &siteFolder)
{
    const auto recognition = recogniseMautic(siteFolder);
    if (!recognition)
        return recognition.failure();
    if (!recognition->site) {
        return Error{
            MauticSiteError::FileUnreadable,
            QCoreApplication::translate("MauticSite", "There is no Mautic in %1.").arg(siteFolder),
            {},
            {}};
    }
    return MauticConfiguration::read(*recognition->site);
}

} // namespace Banister
