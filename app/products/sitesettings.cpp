// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/sitesettings.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using Tls = DatabaseSettings::Tls;
constexpr std::array<std::pair<Tls, QLatin1StringView>, 3> TlsNames{{
    {Tls::Off, "off"_L1},
    {Tls::Required, "required"_L1},
    {Tls::Verified, "verified"_L1},
}};

QString nameOf(Tls tls)
{
    for (const auto &[value, name] : TlsNames) {
        if (value == tls)
            return name;
    }
    return {};
}

Tls tlsOf(const QString &name)
{
    for (const auto &[value, known] : TlsNames) {
        if (name == known)
            return value;
    }
    return Tls::Off;
}

void put(QJsonObject &json, const QString &key, const QString &value)
{
    if (!value.isEmpty())
        json.insert(key, value);
}

} // namespace

DatabaseSettings DatabaseOverrides::appliedTo(DatabaseSettings settings) const
{
    if (!host.isEmpty()) {
        settings.host = host;
        settings.socket.clear();
    }
    if (port != 0)
        settings.port = port;
    if (!socket.isEmpty())
        settings.socket = socket;
    if (!user.isEmpty())
        settings.user = user;
    if (password)
        settings.password = *password;
    settings.tls = tls;
    settings.caFile = caFile;
    return settings;
}

QJsonObject SiteSettings::toJson() const
{
    QJsonObject json;
    put(json, u"folder"_s, folder);
    put(json, u"serverFolder"_s, serverFolder);
    put(json, u"phpCommand"_s, phpCommand);
    put(json, u"backupFolder"_s, backupFolder);
    put(json, u"package"_s, package);
    put(json, u"packageSha256"_s, QString::fromLatin1(packageSha256));
    put(json, u"originalPackage"_s, originalPackage);
    put(json, u"databaseHost"_s, database.host);
    if (database.port != 0)
        json.insert(u"databasePort"_s, database.port);
    put(json, u"databaseSocket"_s, database.socket);
    put(json, u"databaseUser"_s, database.user);
    if (database.tls != Tls::Off)
        json.insert(u"databaseTls"_s, nameOf(database.tls));
    put(json, u"databaseCaFile"_s, database.caFile);
    return json;
}

SiteSettings SiteSettings::fromJson(const QJsonObject &json)
{
    const auto text = [&json](QLatin1StringView key) { return json.value(key).toString(); };
    SiteSettings settings;
    settings.folder = text("folder"_L1);
    settings.serverFolder = text("serverFolder"_L1);
    settings.phpCommand = json.value("phpCommand"_L1).toString(settings.phpCommand);
    settings.backupFolder = text("backupFolder"_L1);
    settings.package = text("package"_L1);
    settings.packageSha256 = text("packageSha256"_L1).toLatin1();
    settings.originalPackage = text("originalPackage"_L1);
    settings.database.host = text("databaseHost"_L1);
    settings.database.port = quint16(json.value("databasePort"_L1).toInt());
    settings.database.socket = text("databaseSocket"_L1);
    settings.database.user = text("databaseUser"_L1);
    settings.database.tls = tlsOf(text("databaseTls"_L1));
    settings.database.caFile = text("databaseCaFile"_L1);
    return settings;
}

} // namespace Banister
