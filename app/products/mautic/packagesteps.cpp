// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/remove.h"
#include "files/zip.h"
#include "net/download.h"
#include "products/mautic/console.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/package.h"
#include "products/mautic/upgradesteps.h"
#include "steps/framedstep.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticUpgrade", sentence);
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes);
}

Result<> checkPhp(const MauticUpgrade &upgrade, const MauticPackage &package, StepContext &context)
{
    const auto console = MauticConsole::open(upgrade.settings, MauticConsole::Generation::Mautic2);
    if (!console)
        return console.failure();
    const auto php = console->facts(context);
    if (!php)
        return php.failure();
    if (package.php.admits(QVersionNumber::fromString(php->version)))
        return Success;
    return Error{MauticPackageError::PhpNotSupported,
                 text("PHP %1 runs the console; Mautic %2 needs %3.")
                     .arg(php->version, package.versionText, package.php.toString()),
                 {},
                 {}};
}

Result<Outcome>
inspectPackage(const MauticUpgrade &upgrade, const QString &file, StepContext &context)
{
    const auto summary = inspectZip(file, ZipLimits{}, context);
    if (!summary)
        return summary.failure();
    const auto package = readMauticPackage(file, context);
    if (!package)
        return package.failure();
    const auto from = QVersionNumber::fromString(upgrade.from);
    if (const auto fits = checkForUpgrade(*package, from); !fits)
        return fits.failure();
    if (const auto runs = checkPhp(upgrade, *package, context); !runs)
        return runs.failure();
    context.log(u"Package checked: Mautic %1, %2 entries, %3 bytes unpacked"_s.arg(
        package->versionText, QString::number(summary->files), QString::number(summary->bytes)));
    return Outcome(
        Done{u"Mautic %1, %2"_s.arg(package->versionText, sizeText(QFileInfo(file).size()))});
}

/// Everything about the package is checked before the site is touched.
Result<Outcome> fetchUpdates(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto file = upgrade.packageFile();
    const bool isOurs = !QFileInfo::exists(file) || !context.intentions().isEmpty();
    if (isOurs) {
        if (const auto noted = context.intend({{u"fetch"_s, file}}); !noted)
            return noted.failure();
        DownloadRequest request;
        request.target = file;
        request.sha256 = upgrade.settings.packageSha256;
        const auto fetched = fetchPackage(upgrade.settings.package, request, context);
        if (!fetched)
            return fetched.failure();
    } else {
        context.log(u"There is a package already, it is used: "_s + file);
    }
    auto outcome = inspectPackage(upgrade, file, context);
    // A bad copy must not stand in the way of the next try; a person's own file is left alone.
    if (outcome.isError() && isOurs) {
        if (const auto removed = removeTree(file, context); !removed)
            return removed.failure();
    }
    return outcome;
}

Result<Outcome> extractUpdate(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto folder = upgrade.temporaryFiles();
    if (const auto noted = context.intend({{u"extract"_s, folder}}); !noted)
        return noted.failure();
    if (const auto removed = removeTree(folder, context); !removed)
        return removed.failure();
    const auto summary = extractZip(upgrade.packageFile(), folder, context);
    if (!summary)
        return summary.failure();
    return Outcome(Done{
        text("%1 files, %2").arg(QLocale().toString(summary->files), sizeText(summary->bytes))});
}

} // namespace

std::unique_ptr<Step> fetchUpdatesStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"fetchUpdates"_s;
    frame.title = text("Release package");
    const auto &package = upgrade->settings.package;
    frame.intention =
        package.isEmpty()
            ? text("Brings the package, which is still to be chosen, and reads every entry of it.")
            : text("Brings the package from %1 and reads every entry of it.").arg(package);
    frame.weight = 50'000'000;
    frame.failure = MauticError::ERR_DOWNLOAD_UPGRADE_PACKAGE_FAILED;
    frame.failureFact = text("The package of Mautic 3 could not be fetched or is not usable.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return fetchUpdates(*upgrade, context); });
}

std::unique_ptr<Step> extractUpdateStep(const MauticUpgradePtr &upgrade)
{
    StepFrame frame;
    frame.code = u"extractUpdate"_s;
    frame.title = text("Unpacking");
    frame.intention = text("Unpacks the package into %1.").arg(upgrade->temporaryFiles());
    frame.weight = 150'000'000;
    frame.failure = MauticError::ERR_EXTRACT_UPGRADE_PACKAGE_FAILED;
    frame.failureFact = text("The package of Mautic 3 could not be unpacked.");
    return std::make_unique<FramedStep>(
        frame, [upgrade](StepContext &context) { return extractUpdate(*upgrade, context); });
}

} // namespace Banister
