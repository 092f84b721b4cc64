// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

// A static library's resources are linked in by naming them, outside of any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(errors);
}

namespace Banister {

namespace {

// The catalogue is data: translators find its texts under this context (see resources/errors).
QString translated(const QString &text)
{
    return QCoreApplication::translate("ErrorCatalogue", text.toUtf8().constData());
}

QStringList translatedList(const QJsonValue &value)
{
    QStringList texts;
    const auto array = value.toArray();
    for (const auto &text : array)
        texts.append(translated(text.toString()));
    return texts;
}

QString siteText(SiteState state)
{
    switch (state) {
    case SiteState::Intact:
        return QCoreApplication::translate("ErrorCatalogue",
                                           "The files of the site have not been changed.");
    case SiteState::Recoverable:
        return QCoreApplication::translate(
            "ErrorCatalogue",
            "The site is between two versions. Go on or roll back; both are possible.");
    case SiteState::Works:
        return QCoreApplication::translate("ErrorCatalogue", "The site works.");
    case SiteState::Unknown:
        return QCoreApplication::translate(
            "ErrorCatalogue",
            "Nothing is changed now; what was done to the site before is not known.");
    }
    return {};
}

Error badEntry(const QString &file, const QString &entry, const QString &problem)
{
    return {CatalogueError::BadEntry,
            QCoreApplication::translate("ErrorCatalogue", "%1: the entry %2 %3.")
                .arg(file, entry, problem),
            {},
            {}};
}

Result<Explanation> readEntry(const QString &file, const QString &name, const QJsonObject &json)
{
    static const QStringList known{
        u"title"_s, u"meaning"_s, u"causes"_s, u"actions"_s, u"site"_s, u"links"_s};
    const auto keys = json.keys();
    for (const auto &key : keys) {
        if (!known.contains(key))
            return badEntry(file, name, u"has the unknown key "_s + key);
    }
    Explanation entry;
    entry.code = ErrorCode::fromString(name);
    entry.title = translated(json.value("title"_L1).toString());
    entry.meaning = translated(json.value("meaning"_L1).toString());
    entry.causes = translatedList(json.value("causes"_L1));
    entry.actions = translatedList(json.value("actions"_L1));
    const auto site = json.value("site"_L1).toString();
    if (site == "intact"_L1)
        entry.site = SiteState::Intact;
    else if (site == "recoverable"_L1)
        entry.site = SiteState::Recoverable;
    else if (site == "works"_L1)
        entry.site = SiteState::Works;
    else if (site == "unknown"_L1)
        entry.site = SiteState::Unknown;
    else
        return badEntry(file, name, u"has no valid site state"_s);
    entry.siteText = siteText(entry.site);
    const auto links = json.value("links"_L1).toArray();
    for (const auto &link : links)
        entry.links.append(link.toString());
    if (entry.title.isEmpty() || entry.meaning.isEmpty() || entry.causes.isEmpty()
        || entry.actions.isEmpty())
        return badEntry(file, name, u"lacks a title, a meaning, a cause or an action"_s);
    return entry;
}

} // namespace

Result<ErrorCatalogue> ErrorCatalogue::load(const QString &folder)
{
    initResources();
    ErrorCatalogue catalogue;
    const auto files = QDir(folder).entryInfoList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const auto &info : files) {
        QFile file(info.filePath());
        QJsonParseError problem;
        const auto document = file.open(QIODevice::ReadOnly)
                                  ? QJsonDocument::fromJson(file.readAll(), &problem)
                                  : QJsonDocument();
        if (!document.isObject()) {
            return Error{CatalogueError::Unreadable,
                         QCoreApplication::translate("ErrorCatalogue", "%1 is not readable: %2.")
                             .arg(info.filePath(),
                                  file.isOpen() ? problem.errorString() : file.errorString()),
                         {},
                         {}};
        }
        const auto entries = document.object();
        for (auto it = entries.begin(); it != entries.end(); ++it) {
            auto entry = readEntry(info.fileName(), it.key(), it.value().toObject());
            if (!entry)
                return entry.failure();
            if (catalogue.m_explanations.contains(it.key()))
                return badEntry(info.fileName(), it.key(), u"stands twice"_s);
            catalogue.m_explanations.insert(it.key(), std::move(entry).value());
        }
    }
    return catalogue;
}

const Explanation *ErrorCatalogue::find(const ErrorCode &code) const
{
    const auto it = m_explanations.constFind(code.toString());
    return it == m_explanations.constEnd() ? nullptr : &it.value();
}

QList<Explanation> ErrorCatalogue::explain(const Error &error) const
{
    QList<Explanation> explanations;
    for (const Error *each = &error; each; each = each->cause.get()) {
        if (const auto *found = find(each->code))
            explanations.append(*found);
    }
    return explanations;
}

QStringList ErrorCatalogue::codes() const
{
    auto names = m_explanations.keys();
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace Banister
