// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "php/phparray.h"
#include "products/mautic/recognition.h"

#include <QCoreApplication>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <optional>

namespace Banister {

/// How the site reaches its database, as its server sees it.
struct MauticDatabase
{
    QString driver;  ///< "pdo_mysql", "mysqli"
    QString host;    ///< "localhost" is a socket to PHP, whatever the port
    int port = 3306; ///< MySQL's own where the configuration has none
    QString name;
    QString user;
    QString password;    ///< a secret
    QString tablePrefix; ///< "mau_"; often empty
    QString serverVersion;
    QString replicaHost; ///< db_host_ro: where Mautic reads; empty: none

    bool isSupported() const; ///< by Mautic 3: one of the two drivers above
};

/// The configuration of a site: local.php with parameters_local.php merged over it. Read, never
/// run. Values from the environment are those of the given environment, usually Banister's own,
/// which is not always that of the site's server: see unsetVariables().
class MauticConfiguration
{
    Q_DECLARE_TR_FUNCTIONS(Banister::MauticConfiguration)

public:
    static Result<MauticConfiguration>
    read(const MauticSite &site,
         const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

    /// local.php alone: the file to edit.
    const PhpArrayFile &localFile() const { return m_local; }
    /// parameters_local.php, whose keys win; none on most sites.
    const std::optional<PhpArrayFile> &overrides() const { return m_overrides; }

    bool contains(const QByteArray &key) const { return m_values.contains(key); }
    /// With overrides and environment; NULL where there is none.
    PhpValue value(const QByteArray &key) const;
    QString text(const QByteArray &key) const { return value(key).toString(); }

    MauticDatabase database() const;
    QString siteUrl() const { return text("site_url"); }

    // Absolute folders; those that the configuration does not set are the defaults of the version
    // (bundles' Config/config.php of 2.16.5 and 3.0.2).
    QString cachePath() const;
    QString logPath() const;
    QString tmpPath() const;
    QString uploadFolder() const;
    QString imagePath() const;
    QString mailSpoolPath() const;
    /// The folder of the mails that wait to be sent.
    QString waitingMailFolder() const { return mailSpoolPath() + QLatin1String("/default"); }

    /// The rate limiter's cache is one of its own, which the upgrade replaces.
    bool hasOwnRateLimiterCache() const;
    /// A person forbade the upgrade.
    bool isUpgradeBlocked() const { return value("block_mautic_3_upgrade").toBool(); }

    /// Values that must not be shown: passwords, keys, tokens. Without empty ones.
    QStringList secrets() const;
    /// Variables that values are taken from, but which are not set here.
    QStringList unsetVariables() const;

private:
    MauticConfiguration(MauticSite site, PhpArrayFile local)
        : m_site(std::move(site))
        , m_local(std::move(local))
    {}
    void merge(const PhpArrayFile &file, const QProcessEnvironment &environment);
    QString folder(const QByteArray &key, const QString &two, const QString &three) const;

    MauticSite m_site;
    PhpArrayFile m_local;
    std::optional<PhpArrayFile> m_overrides;
    PhpArray m_values;
    QStringList m_unset;
};

/// Whether the value of a key is a secret, by the key's name.
bool isSecretKey(const QByteArray &key);

} // namespace Banister
