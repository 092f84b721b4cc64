// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/zip.h"
#include "net/httpclient.h"
#include "products/mautic/bundled.h"
#include "products/mautic/checks.h"
#include "products/mautic/package.h"
#include "products/mautic/updateconfiguration.h"
#include "steps/functioncheck.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticChecks", sentence);
}

Finding packageSource(const MauticFacts &facts, Monitor &monitor)
{
    const auto &source = facts.settings.package;
    if (source.isEmpty()) {
        return blocked(text("No package of Mautic 3 was chosen."),
                       text("Download mautic-3.x.zip from Mautic's releases and choose it, or give "
                            "its address."));
    }
    if (source.contains(u"://"_s) && !source.startsWith("file:"_L1))
        return passed(text("The package comes from %1.").arg(QUrl(source).host()));
    if (!QFileInfo(source).isFile())
        return blocked(text("There is no file %1.").arg(source), text("Choose the package again."));
    const auto sound = inspectZip(source, ZipLimits{}, monitor);
    if (!sound)
        return notFoundOut(sound.failure());
    const auto package = readMauticPackage(source, monitor);
    if (!package)
        return notFoundOut(package.failure());
    if (const auto fits = checkForUpgrade(*package, facts.site.version); !fits)
        return notFoundOut(fits.failure());
    return passed(
        text("The package holds Mautic %1; every file in it was read.").arg(package->versionText));
}

Finding originalPackage(const MauticFacts &facts, Monitor &monitor)
{
    const auto &file = facts.settings.originalPackage;
    const auto action =
        text("Choose the release package of Mautic %1, or none.").arg(facts.site.versionText);
    if (!QFileInfo(file).isFile())
        return blocked(text("There is no file %1.").arg(file), action);
    if (const auto sound = inspectZip(file, ZipLimits{}, monitor); !sound)
        return notFoundOut(sound.failure());
    const auto package = readMauticPackage(file, monitor);
    if (!package)
        return notFoundOut(package.failure());
    if (package->versionText != facts.site.versionText) {
        return blocked(text("%1 holds Mautic %2, but the site has Mautic %3.")
                           .arg(file, package->versionText, facts.site.versionText),
                       action);
    }
    return passed(text("The package of the running version holds Mautic %1, as the site does.")
                      .arg(package->versionText));
}

Finding killSwitch(const MauticFacts &facts, Monitor &monitor)
{
    // Who brings a package from this computer needs nobody's leave, and perhaps has no network.
    if (QFileInfo(facts.settings.package).isFile())
        return passed(text("Not asked: the package is a file on this computer."));
    const auto answer = fetchBytes(QUrl(QString(Mautic::UpdateConfigurationUrl)), monitor);
    const auto configuration =
        answer ? parseUpdateConfiguration(*answer) : Result<UpdateConfiguration>(answer.failure());
    if (!configuration)
        return passed(text("Mautic's update service could not be asked; that does no harm."));
    if (!configuration->isKillSwitchOn)
        return passed(text("Mautic's update service has no objection."));
    return warned(text("Mautic's makers ask to wait with upgrades at this time."),
                  text("Read why: %1").arg(configuration->statusPageUrl.toString()));
}

} // namespace

void addPackageChecks(const std::shared_ptr<const MauticFacts> &facts, Checks &checks)
{
    addCheck(checks, facts, u"packageSource"_s, text("Package"), &packageSource);
    if (!facts->settings.originalPackage.isEmpty()) {
        addCheck(checks,
                 facts,
                 u"originalPackage"_s,
                 text("Package of the running version"),
                 &originalPackage);
    }
    addCheck(checks, facts, u"killSwitch"_s, text("Mautic's update service"), &killSwitch);
}

} // namespace Banister
