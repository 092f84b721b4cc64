// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/sitestatus.h"

#include "engine/session.h"
#include "journal/runlock.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

SiteStatus::Kind kindOf(const SiteStatus &status)
{
    // Between two goes a run keeps the site, so that nobody comes in between.
    const bool isOurs = status.holder && status.holder->isThisProcess() && status.lastRun
                        && (status.lastRun->phase == RunPhase::Failed
                            || status.lastRun->phase == RunPhase::Stopped);
    if (status.holder && !isOurs)
        return SiteStatus::Kind::Running;
    if (!status.lastRun || status.lastRun->phase == RunPhase::Abandoned)
        return SiteStatus::Kind::NoRun;
    if (status.lastRun->phase != RunPhase::Finished)
        return SiteStatus::Kind::Stopped;
    return status.lastRun->kind == "rollback"_L1 ? SiteStatus::Kind::RolledBack
                                                 : SiteStatus::Kind::Upgraded;
}

} // namespace

bool SiteStatus::canRollBack() const
{
    return kind != Kind::Running && kind != Kind::RolledBack && !restorePoints.isEmpty();
}

SiteStatus readSiteStatus(const QString &privateFolder, const QString &backupFolder)
{
    SiteStatus status;
    status.holder = RunLock::holder(privateFolder);
    if (const auto id = Session::latest(privateFolder); !id.isEmpty()) {
        if (auto run = Session::look(privateFolder, id))
            status.lastRun = std::move(run).value();
    }
    status.restorePoints = restorePointsIn(privateFolder + u"/restore-points"_s);
    if (!backupFolder.isEmpty()) {
        const auto site = privateFolder.section(u'/', 0, -2);
        const auto kept = restorePointsIn(backupFolder);
        std::copy_if(kept.begin(),
                     kept.end(),
                     std::back_inserter(status.restorePoints),
                     [&site](const auto &point) { return point.siteFolder == site; });
        std::sort(status.restorePoints.begin(),
                  status.restorePoints.end(),
                  [](const auto &left, const auto &right) { return left.created > right.created; });
    }
    status.kind = kindOf(status);
    return status;
}

} // namespace Banister
