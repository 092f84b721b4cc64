// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/move.h"
#include "files/space.h"
#include "products/mautic/backupplace.h"
#include "products/mautic/bundled.h"
#include "products/mautic/checks.h"
#include "products/mautic/folderprobe.h"
#include "products/mautic/sitesize.h"
#include "steps/functioncheck.h"
#include "steps/topentries.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticChecks", sentence);
}

Finding version(const MauticFacts &facts, Monitor & /*monitor*/)
{
    const auto detection = detectionOf(facts.site, facts.configuration);
    if (detection.hopProblem.isEmpty())
        return passed(text("Mautic %1 can go to Mautic 3.").arg(facts.site.versionText));
    return blocked(detection.hopProblem,
                   facts.site.major() >= 3 ? text("There is nothing to do.")
                                           : text("Use Mautic's updater, then come back."));
}

Finding rootWritable(const MauticFacts &facts, Monitor & /*monitor*/)
{
    const QDir root(facts.settings.folder);
    const QStorageInfo storage(root);
    if (storage.isReadOnly()) {
        return blocked(text("%1 is on a file system that is mounted read-only: %2.")
                           .arg(root.path(), storage.rootPath()),
                       text("Mount it for writing, then check again."));
    }
    if (!ownerOfNewFolder(root)) {
        return blocked(text("No folder can be made in %1.").arg(root.path()),
                       text("Run Banister as the user who owns the site's files."));
    }
    const auto names = topEntries(root.path());
    if (!names)
        return notFoundOut(names.failure());
    Finding finding = passed(text("Every entry of the site's folder can be moved."));
    for (const auto &name : *names) {
        const auto path = root.filePath(QFile::decodeName(name));
        const auto movable = checkMovable(path, root.path());
        if (movable.isError()) {
            finding.severity = Severity::Error;
            finding.items.append(movable.error().fact);
        }
    }
    if (finding.severity == Severity::Error) {
        finding.fact = text("Some entries of the site's folder cannot be moved.");
        finding.action = text("Unmount what is mounted there, or change owner and attributes.");
    }
    return finding;
}

// The web server's PHP wrote local.php when Mautic was installed: it has to write in the new files too.
// What a mount makes of owners shows in a folder made there, not in the user who runs Banister.
Finding siteOwner(const MauticFacts &facts, Monitor & /*monitor*/)
{
    const QFileInfo local(facts.site.paths.localConfig);
    const auto difference = ownerDifference(local, QDir(facts.settings.folder));
    if (!difference)
        return passed(text("New files will belong to the same user as %1.").arg(local.fileName()));
    return warned(
        text("%1 belongs to %2, but new files will belong to %3: the web server may not be "
             "able to write to them.")
            .arg(local.fileName(), difference->owner.name, difference->maker.name),
        text("Run Banister as %1: %2 banister-cli, for example.")
            .arg(difference->owner.name, difference->owner.sudo()));
}

Finding backupFolder(const MauticFacts &facts, Monitor & /*monitor*/)
{
    const auto &folder = facts.settings.backupFolder;
    if (folder.isEmpty())
        return passed(text("Restore points are kept with the site."));
    const auto suitable = checkBackupPlace(facts.settings.folder, folder);
    if (suitable)
        return passed(text("Restore points are kept in %1.").arg(folder));
    auto finding = blocked(suitable.error().fact,
                           text("Choose a folder outside of the site for restore points."));
    finding.error = suitable.error();
    return finding;
}

Finding diskSpace(const MauticFacts &facts, Monitor &monitor)
{
    const auto size = measureSite(facts, monitor);
    if (!size)
        return notFoundOut(size.failure());
    const auto site = spaceOf(facts.settings.folder);
    if (!site)
        return notFoundOut(site.failure());
    auto needed = size->workBytes();
    const auto &backupFolder = facts.settings.backupFolder;
    const auto backup = spaceOf(backupFolder.isEmpty() ? facts.settings.folder : backupFolder);
    if (!backup)
        return notFoundOut(backup.failure());
    const QLocale locale;
    if (backup->fileSystem == site->fileSystem)
        needed += size->restorePointBytes();
    else if (backup->freeBytes < size->restorePointBytes())
        return blocked(text("The restore point needs up to %1; %2 has %3 free.")
                           .arg(locale.formattedDataSize(size->restorePointBytes()),
                                backup->path,
                                locale.formattedDataSize(backup->freeBytes)),
                       text("Free space there, or choose another folder for restore points."));
    const auto fact =
        text("The upgrade needs up to %1; %2 are free.")
            .arg(locale.formattedDataSize(needed), locale.formattedDataSize(site->freeBytes));
    const auto action = text("Free space, or keep the restore point on another disk.");
    if (site->freeBytes < needed)
        return blocked(fact, action);
    if (site->freeBytes < needed + needed / 4)
        return warned(fact, action);
    return passed(fact);
}

Finding customPlugins(const MauticFacts &facts, Monitor & /*monitor*/)
{
    const QDir plugins(facts.site.absolute(facts.site.paths.plugins));
    QStringList custom;
    const auto names = plugins.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const auto &name : names) {
        if (!Mautic::bundledPlugins().contains(name))
            custom.append(name);
    }
    if (custom.isEmpty())
        return passed(text("Only bundled plugins are installed."));
    return warned(
        QCoreApplication::translate(
            "MauticChecks", "%n plugin(s) were installed by hand.", nullptr, int(custom.size())),
        text("Each is brought over and tested; one that Mautic 3 does not load is set "
             "aside. Ask their makers for versions for Mautic 3."),
        custom);
}

Finding gitCheckout(const MauticFacts &facts, Monitor & /*monitor*/)
{
    if (!facts.site.isGitCheckout)
        return passed(text("The site was installed from a release."));
    return warned(
        text("The site has a composer.json: it may be a checkout with git."),
        text("After the upgrade it is a plain release; composer and git no longer fit it."));
}

Finding mailSpool(const MauticFacts &facts, Monitor & /*monitor*/)
{
    const QDir spool(facts.configuration.waitingMailFolder());
    const auto count = spool.entryList(QDir::Files).size();
    if (count == 0)
        return passed(text("No mail waits to be sent."));
    return warned(
        QCoreApplication::translate(
            "MauticChecks", "%n mail(s) wait to be sent.", nullptr, int(count)),
        text("Send them with mautic:email:process first. Otherwise they are brought over."));
}

} // namespace

void addVersionCheck(const std::shared_ptr<const MauticFacts> &facts, Checks &checks)
{
    addCheck(checks, facts, u"version"_s, text("Mautic version"), &version);
}

void addFileChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks)
{
    addCheck(checks, facts, u"rootWritable"_s, text("Site's folder"), &rootWritable);
    addCheck(checks, facts, u"siteOwner"_s, text("Owner of the files"), &siteOwner);
    addCheck(checks, facts, u"backupFolder"_s, text("Folder for restore points"), &backupFolder);
    addCheck(checks, facts, u"diskSpace"_s, text("Disk space"), &diskSpace);
    addCheck(checks, facts, u"customPlugins"_s, text("Plugins"), &customPlugins);
    addCheck(checks, facts, u"gitCheckout"_s, text("Kind of installation"), &gitCheckout);
    addCheck(checks, facts, u"mailSpool"_s, text("Waiting mails"), &mailSpool);
}

} // namespace Banister
