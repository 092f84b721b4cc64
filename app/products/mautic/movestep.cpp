// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/copytree.h"
#include "files/privatefolder.h"
#include "products/mautic/bundled.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/upgradesteps.h"
#include "restore/moverecord.h"
#include "steps/entryswap.h"
#include "steps/framedstep.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticUpgrade", sentence);
}

/// app/config/*local*.php of the former files, with owner and mode. What a former try has brought
/// back stays: the next step may have changed it for Mautic 3 already.
Result<> bringConfigurationBack(const MauticUpgrade &upgrade, StepContext &context)
{
    CopyOptions options;
    options.existing = Existing::Keep;
    options.withRoot = false;
    options.isWanted = [](const TreeEntry &entry) {
        const auto name = entry.path.mid(entry.path.lastIndexOf('/') + 1);
        return entry.path == "app" || entry.path == "app/config"
               || (entry.path.startsWith("app/config/") && name.contains("local")
                   && name.endsWith(".php"));
    };
    const auto copied = copyTree(upgrade.formerFiles(), upgrade.site(), options, context);
    if (!copied)
        return copied.failure();
    return Success;
}

Result<Outcome> moveFiles(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto holding = upgrade.backupFolder() + u"/site"_s;
    if (const auto made = makePrivateFolder(upgrade.backupFolder()); !made)
        return made.failure();
    SwapRequest request;
    request.site = upgrade.site();
    request.newTree = upgrade.temporaryFiles();
    request.holding = holding;
    request.strays = upgrade.strays();
    for (const auto &name : upgrade.ownEntries())
        request.staying.append(QFile::encodeName(name));
    request.announce = [&upgrade](const SwapPlan &plan) {
        MoveRecord record;
        record.out = plan.out;
        // The package came with this run: the way back does not bring it back.
        const QByteArray package{Mautic::Names::Package.data()};
        record.out.removeAll(package);
        record.in = plan.in + QList<QByteArray>{package, Mautic::Names::NewHtaccess.data()};
        const auto root = QDir(upgrade.site());
        for (const auto &folder : {upgrade.finalBackupFolder(), upgrade.backupFolder()})
            record.holding.append(root.relativeFilePath(folder + u"/site"_s));
        return recordMove(upgrade.names.restorePoint, record);
    };
    const auto plan = swapEntries(request, context);
    if (!plan)
        return plan.failure();
    if (const auto back = bringConfigurationBack(upgrade, context); !back)
        return back.failure();
    context.log(u"Moved %1 entries of Mautic 2 to %2, %3 of Mautic 3 into place."_s.arg(
        QString::number(plan->out.size()), holding, QString::number(plan->in.size())));
    return Outcome(
        Done{text("%1 out, %2 in")
                 .arg(QString::number(plan->out.size()), QString::number(plan->in.size()))});
}

} // namespace

std::unique_ptr<Step> moveFilesStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"moveMautic2and3Files"_s;
    frame.title = text("Exchange of the files");
    frame.intention =
        text("Moves every entry of Mautic 2 to %1, the new ones into place, and brings "
             "the local configuration back. By renaming: nothing is deleted.")
            .arg(upgrade->backupFolder());
    frame.failure = MauticError::ERR_MOVE_MAUTIC_2_AND_3_FILES;
    frame.failureFact = text("The files could not be exchanged.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return moveFiles(*upgrade, context); });
}

} // namespace Banister
