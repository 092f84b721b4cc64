// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/rollback.h"

#include "restore/proofstep.h"
#include "restore/rollbacksteps.h"
#include "restore/safetystep.h"

using namespace Qt::StringLiterals;

namespace Banister {

QString formerFilesIn(const QString &replacedFolder)
{
    return replacedFolder + u"/former"_s;
}

QString replacedFilesIn(const QString &replacedFolder)
{
    return replacedFolder + u"/replaced"_s;
}

Plan rollbackPlan(const RollbackRequest &request)
{
    Plan plan;
    plan.kind = u"rollback"_s;
    plan.title =
        QCoreApplication::translate("RollbackPlan", "Back to %1").arg(titleOf(request.point));
    plan.settings = {{u"restorePoint"_s, request.point.folder},
                     {u"replacedFolder"_s, request.replacedFolder}};
    // The database first: while it loads, the site still has the files that fit the data it loses.
    plan.steps.push_back(std::make_unique<VerifyStep>(request));
    plan.steps.push_back(std::make_unique<SafetyStep>(request));
    if (request.selection.database)
        plan.steps.push_back(std::make_unique<RollbackDatabaseStep>(request));
    if (request.selection.files)
        plan.steps.push_back(std::make_unique<RollbackFilesStep>(request));
    plan.steps.push_back(std::make_unique<RollbackProofStep>(request));
    return plan;
}

} // namespace Banister
