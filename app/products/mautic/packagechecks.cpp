// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/hash.h"
#include "files/zip.h"
#include "net/download.h"
#include "net/httpclient.h"
#include "net/localfile.h"
#include "products/mautic/bundled.h"
#include "products/mautic/checks.h"
#include "products/mautic/package.h"
#include "products/mautic/updateconfiguration.h"
#include "steps/functioncheck.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticChecks", sentence);
}

bool isSha256(const QByteArray &sum)
{
    static const QRegularExpression form(u"^[0-9a-fA-F]{64}$"_s);
    return form.match(QString::fromLatin1(sum.trimmed())).hasMatch();
}

/// The sum that a person gave against that of the file.
Result<> checkSum(const QString &file, const QByteArray &wanted, Monitor &monitor)
{
    if (wanted.isEmpty())
        return Success;
    const auto found = sha256OfFile(QFileInfo(file).canonicalFilePath(), monitor);
    if (!found)
        return found.failure();
    if (!isSameSha256(wanted, *found))
        return hashError(file, wanted, *found);
    return Success;
}

QString noFile(const QString &path)
{
    return QFileInfo(path).isDir() ? text("%1 is a folder; a package is a zip file.").arg(path)
                                   : text("There is no file %1.").arg(path);
}

Finding packageFile(const MauticFacts &facts, const QString &file, Monitor &monitor)
{
    if (!QFileInfo(file).isFile())
        return blocked(noFile(file), text("Choose the package again."));
    if (const auto same = checkSum(file, facts.settings.packageSha256, monitor); !same)
        return notFoundOut(same.failure());
    const auto sound = inspectZip(file, ZipLimits{}, monitor);
    if (!sound)
        return notFoundOut(sound.failure());
    const auto package = readMauticPackage(file, monitor);
    if (!package)
        return notFoundOut(package.failure());
    if (const auto fits = checkForUpgrade(*package, facts.site.version); !fits)
        return notFoundOut(fits.failure());
    return passed(
        text("The package holds Mautic %1; every file in it was read.").arg(package->versionText));
}

Finding packageSource(const MauticFacts &facts, Monitor &monitor)
{
    const auto &source = facts.settings.package;
    if (source.isEmpty()) {
        return blocked(text("No package of Mautic 3 was chosen."),
                       text("Download mautic-3.x.zip from Mautic's releases and choose it, or give "
                            "its address."));
    }
    const auto &sum = facts.settings.packageSha256;
    if (!sum.isEmpty() && !isSha256(sum)) {
        return blocked(
            text("%1 is no SHA-256: that has 64 hexadecimal digits.").arg(QString::fromLatin1(sum)),
            text("Copy the sum of the package again, or give none."));
    }
    const bool isFileAddress = source.startsWith("file:"_L1, Qt::CaseInsensitive);
    if (!source.contains(u"://"_s) && !isFileAddress)
        return packageFile(facts, source, monitor);
    const QUrl address(source, QUrl::StrictMode);
    if (address.isLocalFile())
        return packageFile(facts, address.toLocalFile(), monitor);
    const bool isWeb = address.scheme() == "http"_L1 || address.scheme() == "https"_L1;
    if (!isWeb || address.host().isEmpty()) {
        return blocked(text("No package can be fetched from %1.").arg(source),
                       text("Give an address that begins with https:// or http://, or a file."));
    }
    return passed(text("The package comes from %1.").arg(address.host()));
}

Finding originalPackage(const MauticFacts &facts, Monitor &monitor)
{
    const auto &file = facts.settings.originalPackage;
    const auto action =
        text("Choose the release package of Mautic %1, or none.").arg(facts.site.versionText);
    if (!QFileInfo(file).isFile())
        return blocked(noFile(file), action);
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
