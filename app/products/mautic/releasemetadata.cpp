// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/releasemetadata.h"

#include "products/mautic/mauticerror.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace Banister {

using namespace Qt::StringLiterals;

Result<ReleaseMetadata> parseReleaseMetadata(const QByteArray &json, const QString &name)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    const QJsonObject object = document.object();
    const auto text = [&](const char *key) { return object.value(QLatin1String(key)).toString(); };

    ReleaseMetadata metadata;
    metadata.versionText = text("version");
    metadata.version = QVersionNumber::fromString(metadata.versionText);
    if (!document.isObject() || metadata.version.isNull()) {
        const QString details =
            document.isObject() ? QString::fromUtf8(json) : problem.errorString();
        return Error{MauticSiteError::VersionUnreadable,
                     QCoreApplication::translate("Banister::ReleaseMetadata",
                                                 "%1 does not name a version of Mautic.")
                         .arg(name),
                     details,
                     {}};
    }
    metadata.stability = text("stability");
    metadata.php = PhpRange(text("minimum_php_version"), text("maximum_php_version"));
    metadata.minimumMauticVersion = text("minimum_mautic_version");
    metadata.announcementUrl = text("announcement_url");
    return metadata;
}

QVersionNumber parseVersionFile(const QByteArray &text)
{
    static const QRegularExpression version(uR"(^v?(\d+\.\d+(?:\.\d+)?)(?:-[\w.]+)?$)"_s);
    const auto match = version.match(QString::fromUtf8(text).trimmed());
    return match.hasMatch() ? QVersionNumber::fromString(match.captured(1)) : QVersionNumber();
}

} // namespace Banister
