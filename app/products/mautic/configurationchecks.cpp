// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/checks.h"
#include "steps/functioncheck.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticChecks", sentence);
}

Finding rateLimiter(const MauticFacts &facts, Monitor & /*monitor*/)
{
    if (!facts.configuration.hasOwnRateLimiterCache())
        return passed(text("The rate limiter keeps its data in files."));
    return warned(
        text("The API's rate limiter has a cache of its own; Mautic 3 gets the one in files."),
        text("Configure it again after the upgrade if you need another one."));
}

Finding blockFlag(const MauticFacts &facts, Monitor & /*monitor*/)
{
    if (!facts.configuration.isUpgradeBlocked())
        return passed(text("The configuration does not forbid the upgrade."));
    return warned(text("block_mautic_3_upgrade is set in the configuration."),
                  text("Ask whoever set it before you go on."));
}

Finding cron(const MauticFacts & /*facts*/, Monitor & /*monitor*/)
{
    return warned(text("Cron jobs that call app/console stop working after the upgrade."),
                  text("Stop them now. Afterwards let them call bin/console."));
}

} // namespace

void addConfigurationChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks)
{
    addCheck(checks, facts, u"rateLimiter"_s, text("API rate limiter"), &rateLimiter);
    addCheck(checks, facts, u"blockFlag"_s, text("Upgrade lock"), &blockFlag);
    addCheck(checks, facts, u"cron"_s, text("Cron jobs"), &cron);
}

} // namespace Banister
