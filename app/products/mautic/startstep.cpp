// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/console.h"
#include "products/mautic/upgradesteps.h"
#include "steps/framedstep.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticUpgrade", sentence);
}

/// The header that Mautic's support looks for (upgrade_v3.php, 2.16.3).
Result<Outcome> writeHeader(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto console = MauticConsole::open(upgrade.settings, MauticConsole::Generation::Mautic2);
    if (!console)
        return console.failure();
    const auto facts = console->facts(context);
    if (!facts)
        return facts.failure();
    const auto now = QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd HH:mm:ss"_s);
    context.log(u"===== STARTING MAUTIC 3 UPGRADE AT %1... ====="_s.arg(now));
    context.log(u"Installed Mautic version:\t"_s + upgrade.from);
    context.log(u"PHP version:\t\t\t"_s + facts->version);
    context.log(u"OS:\t\t\t\t"_s + facts->os);
    context.log(u"Upgrade type:\t\t\tBanister " BANISTER_VERSION ""_s);
    return Outcome(Done{u"PHP "_s + facts->version});
}

} // namespace

std::unique_ptr<Step> startUpgradeStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"startUpgrade"_s;
    frame.title = text("Start");
    frame.intention =
        text("Opens the log %1 and notes the versions.").arg(upgrade->path(u"upgrade_log.txt"_s));
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return writeHeader(*upgrade, context); });
}

} // namespace Banister
