// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/configuration.h"

#include "products/mautic/bundled.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/smallfile.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

constexpr int FirstWithVar = 3; // Mautic 3 keeps cache, logs and spool in var/

Result<PhpArrayFile> readArray(const QString &path)
{
    const auto text = readSmallFile(path);
    if (!text)
        return text.failure();
    return PhpArrayFile::parse(*text, path);
}

/// Names of variables in a value, in PHP's form and in Mautic's (CoreParametersHelper: a text that
/// holds getenv(NAME)).
QStringList variablesOf(const PhpValue &value)
{
    static const QRegularExpression inText(uR"(getenv\((.*?)\))"_s);
    if (value.isString()) {
        const auto match = inText.match(value.toString());
        return match.hasMatch() ? QStringList{match.captured(1)} : QStringList();
    }
    QStringList names;
    if (value.isExpression()) {
        const PhpExpression &expression = value.toExpression();
        if (expression.fallback)
            return {};
        for (const PhpExpression::Part &part : expression.parts) {
            if (part.kind == PhpExpression::Part::Kind::Environment)
                names += QString::fromUtf8(part.text);
        }
    }
    for (const PhpEntry &entry : value.toArray().entries())
        names += variablesOf(entry.value);
    return names;
}

void collectSecrets(const QByteArray &key, const PhpValue &value, QStringList &secrets)
{
    if (value.isArray()) {
        for (const PhpEntry &entry : value.toArray().entries())
            collectSecrets(isSecretKey(key) ? key : entry.key, entry.value, secrets);
    } else if (isSecretKey(key) && !value.toString().isEmpty()) {
        secrets += value.toString();
    }
}

} // namespace

bool MauticDatabase::isSupported() const
{
    return driver == "pdo_mysql"_L1 || driver == "mysqli"_L1;
}

bool isSecretKey(const QByteArray &key)
{
    static const QRegularExpression pattern(
        uR"(pass(?:word|wd|phrase)|secret|token|credential|private|api_?key|_key$|^key$|dsn$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(QString::fromUtf8(key)).hasMatch();
}

Result<MauticConfiguration> MauticConfiguration::read(const MauticSite &site,
                                                      const QProcessEnvironment &environment)
{
    const QString path = site.paths.localConfig;
    if (path.isEmpty() || !QFileInfo::exists(path)) {
        return Error{MauticSiteError::ConfigurationMissing,
                     tr("This site has no configuration: %1 does not exist.").arg(path),
                     path,
                     {}};
    }
    const auto unreadable = [](const QString &file) {
        return Error{MauticSiteError::ConfigurationUnreadable,
                     tr("The configuration %1 cannot be read.").arg(file),
                     {},
                     {}};
    };
    auto local = readArray(path);
    if (!local)
        return because(unreadable(path), local.failure());
    MauticConfiguration configuration(site, *local);
    configuration.merge(*local, environment);

    const QString overrides = site.absolute(Mautic::Names::ParameterOverrides);
    if (QFileInfo::exists(overrides)) {
        auto file = readArray(overrides);
        if (!file)
            return because(unreadable(overrides), file.failure());
        configuration.m_overrides = *file;
        configuration.merge(*file, environment);
    }
    return configuration;
}

void MauticConfiguration::merge(const PhpArrayFile &file, const QProcessEnvironment &environment)
{
    for (const PhpEntry &entry : file.values().entries()) {
        m_values.insert(entry.key, file.resolved(entry.key, environment));
        for (const QString &name : variablesOf(entry.value)) {
            if (!environment.contains(name) && !m_unset.contains(name))
                m_unset += name;
        }
    }
}

PhpValue MauticConfiguration::value(const QByteArray &key) const
{
    const PhpValue *found = m_values.find(key);
    return found ? *found : PhpValue();
}

MauticDatabase MauticConfiguration::database() const
{
    MauticDatabase database;
    database.driver = text("db_driver");
    database.host = text("db_host");
    // A number or a text, empty or null where a person left it out.
    if (const qint64 port = value("db_port").toInt(); port > 0 && port <= 0xffff)
        database.port = int(port);
    database.name = text("db_name");
    database.user = text("db_user");
    database.password = text("db_password");
    database.tablePrefix = text("db_table_prefix");
    database.serverVersion = text("db_server_version");
    database.replicaHost = text("db_host_ro");
    return database;
}

QString
MauticConfiguration::folder(const QByteArray &key, const QString &two, const QString &three) const
{
    const QString set = text(key);
    if (!set.isEmpty())
        return m_site.expandPath(set);
    return m_site.expandPath(m_site.major() < FirstWithVar ? two : three);
}

QString MauticConfiguration::cachePath() const
{
    return folder("cache_path", u"%kernel.root_dir%/cache"_s, u"%kernel.root_dir%/../var/cache"_s);
}

QString MauticConfiguration::logPath() const
{
    return folder("log_path", u"%kernel.root_dir%/logs"_s, u"%kernel.root_dir%/../var/logs"_s);
}

QString MauticConfiguration::tmpPath() const
{
    return folder("tmp_path", u"%kernel.root_dir%/cache"_s, u"%kernel.root_dir%/../var/tmp"_s);
}

QString MauticConfiguration::uploadFolder() const
{
    const QString standard = u"%kernel.root_dir%/../media/files"_s;
    return folder("upload_dir", standard, standard);
}

QString MauticConfiguration::imagePath() const
{
    return folder("image_path", u"media/images"_s, u"media/images"_s);
}

QString MauticConfiguration::mailSpoolPath() const
{
    return folder(
        "mailer_spool_path", u"%kernel.root_dir%/spool"_s, u"%kernel.root_dir%/../var/spool"_s);
}

bool MauticConfiguration::hasOwnRateLimiterCache() const
{
    const PhpValue cache = value("api_rate_limiter_cache");
    const PhpValue *type = cache.toArray().find("type");
    return type && type->toBool() && type->toString() != "file_system"_L1;
}

QStringList MauticConfiguration::secrets() const
{
    QStringList secrets;
    for (const PhpEntry &entry : m_values.entries())
        collectSecrets(entry.key, entry.value, secrets);
    secrets.removeDuplicates();
    return secrets;
}

QStringList MauticConfiguration::unsetVariables() const
{
    return m_unset;
}

} // namespace Banister
