// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/mauticproduct.h"

#include "products/mautic/bundled.h"
#include "products/mautic/foreignbackup.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/mauticsite.h"
#include "products/mautic/recognition.h"
#include "products/mautic/siteconfiguration.h"
#include "products/mautic/upgrade.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// Where the site's files may be. While they are moved, the configuration stands where they were
/// moved to.
QStringList placesOf(const SiteSettings &settings, const QString &token, const QStringList &alsoIn)
{
    MauticUpgrade places;
    places.settings = settings;
    places.names.token = token;
    QStringList candidates{settings.folder};
    if (const auto former = places.formerFiles(); !former.isEmpty())
        candidates.append(former);
    return candidates + alsoIn;
}

} // namespace

QString MauticProduct::id() const
{
    return u"mautic"_s;
}

QString MauticProduct::name() const
{
    return u"Mautic"_s;
}

Result<std::optional<Detection>> MauticProduct::detect(const QString &folder) const
{
    const auto recognition = recogniseMautic(folder);
    if (!recognition)
        return recognition.failure();
    if (!recognition->site) {
        if (recognition->probableFolder.isEmpty())
            return std::optional<Detection>();
        return Error{
            MauticSiteError::WrongFolder,
            QCoreApplication::translate("MauticProduct", "%1 is not the folder of a Mautic; %2 is.")
                .arg(folder, recognition->probableFolder),
            {},
            {}};
    }
    const auto configuration = MauticConfiguration::read(*recognition->site);
    if (!configuration)
        return configuration.failure();
    return std::optional(detectionOf(*recognition->site, *configuration));
}

Result<std::unique_ptr<ProductSite>> MauticProduct::open(const SiteSettings &settings) const
{
    return MauticProductSite::open(settings);
}

Result<DatabaseSettings> MauticProduct::database(const SiteSettings &settings,
                                                 const QString &token,
                                                 const QStringList &alsoIn) const
{
    std::optional<Failure> problem;
    const auto candidates = placesOf(settings, token, alsoIn);
    for (const auto &folder : candidates) {
        const auto configuration = configurationOf(folder);
        if (configuration)
            return settings.database.appliedTo(databaseOf(configuration->database()));
        problem = configuration.failure();
    }
    return *problem;
}

QStringList MauticProduct::secrets(const SiteSettings &settings,
                                   const QString &token,
                                   const QStringList &alsoIn) const
{
    QStringList secrets;
    if (settings.database.password)
        secrets.append(*settings.database.password);
    for (const auto &folder : placesOf(settings, token, alsoIn)) {
        if (const auto configuration = configurationOf(folder))
            secrets.append(configuration->secrets());
    }
    return secrets;
}

Result<Plan> MauticProduct::resumePlan(const SiteSettings &settings,
                                       const RunNames &names,
                                       const QJsonObject &planSettings) const
{
    auto known = database(settings, names.token, {});
    if (!known)
        return known.failure();
    auto upgrade =
        std::make_shared<MauticUpgrade>(MauticUpgrade::fromJson(planSettings, settings, names));
    upgrade->database = std::move(known).value();
    return mauticUpgradePlan(upgrade);
}

QStringList MauticProduct::ownEntries() const
{
    const QString package = Mautic::Names::Package;
    return {package,
            package + u".part"_s,
            package + u".part.json"_s,
            Mautic::Names::NewTree,
            Mautic::Names::OldTree,
            Mautic::Names::NewHtaccess};
}

QString MauticProduct::logFile() const
{
    return Mautic::Names::UpgradeLog;
}

QString MauticProduct::finalLogFile(const QString &token) const
{
    return finalUpgradeLog(token);
}

QList<ForeignLeft> MauticProduct::foreignLeft(const SiteSettings &settings) const
{
    return foreignBackups(settings);
}

Result<RestorePointRequest> MauticProduct::takeOverRequest(const SiteSettings &settings,
                                                           const ForeignLeft &left,
                                                           Monitor &monitor) const
{
    return Banister::takeOverRequest(settings, left, monitor);
}

} // namespace Banister
