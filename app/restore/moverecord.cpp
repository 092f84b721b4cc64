// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/moverecord.h"

#include "files/durable.h"
#include "restore/pointfile.h"
#include "restore/recipe.h"
#include "restore/restorepoint.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QJsonArray encoded(const QList<QByteArray> &paths)
{
    QJsonArray array;
    for (const auto &path : paths)
        array.append(QString::fromLatin1(path.toPercentEncoding("/")));
    return array;
}

QList<QByteArray> decoded(const QJsonValue &array)
{
    QList<QByteArray> paths;
    const auto values = array.toArray();
    for (const auto &value : values)
        paths.append(QByteArray::fromPercentEncoding(value.toString().toLatin1()));
    return paths;
}

} // namespace

Result<QStringList> foldersHeldBy(const QStringList &pointFolders)
{
    QStringList held;
    for (const auto &folder : pointFolders) {
        const auto move = readMove(folder);
        if (!move)
            return move.failure();
        held += move->holding;
    }
    held.removeDuplicates();
    return held;
}

QList<QByteArray> topEntriesOf(const Tree &tree)
{
    QList<QByteArray> paths;
    for (const auto &entry : tree) {
        if (!entry.path.contains('/'))
            paths.append(entry.path);
    }
    return paths;
}

bool liesIn(const QByteArray &path, const QList<QByteArray> &others)
{
    return std::any_of(others.begin(), others.end(), [&path](const QByteArray &other) {
        return path == other || (path.startsWith(other) && path.at(other.size()) == '/');
    });
}

bool MoveRecord::takesOut(const QByteArray &path) const
{
    return liesIn(path, out);
}

Result<> recordMove(const QString &pointFolder, const MoveRecord &record)
{
    const auto point = readRestorePoint(pointFolder);
    if (!point)
        return point.failure();
    if (auto written = writeFilesScript(*point, record); !written)
        return written;
    return noteMove(pointFolder, record);
}

Result<> noteMove(const QString &pointFolder, const MoveRecord &record)
{
    const QJsonObject json{{u"out"_s, encoded(record.out)},
                           {u"in"_s, encoded(record.in)},
                           {u"holding"_s, QJsonArray::fromStringList(record.holding)}};
    return writeDurably(pointFolder + u"/moved.json"_s, QJsonDocument(json).toJson());
}

Result<MoveRecord> readMove(const QString &pointFolder)
{
    const auto file = pointFolder + u"/moved.json"_s;
    if (!QFileInfo::exists(file))
        return MoveRecord{};
    const auto json = readPointObject(file);
    if (!json)
        return json.failure();
    return MoveRecord{decoded(json->value("out"_L1)),
                      decoded(json->value("in"_L1)),
                      stringsOf(json->value("holding"_L1))};
}

} // namespace Banister
