// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/mauticsite.h"

#include "database/connection.h"
#include "database/schema.h"
#include "products/mautic/backupplace.h"
#include "products/mautic/bundled.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/sitesize.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("MauticSite", sentence);
}

QString hopProblem(const MauticSite &site)
{
    if (site.major() >= 3)
        return text("This is Mautic %1: it has the upgrade to Mautic 3 behind it.")
            .arg(site.versionText);
    if (site.version < Mautic::oldestForUpgrade())
        return text("Mautic %1 is too old: update it to %2 with its own updater first.")
            .arg(site.versionText, Mautic::oldestForUpgrade().toString());
    return {};
}

/// A folder within the site, relative to it; empty for one outside.
QString relativeTo(const MauticSite &site, const QString &folder)
{
    const auto relative = QDir(site.root).relativeFilePath(folder);
    const bool isInside = !relative.startsWith(u"../"_s) && relative != ".."_L1
                          && relative != "."_L1 && !QDir::isAbsolutePath(relative);
    return isInside ? relative : QString();
}

/// The folders that the site's console writes to.
QStringList writtenFolders(const MauticFacts &facts)
{
    QStringList folders;
    for (const auto &folder : {facts.configuration.cachePath(), facts.configuration.logPath()}) {
        const auto relative = relativeTo(facts.site, folder);
        if (!relative.isEmpty() && !folders.contains(relative))
            folders.append(relative);
    }
    return folders;
}

} // namespace

DatabaseSettings databaseOf(const MauticDatabase &database)
{
    DatabaseSettings settings;
    settings.host = database.host;
    settings.port = quint16(database.port);
    settings.name = database.name;
    settings.user = database.user;
    settings.password = database.password;
    return settings;
}

Detection detectionOf(const MauticSite &site, const MauticConfiguration &configuration)
{
    Detection detection;
    detection.product = u"mautic"_s;
    detection.productName = u"Mautic"_s;
    detection.version = site.versionText;
    detection.hopProblem = hopProblem(site);
    if (detection.hopProblem.isEmpty())
        detection.hopTarget = u"3"_s;
    detection.siteUrl = QUrl(configuration.siteUrl());
    const auto database = configuration.database();
    detection.database = databaseOf(database);
    detection.tablePrefix = database.tablePrefix;
    detection.configurationFile = QDir(site.root).relativeFilePath(site.paths.localConfig);
    return detection;
}

MauticProductSite::MauticProductSite(std::shared_ptr<const MauticFacts> facts, Detection detection)
    : m_facts(std::move(facts))
    , m_detection(std::move(detection))
{}

Result<std::unique_ptr<ProductSite>> MauticProductSite::open(const SiteSettings &settings)
{
    const auto recognition = recogniseMautic(settings.folder);
    if (!recognition)
        return recognition.failure();
    if (!recognition->site) {
        return Error{MauticSiteError::FileUnreadable,
                     text("There is no Mautic in %1.").arg(settings.folder),
                     {},
                     {}};
    }
    auto configuration = MauticConfiguration::read(*recognition->site);
    if (!configuration)
        return configuration.failure();
    const auto database = configuration->database();
    auto facts = std::make_shared<const MauticFacts>(
        MauticFacts{settings,
                    *recognition->site,
                    *configuration,
                    settings.database.appliedTo(databaseOf(database)),
                    database.tablePrefix});
    return std::unique_ptr<ProductSite>(
        new MauticProductSite(facts, detectionOf(facts->site, facts->configuration)));
}

SiteLayout MauticProductSite::layout() const
{
    MauticUpgrade upgrade;
    upgrade.settings = m_facts->settings;
    upgrade.names.privateFolder = m_facts->settings.folder + u"/.banister"_s;
    return {writtenFolders(*m_facts), upgrade.ownEntries()};
}

Checks MauticProductSite::checks() const
{
    return mauticChecks(m_facts);
}

Result<PlanPreview> MauticProductSite::preview(Monitor &monitor) const
{
    return mauticPreview(*m_facts, monitor);
}

Result<Plan> MauticProductSite::upgradePlan(const RunNames &names) const
{
    if (!m_detection.hopProblem.isEmpty())
        return Error{MauticPackageError::WrongVersion, m_detection.hopProblem, {}, {}};
    if (const auto &folder = m_facts->settings.backupFolder; !folder.isEmpty()) {
        if (const auto suitable = checkBackupPlace(m_facts->settings.folder, folder); !suitable)
            return suitable.failure();
    }
    auto upgrade = std::make_shared<MauticUpgrade>();
    upgrade->settings = m_facts->settings;
    upgrade->names = names;
    upgrade->from = m_facts->site.versionText;
    upgrade->tablePrefix = m_facts->tablePrefix;
    upgrade->database = m_facts->database;
    upgrade->configuration = m_detection.configurationFile;
    upgrade->spool = relativeTo(m_facts->site, m_facts->configuration.mailSpoolPath());
    upgrade->preserved = writtenFolders(*m_facts);
    SilentMonitor monitor;
    const auto size = measureSite(*m_facts, monitor);
    if (size) {
        upgrade->fileBytes = size->fileBytes;
        upgrade->rowCount = size->rows;
    }
    return mauticUpgradePlan(upgrade);
}

} // namespace Banister
