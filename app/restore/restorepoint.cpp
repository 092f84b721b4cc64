// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/restorepoint.h"

#include "database/dump.h"
#include "database/verifydump.h"
#include "files/copytree.h"
#include "files/durable.h"
#include "files/foldertime.h"
#include "files/privatefolder.h"
#include "files/remove.h"
#include "files/tree.h"
#include "files/treemanifest.h"
#include "restore/recipe.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int FormatVersion = 1;
constexpr qint64 LargestManifest = 64LL * 1024 * 1024;

QString text(const char *sentence)
{
    return QCoreApplication::translate("RestorePoint", sentence);
}

QString manifestFile(const QString &folder)
{
    return folder + u"/manifest.json"_s;
}

QJsonObject toJson(const RestorePoint &point)
{
    return {{u"format"_s, FormatVersion},
            {u"product"_s, point.product},
            {u"version"_s, point.version},
            {u"site"_s, point.siteFolder},
            {u"tablePrefix"_s, point.tablePrefix},
            {u"database"_s, point.databaseName},
            {u"created"_s, point.created.toString(Qt::ISODate)},
            {u"verified"_s, point.verified.toString(Qt::ISODate)},
            {u"preserved"_s, QJsonArray::fromStringList(point.preserved)},
            {u"excluded"_s, QJsonArray::fromStringList(point.excluded)},
            {u"siteFolderModifiedNs"_s, point.siteFolderModifiedNs},
            {u"files"_s, point.fileCount},
            {u"fileBytes"_s, point.fileBytes},
            {u"tables"_s, point.tableCount},
            {u"rows"_s, point.rowCount}};
}

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    const auto array = value.toArray();
    for (const auto &entry : array)
        list.append(entry.toString());
    return list;
}

Error unreadable(const QString &file, const QString &problem)
{
    return {RestoreError::PointUnreadable,
            text("The restore point's file %1 cannot be used: %2.").arg(file, problem),
            {},
            {}};
}

Result<QJsonObject> readObject(const QString &file)
{
    auto bytes = readWhole(file, LargestManifest);
    if (!bytes)
        return because(unreadable(file, text("it cannot be read")), bytes.failure());
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(*bytes, &problem);
    if (!document.isObject())
        return unreadable(file, problem.errorString());
    return document.object();
}

// Cache and logs change while the site's own console runs: only a copy brings them back.
Result<> preserve(const RestorePointRequest &request, RestorePoint &point, Monitor &monitor)
{
    for (const auto &relative : request.preserved) {
        const auto source = request.siteFolder + u'/' + relative;
        if (!QFileInfo(source).isDir() || QFileInfo(source).isSymLink())
            continue;
        const auto target = point.preservedFolder() + u'/' + relative;
        if (!QDir().mkpath(target))
            return Error{RestoreError::NotWritten,
                         text("The folder %1 cannot be made.").arg(target),
                         {},
                         {}};
        const auto copied = copyTree(source, target, CopyOptions{}, monitor);
        if (!copied)
            return copied.failure();
        logDifferences(*copied, monitor);
        point.preserved.append(relative);
    }
    return Success;
}

Result<Tree> readPreserved(const RestorePoint &point, const QString &relative, Monitor &monitor)
{
    TreeOptions options;
    options.hash = true;
    options.withRoot = true;
    auto tree = readTree(point.preservedFolder() + u'/' + relative, options, monitor);
    if (!tree)
        return tree.failure();
    const auto prefix = QFile::encodeName(relative);
    for (auto &entry : *tree)
        entry.path = entry.path.isEmpty() ? prefix : prefix + '/' + entry.path;
    return tree;
}

Result<> recordFiles(const RestorePointRequest &request, RestorePoint &point, Monitor &monitor)
{
    TreeOptions options;
    options.hash = true;
    for (const auto &name : request.excluded + point.preserved)
        options.excluded.append(QFile::encodeName(name));
    auto tree = readTree(request.siteFolder, options, monitor);
    if (!tree)
        return tree.failure();
    // Of a folder that the site goes on writing to, the copy is what comes back.
    for (const auto &relative : std::as_const(point.preserved)) {
        auto copy = readPreserved(point, relative, monitor);
        if (!copy)
            return copy.failure();
        tree->append(*copy);
    }
    sortTree(*tree);
    for (const auto &entry : std::as_const(*tree)) {
        if (entry.type == EntryType::File) {
            ++point.fileCount;
            point.fileBytes += entry.size;
        }
    }
    return writeTreeManifest(point.filesManifest(), *tree);
}

Result<> dump(const RestorePointRequest &request, RestorePoint &point, Monitor &monitor)
{
    DumpOptions options;
    options.folder = point.databaseFolder();
    options.tablePrefix = request.tablePrefix;
    const auto manifest = dumpDatabase(request.database, options, monitor);
    if (!manifest)
        return manifest.failure();
    point.tableCount = manifest->tables.size();
    for (const auto &table : manifest->tables)
        point.rowCount += table.rows;
    return verifyDump(point.databaseFolder(), monitor);
}

