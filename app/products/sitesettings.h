// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/databasesettings.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace Banister {

/// Where this workstation reaches the database otherwise than the site itself does; empty fields
/// take what the site's configuration says.
struct DatabaseOverrides
{
    QString host;
    quint16 port = 0;
    QString socket;
    QString user;
    std::optional<QString> password; ///< held in memory only: never in toJson()
    DatabaseSettings::Tls tls = DatabaseSettings::Tls::Off;
    QString caFile;

    /// The site's own settings with these on top.
    DatabaseSettings appliedTo(DatabaseSettings settings) const;
};

/// What a person said of a site: the folder, and what differs from this workstation.
struct SiteSettings
{
    QString folder;                             ///< as seen from here
    QString serverFolder;                       ///< as the server sees it; empty: the same
    QString phpCommand = QStringLiteral("php"); ///< program or wrapper, as typed: "ssh web1 php"
    DatabaseOverrides database;
    QString backupFolder;     ///< where restore points go; empty: with the site
    QString package;          ///< path or URL of the release; empty: what the product offers
    QByteArray packageSha256; ///< hexadecimal; empty: not checked
    QString
        originalPackage; ///< release of the version that runs; tells changed files; may be empty

    /// Everything but the password.
    QJsonObject toJson() const;
    static SiteSettings fromJson(const QJsonObject &json);
};

} // namespace Banister
