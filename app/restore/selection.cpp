// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/selection.h"

#include "database/dumpmanifest.h"
#include "files/treemanifest.h"
#include "restore/location.h"
#include "restore/moverecord.h"
#include "restore/pointfile.h"
#include "restore/restoreerror.h"
#include "restore/restorepoint.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("RollbackPlan", sentence);
}

Error notInPoint(const QString &fact)
{
    return {RestoreError::NotInPoint, fact, {}, {}};
}

} // namespace

bool RollbackSelection::includes(const QByteArray &path) const
{
    if (!files || paths.isEmpty())
        return files;
    QList<QByteArray> chosen;
    for (const auto &name : paths)
        chosen.append(QFile::encodeName(name));
    return liesIn(path, chosen);
}

QJsonObject RollbackSelection::toJson() const
{
    return {{u"files"_s, files},
            {u"database"_s, database},
            {u"paths"_s, QJsonArray::fromStringList(paths)},
            {u"tables"_s, QJsonArray::fromStringList(tables)}};
}

RollbackSelection RollbackSelection::fromJson(const QJsonObject &json)
{
    return {json.value("files"_L1).toBool(true),
            json.value("database"_L1).toBool(true),
            stringsOf(json.value("paths"_L1)),
            stringsOf(json.value("tables"_L1))};
}

Result<>
checkNames(const RestorePoint &point, const QString &siteFolder, const RollbackSelection &selection)
{
    const auto dump = readDumpManifest(point.databaseFolder());
    if (!dump)
        return dump.failure();
    for (const auto &table : selection.tables) {
        if (!dump->table(table))
            return notInPoint(text("The restore point has no table %1.").arg(table));
    }
    if (selection.paths.isEmpty())
        return Success;
    const auto recorded = readTreeManifest(point.filesManifest());
    if (!recorded)
        return recorded.failure();
    for (const auto &name : selection.paths) {
        const auto path = QFile::encodeName(name);
        if (!findIn(*recorded, path) && !entryExists(siteFolder, path))
            return notInPoint(QCoreApplication::translate(
                                  "RollbackPlan", "Neither the restore point nor the site has %1.")
                                  .arg(name));
    }
    return Success;
}

} // namespace Banister
