// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shellword.h"
#include "files/durable.h"
#include "files/move.h"
#include "files/remove.h"
#include "products/mautic/bundled.h"
#include "products/mautic/console.h"
#include "products/mautic/folderprobe.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/upgradesteps.h"
#include "products/mautic/webexposure.h"
#include "restore/objectssince.h"
#include "steps/framedstep.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticUpgrade", sentence);
}

/// Moves the backup out of its well-known name and removes what was needed on the way only.
Result<Outcome> cleanUp(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto marker = upgrade.path(Mautic::Names::BackupsRemain);
    if (const auto noted = context.intend({{u"backupTo"_s, upgrade.finalBackupFolder()}}); !noted)
        return noted.failure();
    if (!QDir().mkpath(upgrade.path(u"var"_s))) {
        return Error{MauticError::ERR_CLEANUP_FILES,
                     text("The folder %1 cannot be made.").arg(upgrade.path(u"var"_s)),
                     {},
                     {}};
    }
    if (QFileInfo::exists(upgrade.backupFolder())) {
        if (const auto moved = moveEntry(upgrade.backupFolder(), upgrade.finalBackupFolder());
            !moved)
            return moved.failure();
    }
    // Without the folder's name: that is a secret from the web server's visitors.
    const auto note = u"The files of Mautic %1 are kept in this folder.\n"_s.arg(upgrade.from);
    WriteOptions options;
    options.mode = 0600;
    if (const auto written = writeDurably(marker, note.toUtf8(), options); !written)
        return written.failure();
    for (const auto &path :
         {upgrade.path(u"critical_migrations.txt"_s), upgrade.temporaryFiles()}) {
        if (const auto removed = removeTree(path, context); !removed)
            return removed.failure();
    }
    context.log(u"Backup moved to "_s + upgrade.finalBackupFolder());
    return Outcome(Done{text("The backup is in %1").arg(upgrade.finalBackupFolder())});
}

Result<Outcome> buildCache(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto console = MauticConsole::open(upgrade.settings, MauticConsole::Generation::Mautic3);
    if (!console)
        return console.failure();
    if (const auto noted = context.intend({{u"cache"_s, u"clear"_s}}); !noted)
        return noted.failure();
    const auto answer = console->run(ConsoleCommand::CacheClear, context);
    if (!answer)
        return answer.failure();
    if (answer->verdict.isFailed())
        return *answer->verdict.error;
    return Outcome(Done{});
}

Result<Outcome> finish(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto point = readRestorePoint(upgrade.names.restorePoint);
    if (!point)
        return point.failure();
    if (const auto noted = recordObjects(*point, upgrade.database); !noted)
        return noted.failure();
    QStringList left{
        text("Cron jobs: replace app/console by bin/console in every line."),
        text("Open the site, log in, and look at a contact, an e-mail and a campaign."),
        text("Keep the backup %1 and the restore point %2 until you are sure; then remove both.")
            .arg(upgrade.finalBackupFolder(), upgrade.names.restorePoint)};
    // local.php has kept its owner; what the run made belongs to who ran it.
    const QFileInfo local(upgrade.path(upgrade.configuration));
    if (const auto difference = ownerDifference(local, QDir(upgrade.site()))) {
        const auto owner =
            shellWord(difference->owner.name) + u':' + QString::number(local.groupId());
        left.prepend(text("New files belong to %1. Give them to %2: chown -R %3 %4")
                         .arg(difference->maker.name,
                              difference->owner.name,
                              owner,
                              shellWord(upgrade.site())));
    }
    for (const auto &line : left)
        context.log(line);
    QStringList summary = left;
    const auto readable = readableThroughTheWeb(upgrade, context);
    for (const auto &url : readable) {
        const auto warning =
            text("%1 is readable through the web server: forbid it there.").arg(url);
        context.log(u"WARNING: "_s + warning);
        summary.prepend(warning);
    }
    context.log(u"===== MAUTIC 3 UPGRADE FINISHED ====="_s);
    if (const auto log = upgrade.path(Mautic::Names::UpgradeLog); QFileInfo::exists(log)) {
        // By renaming: whoever writes to it goes on in the same file.
        const auto target = upgrade.path(finalUpgradeLog(upgrade.names.token));
        if (const auto moved = moveEntry(log, target); !moved)
            return moved.failure();
    }
    return Outcome(Done{summary.join(u'\n')});
}

} // namespace

std::unique_ptr<Step> cleanupFilesStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"cleanupFiles"_s;
    frame.title = text("Tidying up");
    frame.intention = text("Moves the backup to %1 and removes the temporary files.")
                          .arg(upgrade->finalBackupFolder());
    frame.failure = MauticError::ERR_CLEANUP_FILES;
    frame.failureFact = text("The temporary files could not be tidied up. The site works.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return cleanUp(*upgrade, context); });
}

std::unique_ptr<Step> buildCacheStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"buildCache"_s;
    frame.title = text("Cache");
    frame.intention = text("Builds the cache of Mautic 3 with its console.");
    frame.weight = 60'000'000;
    frame.failure = MauticError::ERR_BUILD_M3_CACHE;
    frame.failureFact = text("The cache of Mautic 3 could not be built.");
    frame.skipConsequence =
        text("Mautic then builds its cache at the first visit. Where that fails "
             "for the same cause, its pages stay empty until it is removed.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return buildCache(*upgrade, context); });
}

std::unique_ptr<Step> finishedStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"finished"_s;
    frame.title = text("What is left for you");
    frame.intention = text("Tells what is left to do and whether anything that Banister leaves is "
                           "readable through the web server.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return finish(*upgrade, context); });
}

} // namespace Banister
