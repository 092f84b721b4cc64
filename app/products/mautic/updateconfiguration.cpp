// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/updateconfiguration.h"

#include "products/mautic/mauticerror.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

/// Reads values of the types they must have; keeps the first problem.
class Reader
{
    Q_DECLARE_TR_FUNCTIONS(Banister::UpdateConfiguration)
public:
    explicit Reader(QByteArray json)
        : m_json(std::move(json))
    {}

    Result<UpdateConfiguration> read();

private:
    QString text(QLatin1StringView key);
    bool flag(QLatin1StringView key);
    QUrl address(QLatin1StringView key);
    void refuse(const QString &problem)
    {
        if (m_problem.isEmpty())
            m_problem = problem;
    }

    QByteArray m_json;
    QJsonObject m_object;
    QString m_problem;
};

QString Reader::text(QLatin1StringView key)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isString() && !value.isUndefined() && !value.isNull())
        refuse(tr("\"%1\" is no text.").arg(key));
    return value.toString();
}

bool Reader::flag(QLatin1StringView key)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isBool() && !value.isUndefined())
        refuse(tr("\"%1\" is neither true nor false.").arg(key));
    return value.toBool();
}

QUrl Reader::address(QLatin1StringView key)
{
    const QString value = text(key);
    if (value.isEmpty())
        return {};
    QUrl url(value, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        refuse(tr("\"%1\" is no web address.").arg(key));
    return url;
}

Result<UpdateConfiguration> Reader::read()
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(m_json, &problem);
    m_object = document.object();
    UpdateConfiguration configuration;
    if (!document.isObject()) {
        refuse(m_json.trimmed().startsWith('<') ? tr("It is a web page.")
                                                : tr("It is no JSON object."));
    } else {
        const QString version = text("version"_L1);
        configuration.version = QVersionNumber::fromString(version);
        if (!version.isEmpty() && configuration.version.isNull())
            refuse(tr("\"%1\" is no version.").arg(version));
        configuration.downloadUrl = address("mautic3downloadUrl"_L1);
        configuration.statusPageUrl = address("statusPageUrl"_L1);
        configuration.isKillSwitchOn = flag("killSwitchActivated"_L1);
        configuration.announcement = text("announcement"_L1);
        if (m_object.isEmpty())
            refuse(tr("It is empty."));
    }
    if (m_problem.isEmpty())
        return configuration;
    constexpr qsizetype Shown = 400;
    return Error{MauticUpdateError::ConfigurationUnreadable,
                 tr("The update configuration cannot be read: %1").arg(m_problem),
                 QString::fromUtf8(m_json.left(Shown)),
                 {}};
}

} // namespace

Result<UpdateConfiguration> parseUpdateConfiguration(const QByteArray &json)
{
    return Reader(json).read();
}

} // namespace Banister
