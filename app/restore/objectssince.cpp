// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/objectssince.h"

#include "database/connection.h"
#include "database/dumpmanifest.h"
#include "database/presentobjects.h"
#include "files/durable.h"
#include "restore/pointfile.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString objectsFile(const RestorePoint &point)
{
    return point.folder + u"/objects.json"_s;
}

Result<QStringList> presentTitles(const RestorePoint &point, const DatabaseSettings &database)
{
    auto connection = Connection::open(database);
    if (!connection)
        return connection.failure();
    const auto objects = presentObjects(*connection, point.tablePrefix);
    if (!objects)
        return objects.failure();
    QStringList titles;
    for (const auto &object : *objects)
        titles.append(object.title());
    return titles;
}

} // namespace

Result<> recordObjects(const RestorePoint &point,
                       const DatabaseSettings &database,
                       const QStringList &except)
{
    auto present = presentTitles(point, database);
    if (!present)
        return present.failure();
    present->removeIf([&except](const QString &object) {
        return std::any_of(except.begin(), except.end(), [&object](const QString &kind) {
            return object.startsWith(kind + u' ');
        });
    });
    const QJsonObject json{{u"objects"_s, QJsonArray::fromStringList(*present)}};
    return writeDurably(objectsFile(point), QJsonDocument(json).toJson());
}

Result<QStringList> objectsSince(const RestorePoint &point, const DatabaseSettings &database)
{
    if (!QFileInfo::exists(objectsFile(point)))
        return QStringList();
    const auto json = readPointObject(objectsFile(point));
    if (!json)
        return json.failure();
    const auto dump = readDumpManifest(point.databaseFolder());
    if (!dump)
        return dump.failure();
    auto since = presentTitles(point, database);
    if (!since)
        return since.failure();
    const auto ofTheRun = stringsOf(json->value("objects"_L1));
    since->removeIf([&](const QString &object) {
        return ofTheRun.contains(object) || dump->table(object) || dump->objects.contains(object);
    });
    return since;
}

} // namespace Banister
