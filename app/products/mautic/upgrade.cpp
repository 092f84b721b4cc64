// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/upgrade.h"

#include "products/mautic/backupplace.h"
#include "products/mautic/bundled.h"
#include "products/mautic/upgradesteps.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Banister {

QString MauticUpgrade::packageFile() const
{
    return path(Mautic::Names::Package);
}

QString MauticUpgrade::temporaryFiles() const
{
    return path(Mautic::Names::NewTree);
}

QString MauticUpgrade::backupFolder() const
{
    return path(Mautic::Names::OldTree);
}

QString MauticUpgrade::finalBackupFolder() const
{
    return path(u"var/%1-%2"_s.arg(Mautic::Names::OldTree, names.token));
}

QString MauticUpgrade::formerFiles() const
{
    for (const auto &folder : {finalBackupFolder(), backupFolder()}) {
        if (const auto site = folder + u"/site"_s; QFileInfo::exists(site))
            return site;
    }
    return {};
}

QString MauticUpgrade::strays() const
{
    return names.privateFolder + u"/strays-"_s + names.token;
}

QStringList MauticUpgrade::ownEntries() const
{
    QStringList entries{QFileInfo(names.privateFolder).fileName(),
                        Mautic::Names::NewTree,
                        Mautic::Names::Package + u".part"_s,
                        Mautic::Names::Package + u".part.json"_s,
                        Mautic::Names::OldTree,
                        Mautic::Names::UpgradeLog};
    // A backup folder that a person chose inside the site stays where it is.
    if (settings.backupFolder.isEmpty())
        return entries;
    if (const auto entry = siteEntryOf(site(), settings.backupFolder); !entry.isEmpty())
        entries.append(entry);
    return entries;
}

QJsonObject MauticUpgrade::toJson() const
{
    return {{u"product"_s, u"mautic"_s},
            {u"from"_s, from},
            {u"tablePrefix"_s, tablePrefix},
            {u"configuration"_s, configuration},
            {u"spool"_s, spool},
            {u"preserved"_s, QJsonArray::fromStringList(preserved)},
            {u"fileBytes"_s, fileBytes},
            {u"rowCount"_s, rowCount},
            {u"token"_s, names.token},
            {u"restorePoint"_s, names.restorePoint},
            {u"site"_s, settings.toJson()}};
}

MauticUpgrade MauticUpgrade::fromJson(const QJsonObject &json,
                                      const SiteSettings &settings,
                                      const RunNames &names)
{
    MauticUpgrade upgrade;
    upgrade.settings = settings;
    upgrade.names = names;
    upgrade.from = json.value("from"_L1).toString();
    upgrade.tablePrefix = json.value("tablePrefix"_L1).toString();
    upgrade.configuration = json.value("configuration"_L1).toString();
    upgrade.spool = json.value("spool"_L1).toString();
    const auto preserved = json.value("preserved"_L1).toArray();
    for (const auto &folder : preserved)
        upgrade.preserved.append(folder.toString());
    upgrade.fileBytes = json.value("fileBytes"_L1).toInteger();
    upgrade.rowCount = json.value("rowCount"_L1).toInteger();
    return upgrade;
}

QString finalUpgradeLog(const QString &token)
{
    return u"var/upgrade_log_%1.txt"_s.arg(token);
}

Plan mauticUpgradePlan(const MauticUpgradePtr &upgrade)
{
    Plan plan;
    plan.kind = u"upgrade"_s;
    plan.title =
        QCoreApplication::translate("MauticUpgrade", "Mautic %1 to Mautic 3").arg(upgrade->from);
    plan.settings = upgrade->toJson();
    using MakeStep = std::unique_ptr<Step> (*)(const MauticUpgradePtr &);
    for (const MakeStep make : {&startUpgradeStep,
                                &backupDatabaseStep,
                                &applyV2MigrationsStep,
                                &fetchUpdatesStep,
                                &extractUpdateStep,
                                &moveFilesStep,
                                &updateLocalConfigStep,
                                &applyMigrationsStep,
                                &restoreUserDataStep,
                                &cleanupFilesStep,
                                &buildCacheStep,
                                &finishedStep})
        plan.steps.push_back(make(upgrade));
    return plan;
}

} // namespace Banister
