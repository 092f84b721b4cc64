// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/sitestore.h"

#include "assistant/assistanterror.h"
#include "files/durable.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

SiteStore::SiteStore(QString file)
    : m_file(std::move(file))
{}

QString SiteStore::usualFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
           + u"/banister/sites.json"_s;
}

Result<QList<SiteSettings>> SiteStore::sites() const
{
    if (!QFileInfo::exists(m_file))
        return QList<SiteSettings>();
    constexpr qint64 Limit = 16LL * 1024 * 1024;
    const auto bytes = readWhole(m_file, Limit);
    if (!bytes)
        return bytes.failure();
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(*bytes, &problem);
    if (!document.isArray()) {
        return Error{
            AssistantError::StoreUnreadable,
            QCoreApplication::translate("SiteStore", "The list of sites %1 is damaged: %2.")
                .arg(m_file, problem.errorString()),
            {},
            {}};
    }
    QList<SiteSettings> sites;
    const auto entries = document.array();
    for (const auto &entry : entries)
        sites.append(SiteSettings::fromJson(entry.toObject()));
    return sites;
}

SiteSettings SiteStore::find(const QString &folder) const
{
    SiteSettings settings;
    settings.folder = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    if (const auto known = sites()) {
        for (const auto &site : *known) {
            if (site.folder == settings.folder)
                return site;
        }
    }
    return settings;
}

Result<> SiteStore::save(const SiteSettings &site) const
{
    auto known = sites();
    if (!known)
        return known.failure();
    const auto place = std::find_if(known->begin(), known->end(), [&site](const auto &other) {
        return other.folder == site.folder;
    });
    if (place == known->end())
        known->append(site);
    else
        *place = site;
    return write(*known);
}

Result<> SiteStore::remove(const QString &folder) const
{
    auto known = sites();
    if (!known)
        return known.failure();
    known->removeIf([&folder](const auto &site) { return site.folder == folder; });
    return write(*known);
}

Result<> SiteStore::write(const QList<SiteSettings> &sites) const
{
    QJsonArray entries;
    for (const auto &site : sites)
        entries.append(site.toJson());
    const auto folder = QFileInfo(m_file).absolutePath();
    if (!QDir().mkpath(folder)) {
        return Error{
            AssistantError::StoreUnreadable,
            QCoreApplication::translate("SiteStore", "The folder %1 cannot be made.").arg(folder),
            {},
            {}};
    }
    return writeDurably(m_file, QJsonDocument(entries).toJson());
}

} // namespace Banister
