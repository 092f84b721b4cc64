// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/databasesettings.h"
#include "engine/check.h"
#include "engine/plan.h"
#include "products/foreignleft.h"
#include "products/preview.h"
#include "products/sitesettings.h"
#include "restore/createpoint.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

namespace Banister {

/// What can be read of a site from its folder alone.
struct Detection
{
    QString product; ///< id: "mautic"
    QString productName;
    QString version;    ///< as the product spells it: "2.16.5"
    QString hopTarget;  ///< what it can be upgraded to: "3"; empty where there is no hop
    QString hopProblem; ///< translated: why there is no hop; empty where there is one
    QUrl siteUrl;
    DatabaseSettings database; ///< as the site's configuration says
    QString tablePrefix;
    QString configurationFile; ///< relative to the folder
};

/// The names that a run gives to what it makes; kept in the journal, so that they stay the same.
struct RunNames
{
    QString restorePoint;  ///< folder of the restore point, absolute
    QString token;         ///< 32 hexadecimal digits for names that nobody can guess
    QString privateFolder; ///< Banister's folder within the site, absolute
};

/// What a copy of a site has to know of its folder. Paths are relative to it.
struct SiteLayout
{
    QStringList written;  ///< folders that the site itself writes to all the time: cache, logs
    QStringList notSites; ///< entries that do not belong to it: Banister's own, and a run's
};

/// One installation, opened with what a person said about it. Used on one thread at a time.
class ProductSite
{
public:
    virtual ~ProductSite() = default;
    virtual const Detection &detection() const = 0;
    /// The database as it is reached from here.
    virtual DatabaseSettings database() const = 0;
    virtual SiteLayout layout() const = 0;
    virtual Checks checks() const = 0;
    /// What the upgrade would do, with sizes and decisions. Reads the site; takes a while.
    virtual Result<PlanPreview> preview(Monitor &monitor) const = 0;
    virtual Result<Plan> upgradePlan(const RunNames &names) const = 0;

protected:
    ProductSite() = default;
    Q_DISABLE_COPY_MOVE(ProductSite)
};

/// An application that Banister knows.
class Product
{
public:
    virtual ~Product() = default;
    virtual QString id() const = 0;   ///< "mautic"
    virtual QString name() const = 0; ///< "Mautic"
    /// Null where the folder holds something else; an error where it is this product but damaged.
    virtual Result<std::optional<Detection>> detect(const QString &folder) const = 0;
    virtual Result<std::unique_ptr<ProductSite>> open(const SiteSettings &settings) const = 0;
    /// The plan of a run that was begun before, from what its plan kept in the journal. The site may
    /// be in any state in between.
    virtual Result<Plan> resumePlan(const SiteSettings &settings,
                                    const RunNames &names,
                                    const QJsonObject &planSettings) const = 0;
    /// The database of a site in any state, also while its files are moved.
    /// \param token of the run that moved them
    /// \param alsoIn folders where a rollback may have put them for the time being
    virtual Result<DatabaseSettings> database(const SiteSettings &settings,
                                              const QString &token,
                                              const QStringList &alsoIn = {}) const = 0;
    /// Passwords, keys and tokens of the site's configuration, wherever that is now: no log has them.
    virtual QStringList secrets(const SiteSettings &settings,
                                const QString &token,
                                const QStringList &alsoIn = {}) const = 0;
    /// Names of top-level entries that a run makes by itself, such as a downloaded package.
    virtual QStringList ownEntries() const = 0;
    /// The file that the product's support asks for, relative to the site's folder, while a run goes
    /// on: "upgrade_log.txt".
    virtual QString logFile() const = 0;
    /// Where the log is once an upgrade is finished, relative to the site's folder.
    virtual QString finalLogFile(const QString &token) const = 0;
    /// What other programs have left that a restore point can be made of. Of a site in any state;
    /// quick.
    virtual QList<ForeignLeft> foreignLeft(const SiteSettings &settings) const = 0;
    /// How a restore point is made of one of them; without folder and name. Reads the trees.
    virtual Result<RestorePointRequest> takeOverRequest(const SiteSettings &settings,
                                                        const ForeignLeft &left,
                                                        Monitor &monitor) const = 0;

protected:
    Product() = default;
    Q_DISABLE_COPY_MOVE(Product)
};

using Products = std::vector<std::unique_ptr<Product>>;

} // namespace Banister
