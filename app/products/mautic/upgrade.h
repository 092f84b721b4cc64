// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/databasesettings.h"
#include "engine/plan.h"
#include "products/product.h"
#include "products/sitesettings.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace Banister {

/// One upgrade of one site from Mautic 2 to 3: what all of its steps need to know. It does not
/// change during the run, and is the same after a restart.
struct MauticUpgrade
{
    SiteSettings settings;
    RunNames names;
    QString from; ///< "2.16.5"
    QString tablePrefix;
    DatabaseSettings database;
    QString configuration; ///< local.php, relative to the site's folder
    QString spool; ///< Mautic 2's folder of waiting mails, relative; empty: outside the site
    QStringList preserved; ///< folders that the console writes to: cache, logs, temporary files
    qint64 fileBytes = 0;  ///< of the site, for weights
    qint64 rowCount = 0;   ///< of the database, for weights

    const QString &site() const { return settings.folder; }
    QString path(const QString &relative) const { return site() + u'/' + relative; }
    QString packageFile() const;
    QString temporaryFiles() const;
    /// The folder with deny files, of well-known name, in which the former files stand at first.
    QString backupFolder() const;
    /// Where cleanupFiles puts that folder.
    QString finalBackupFolder() const;
    /// The former files, wherever they are now; empty where they were not moved yet.
    QString formerFiles() const;
    /// For what gets in the way, within Banister's own folder.
    QString strays() const;
    /// Entries of the site's folder that are not the site's.
    QStringList ownEntries() const;

    QJsonObject toJson() const;
    /// The database is left for the caller to fill in.
    static MauticUpgrade
    fromJson(const QJsonObject &json, const SiteSettings &settings, const RunNames &names);
};

using MauticUpgradePtr = std::shared_ptr<const MauticUpgrade>;

/// Where the log is once the upgrade is finished, relative to the site's folder.
QString finalUpgradeLog(const QString &token);

/// The twelve steps, in the order and with the codes of Mautic's own upgrade_v3.php.
Plan mauticUpgradePlan(const MauticUpgradePtr &upgrade);

} // namespace Banister