Result<RestorePoint> build(const RestorePointRequest &request, Monitor &monitor)
{
    RestorePoint point;
    point.folder = request.folder;
    point.product = request.product;
    point.version = request.version;
    point.siteFolder = request.siteFolder;
    point.tablePrefix = request.tablePrefix;
    point.databaseName = request.database.name;
    point.excluded = request.excluded;
    point.created = QDateTime::currentDateTimeUtc();
    point.siteFolderModifiedNs = folderTime(request.siteFolder);
    for (auto *part : {&preserve, &recordFiles, &dump}) {
        if (const auto done = (*part)(request, point, monitor); !done)
            return done.failure();
    }
    point.verified = QDateTime::currentDateTimeUtc();
    if (const auto written = writeRecipe(point, request.database); !written)
        return written.failure();
    const auto json = QJsonDocument(toJson(point)).toJson();
    if (const auto written = writeDurably(manifestFile(point.folder), json); !written)
        return written.failure();
    return point;
}

} // namespace

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

Result<RestorePoint> createRestorePoint(const RestorePointRequest &request, Monitor &monitor)
{
    if (QFileInfo::exists(manifestFile(request.folder))) {
        auto point = readRestorePoint(request.folder);
        if (!point)
            return point.failure();
        if (const auto whole = verifyDump(point->databaseFolder(), monitor); !whole)
            return whole.failure();
        return point;
    }
    if (const auto removed = removeTree(request.folder, monitor); !removed)
        return removed.failure();
    if (const auto made = makePrivateFolder(request.folder); !made)
        return made.failure();
    return build(request, monitor);
}

Result<RestorePoint> readRestorePoint(const QString &folder)
{
    const auto file = manifestFile(folder);
    const auto json = readObject(file);
    if (!json)
        return json.failure();
    if (const auto format = json->value("format"_L1).toInt(); format != FormatVersion) {
        return unreadable(file,
                          format > FormatVersion ? text("it was written by a newer Banister")
                                                 : text("it does not say which format it has"));
    }
    const auto string = [&json](QLatin1StringView key) { return json->value(key).toString(); };
    const auto number = [&json](QLatin1StringView key) { return json->value(key).toInteger(); };
    const auto time = [&string](QLatin1StringView key) {
        return QDateTime::fromString(string(key), Qt::ISODate).toUTC();
    };
    RestorePoint point;
    point.folder = QDir::cleanPath(folder);
    point.product = string("product"_L1);
    point.version = string("version"_L1);
    point.siteFolder = string("site"_L1);
    point.tablePrefix = string("tablePrefix"_L1);
    point.databaseName = string("database"_L1);
    point.created = time("created"_L1);
    point.verified = time("verified"_L1);
    point.preserved = strings(json->value("preserved"_L1));
    point.excluded = strings(json->value("excluded"_L1));
    point.siteFolderModifiedNs = number("siteFolderModifiedNs"_L1);
    point.fileCount = number("files"_L1);
    point.fileBytes = number("fileBytes"_L1);
    point.tableCount = number("tables"_L1);
    point.rowCount = number("rows"_L1);
    if (!point.created.isValid() || point.siteFolder.isEmpty())
        return unreadable(file, text("it lacks the time or the site"));
    return point;
}

bool isUnfinished(const QString &folder)
{
    return QFileInfo(folder).isDir() && !QFileInfo::exists(manifestFile(folder));
}

QList<RestorePoint> restorePointsIn(const QString &folder)
{
    QList<RestorePoint> points;
    const auto names = QDir(folder).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const auto &name : names) {
        if (auto point = readRestorePoint(folder + u'/' + name))
            points.append(std::move(point).value());
    }
    std::sort(points.begin(), points.end(), [](const auto &left, const auto &right) {
        return left.created > right.created;
    });
    return points;
}

Result<> noteVerified(RestorePoint &point)
{
    point.verified = QDateTime::currentDateTimeUtc();
    return writeDurably(manifestFile(point.folder), QJsonDocument(toJson(point)).toJson());
}

Result<> recordMove(const QString &pointFolder, const MoveRecord &record)
{
    const auto encode = [](const QList<QByteArray> &names) {
        QJsonArray array;
        for (const auto &name : names)
            array.append(QString::fromLatin1(name.toPercentEncoding()));
        return array;
    };
    const QJsonObject json{{u"out"_s, encode(record.out)},
                           {u"in"_s, encode(record.in)},
                           {u"holding"_s, QJsonArray::fromStringList(record.holding)}};
    const auto point = readRestorePoint(pointFolder);
    if (!point)
        return point.failure();
    if (auto written = writeFilesScript(*point, record); !written)
        return written;
    return writeDurably(pointFolder + u"/moved.json"_s, QJsonDocument(json).toJson());
}

Result<MoveRecord> readMove(const QString &pointFolder)
{
    const auto file = pointFolder + u"/moved.json"_s;
    if (!QFileInfo::exists(file))
        return MoveRecord{};
    const auto json = readObject(file);
    if (!json)
        return json.failure();
    const auto decode = [&json](QLatin1StringView key) {
        QList<QByteArray> names;
        const auto array = json->value(key).toArray();
        for (const auto &name : array)
            names.append(QByteArray::fromPercentEncoding(name.toString().toLatin1()));
        return names;
    };
    return MoveRecord{decode("out"_L1), decode("in"_L1), strings(json->value("holding"_L1))};
}

} // namespace Banister
