// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "practice/practicesite.h"

namespace Banister {

struct MauticSiteOptions
{
    int files = 1'000;   ///< about as many in the site; 20,000 make some 170 MB. At least some 320
    qint64 rows = 5'000; ///< about as many in the database
    QString tablePrefix = {}; ///< where there is one, another application's tables stand beside
    QString phpCommand = QStringLiteral("php"); ///< for the result; nothing is run
    bool waitingMail = true;
    bool incompatiblePlugin = false; ///< adds a plugin that Mautic 3 cannot load
};

/// Builds a Mautic 2.16.5 to practise on: site/, database/ (a server that goes on running),
/// mautic-3.0.2.zip to upgrade to, mautic-2.16.5.zip as it was downloaded, outside/ for links, and
/// practice.json. The folder must be new or empty. What a failure leaves is removed.
Result<PracticeSite>
buildMauticSite(const QString &folder, const MauticSiteOptions &options, Monitor &monitor);

} // namespace Banister
