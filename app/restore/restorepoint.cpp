// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/restorepoint.h"

#include "base/sha256.h"
#include "files/durable.h"
#include "restore/pointfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int FormatVersion = 1;

QString text(const char *sentence)
{
    return QCoreApplication::translate("RestorePoint", sentence);
}

QString manifestFile(const QString &folder)
{
    return folder + u"/manifest.json"_s;
}

// What stands in manifests and on the command line's JSON.
constexpr std::array<std::pair<PointOrigin, QLatin1StringView>, 4> Origins{{
    {PointOrigin::Upgrade, "upgrade"_L1},
    {PointOrigin::Rollback, "rollback"_L1},
    {PointOrigin::Person, "person"_L1},
    {PointOrigin::Foreign, "foreign"_L1},
}};

PointOrigin originOf(const QString &name)
{
    for (const auto &[origin, known] : Origins) {
        if (name == known)
            return origin;
    }
    return PointOrigin::Upgrade;
}

/// The sum of everything else in a manifest; it stands in the manifest itself.
QString sumOf(QJsonObject json)
{
    json.remove("sha256"_L1);
    Sha256 hash;
    hash.add(QJsonDocument(json).toJson(QJsonDocument::Compact));
    return QString::fromLatin1(hash.result().toHex());
}

QJsonObject toJson(const RestorePoint &point)
{
    QJsonObject json{{u"format"_s, FormatVersion},
                     {u"origin"_s, nameOf(point.origin)},
                     {u"product"_s, point.product},
                     {u"version"_s, point.version},
                     {u"site"_s, point.siteFolder},
                     {u"siteId"_s, point.siteId},
                     {u"tablePrefix"_s, point.tablePrefix},
                     {u"database"_s, point.databaseName},
                     {u"created"_s, point.created.toString(Qt::ISODateWithMs)},
                     {u"preserved"_s, QJsonArray::fromStringList(point.preserved)},
                     {u"excluded"_s, QJsonArray::fromStringList(point.excluded)},
                     {u"hasCopies"_s, point.hasCopies},
                     {u"siteFolderModifiedNs"_s, point.siteFolderModifiedNs},
                     {u"files"_s, point.fileCount},
                     {u"fileBytes"_s, point.fileBytes},
                     {u"tables"_s, point.tableCount},
                     {u"rows"_s, point.rowCount},
                     {u"filesSum"_s, QString::fromLatin1(point.filesSum.toHex())},
                     {u"databaseSum"_s, QString::fromLatin1(point.databaseSum.toHex())}};
    if (point.foreign)
        json.insert(u"foreign"_s, point.foreign->toJson());
    return json;
}

} // namespace

QString nameOf(PointOrigin origin)
{
    return Origins.at(size_t(origin)).second;
}

QString RestorePoint::id() const
{
    return QFileInfo(folder).fileName();
}

QString RestorePoint::filesManifest() const
{
    return folder + u"/files.jsonl"_s;
}

QString RestorePoint::databaseFolder() const
{
    return folder + u"/database"_s;
}

QString RestorePoint::databaseManifest() const
{
    return databaseFolder() + u"/manifest.json"_s;
}

QString RestorePoint::copiesFolder() const
{
    return folder + u"/files"_s;
}

QString RestorePoint::preservedFolder() const
{
    return folder + u"/preserved"_s;
}

bool RestorePoint::preserves(const QByteArray &path) const
{
    return std::any_of(preserved.begin(), preserved.end(), [&path](const QString &relative) {
        return path.startsWith(QFile::encodeName(relative) + '/');
    });
}

QString titleOf(const RestorePoint &point)
{
    return point.version.isEmpty()
               ? QLocale().toString(point.created.toLocalTime(), QLocale::ShortFormat)
               : point.version;
}

Result<RestorePoint> readRestorePoint(const QString &folder)
{
    const auto file = manifestFile(folder);
    const auto json = readPointObject(file);
    if (!json)
        return json.failure();
    if (const auto format = json->value("format"_L1).toInt(); format != FormatVersion) {
        return unusablePointFile(file,
                                 format > FormatVersion
                                     ? text("it was written by a newer Banister")
                                     : text("it does not say which format it has"));
    }
    if (json->value("sha256"_L1).toString() != sumOf(*json))
        return unusablePointFile(file, text("it was altered"));
    const auto string = [&json](QLatin1StringView key) { return json->value(key).toString(); };
    const auto number = [&json](QLatin1StringView key) { return json->value(key).toInteger(); };
    const auto time = [&string](QLatin1StringView key) {
        return QDateTime::fromString(string(key), Qt::ISODate).toUTC();
    };
    RestorePoint point;
    point.folder = QDir::cleanPath(folder);
    point.origin = originOf(string("origin"_L1));
    point.product = string("product"_L1);
    point.version = string("version"_L1);
    point.siteFolder = string("site"_L1);
    point.siteId = string("siteId"_L1);
    point.tablePrefix = string("tablePrefix"_L1);
    point.databaseName = string("database"_L1);
    point.created = time("created"_L1);
    point.preserved = stringsOf(json->value("preserved"_L1));
    point.excluded = stringsOf(json->value("excluded"_L1));
    point.hasCopies = json->value("hasCopies"_L1).toBool();
    point.siteFolderModifiedNs = number("siteFolderModifiedNs"_L1);
    point.fileCount = number("files"_L1);
    point.fileBytes = number("fileBytes"_L1);
    point.tableCount = number("tables"_L1);
    point.rowCount = number("rows"_L1);
    point.filesSum = QByteArray::fromHex(string("filesSum"_L1).toLatin1());
    point.databaseSum = QByteArray::fromHex(string("databaseSum"_L1).toLatin1());
    if (json->contains("foreign"_L1))
        point.foreign = ForeignFacts::fromJson(json->value("foreign"_L1).toObject());
    point.notes = readPointNotes(folder);
    if (!point.created.isValid() || point.siteFolder.isEmpty())
        return unusablePointFile(file, text("it lacks the time or the site"));
    return point;
}

Result<> writePointManifest(const RestorePoint &point)
{
    auto json = toJson(point);
    json.insert(u"sha256"_s, sumOf(json));
    return writeDurably(manifestFile(point.folder), QJsonDocument(json).toJson());
}

bool isFinished(const QString &folder)
{
    return QFileInfo::exists(manifestFile(folder));
}

bool isUnfinished(const QString &folder)
{
    return QFileInfo(folder).isDir() && !isFinished(folder);
}

Result<> noteVerified(RestorePoint &point)
{
    point.notes.verified = QDateTime::currentDateTimeUtc();
    return writePointNotes(point.folder, point.notes);
}

} // namespace Banister
