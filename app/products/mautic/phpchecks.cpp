// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shellword.h"
#include "products/mautic/bundled.h"
#include "products/mautic/checks.h"
#include "products/mautic/console.h"
#include "products/mautic/folderprobe.h"
#include "products/mautic/package.h"
#include "products/mautic/phprange.h"
#include "steps/functioncheck.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticChecks", sentence);
}

Result<PhpFacts> phpOf(const MauticFacts &facts, Monitor &monitor)
{
    const auto console = MauticConsole::open(facts.settings, MauticConsole::Generation::Mautic2);
    if (!console)
        return console.failure();
    return console->facts(monitor);
}

Finding phpVersion(const MauticFacts &facts, Monitor &monitor)
{
    const auto php = phpOf(facts, monitor);
    if (!php)
        return notFoundOut(php.failure());
    PhpRange range(Mautic::OldestPhp, Mautic::NewestPhp);
    const bool isPackageHere = QFileInfo(facts.settings.package).isFile();
    if (isPackageHere) {
        if (const auto package = readMauticPackage(facts.settings.package, monitor))
            range = package->php;
    }
    if (range.admits(QVersionNumber::fromString(php->version)))
        return passed(text("PHP %1 runs the console.").arg(php->version));
    const auto action =
        text("Choose another PHP in the site's settings, for example /usr/bin/php7.3.");
    if (isPackageHere) {
        return blocked(text("PHP %1 runs the console; this Mautic 3 needs %2.")
                           .arg(php->version, range.toString()),
                       action);
    }
    // What the package asks for is known once it is here: fetchUpdates looks again.
    return warned(text("PHP %1 runs the console; Mautic 3 usually needs %2. The package is asked "
                       "when it has been fetched, before any file is moved.")
                      .arg(php->version, range.toString()),
                  action);
}

Finding phpMemory(const MauticFacts &facts, Monitor &monitor)
{
    const auto php = phpOf(facts, monitor);
    if (!php)
        return notFoundOut(php.failure());
    // upgrade_v3.php asks for 256M; the cache of 3.0.2 takes more than 160M.
    constexpr qint64 Needed = 256LL * 1024 * 1024;
    if (php->memoryLimit < 0)
        return passed(text("PHP's memory is not limited."));
    const auto limit = QLocale().formattedDataSize(php->memoryLimit);
    if (php->memoryLimit >= Needed)
        return passed(text("PHP may use %1 of memory.").arg(limit));
    return blocked(text("PHP may use %1 of memory; Mautic 3 needs 256 MiB.").arg(limit),
                   text("Raise memory_limit in %1, or give the PHP command as \"php -d "
                        "memory_limit=512M\".")
                       .arg(php->iniFile));
}

Finding phpTime(const MauticFacts &facts, Monitor &monitor)
{
    const auto php = phpOf(facts, monitor);
    if (!php)
        return notFoundOut(php.failure());
    constexpr int NeededSeconds = 240;
    if (php->sapi == "cli"_L1 || php->maxExecutionTime == 0)
        return passed(text("PHP's time is not limited."));
    if (php->maxExecutionTime >= NeededSeconds)
        return passed(text("PHP may run for %1 seconds.").arg(php->maxExecutionTime));
    return blocked(text("PHP may run for %1 seconds only.").arg(php->maxExecutionTime),
                   text("Use PHP's command line program, or raise max_execution_time to 240."));
}

Finding phpExtensions(const MauticFacts &facts, Monitor &monitor)
{
    const auto php = phpOf(facts, monitor);
    if (!php)
        return notFoundOut(php.failure());
    QStringList missing;
    for (const auto &extension : Mautic::phpExtensions()) {
        if (!php->extensions.contains(extension, Qt::CaseInsensitive))
            missing.append(extension);
    }
    if (missing.isEmpty())
        return passed(text("PHP has all the extensions that Mautic 3 needs."));
    auto finding = blocked(
        text("PHP lacks extensions that Mautic 3 needs: %1.").arg(missing.join(u", "_s)),
        text("Install them for PHP %1, for example with apt, then check again.").arg(php->version));
    finding.items = missing;
    return finding;
}

Finding migrationsReadable(const MauticFacts &facts, Monitor &monitor)
{
    // The console fills the cache with files that the site then cannot write to.
    if (const auto difference =
            ownerDifference(QFileInfo(facts.site.paths.localConfig), QDir(facts.settings.folder))) {
        return warned(text("The console was not asked which migrations are outstanding: what it "
                           "leaves in the cache would belong to %1, not to %2.")
                          .arg(difference->maker.name, difference->owner.name),
                      text("Check as %1: %2")
                          .arg(difference->owner.name,
                               difference->owner.sudo() + u" banister-cli check "_s
                                   + shellWord(facts.settings.folder)));
    }
    const auto console = MauticConsole::open(facts.settings, MauticConsole::Generation::Mautic2);
    if (!console)
        return notFoundOut(console.failure());
    const auto answer = console->run(ConsoleCommand::MigrationStatus, monitor);
    const auto status = answer ? parseStatus(answer->process.standardOutput) : std::nullopt;
    if (answer && !answer->verdict.isFailed() && status)
        return passed(QCoreApplication::translate("MauticChecks",
                                                  "%n migration(s) of Mautic 2 are outstanding.",
                                                  nullptr,
                                                  status->newMigrations));
    auto finding = warned(text("The console does not tell which migrations are outstanding."),
                          text("The upgrade will stop at that step. Look at the details first."));
    if (!answer)
        finding.details = answer.isError() ? factsOf(answer.error()) : QString();
    else if (answer->verdict.error)
        finding.details =
            factsOf(*answer->verdict.error) + u'\n' + answer->verdict.error->root().details;
    return finding;
}

} // namespace

void addPhpChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks)
{
    addCheck(checks, facts, u"phpVersion"_s, text("PHP version"), &phpVersion);
    addCheck(checks, facts, u"phpMemory"_s, text("PHP memory"), &phpMemory);
    addCheck(checks, facts, u"phpTime"_s, text("PHP time limit"), &phpTime);
    addCheck(checks, facts, u"phpExtensions"_s, text("PHP extensions"), &phpExtensions);
    addCheck(checks,
             facts,
             u"migrationsReadable"_s,
             text("Outstanding migrations"),
             &migrationsReadable);
}

} // namespace Banister
