// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/mauticerror.h"
#include "products/mautic/upgradesteps.h"
#include "restore/createpoint.h"
#include "steps/framedstep.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticUpgrade", sentence);
}

Result<Outcome> backUp(const MauticUpgrade &upgrade, StepContext &context)
{
    if (const auto noted = context.intend({{u"restorePoint"_s, upgrade.names.restorePoint}});
        !noted)
        return noted.failure();
    RestorePointRequest request;
    request.folder = upgrade.names.restorePoint;
    request.product = u"mautic"_s;
    request.version = upgrade.from;
    request.siteFolder = upgrade.site();
    request.tablePrefix = upgrade.tablePrefix;
    request.database = upgrade.database;
    request.preserved = upgrade.preserved;
    request.excluded = upgrade.ownEntries();
    const auto point = createRestorePoint(request, context);
    if (!point)
        return point.failure();
    context.log(u"Restore point written and read back: %1 files, %2 tables, %3 rows in %4"_s.arg(
        QString::number(point->fileCount),
        QString::number(point->tableCount),
        QString::number(point->rowCount),
        point->folder));
    const QLocale locale;
    return Outcome(Done{text("%1 tables, %2 rows; %3 files recorded")
                            .arg(locale.toString(point->tableCount),
                                 locale.toString(point->rowCount),
                                 locale.toString(point->fileCount))});
}

} // namespace

std::unique_ptr<Step> backupDatabaseStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"backupDatabase"_s;
    frame.title = text("Restore point");
    frame.intention =
        text("Dumps the database %1, records every file with its SHA-256, and reads all "
             "of it back. Kept in %2.")
            .arg(upgrade->database.name, upgrade->names.restorePoint);
    frame.weight = upgrade->fileBytes + upgrade->rowCount * 800;
    frame.failure = MauticError::ERR_DATABASE_BACKUP_FAILED;
    frame.failureFact = text("The restore point could not be made. Nothing was changed.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return backUp(*upgrade, context); });
}

} // namespace Banister
