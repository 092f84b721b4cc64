// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/pointnotes.h"

#include "files/durable.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 LargestNotes = 1024 * 1024;

QString notesFile(const QString &pointFolder)
{
    return pointFolder + u"/notes.json"_s;
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODate).toUTC();
}

} // namespace

PointNotes readPointNotes(const QString &pointFolder)
{
    const auto bytes = readWhole(notesFile(pointFolder), LargestNotes);
    if (!bytes)
        return {};
    const auto json = QJsonDocument::fromJson(*bytes).object();
    return {json.value("name"_L1).toString(),
            json.value("frozen"_L1).toBool(),
            timeOf(json.value("verified"_L1)),
            timeOf(json.value("used"_L1))};
}

Result<> writePointNotes(const QString &pointFolder, const PointNotes &notes)
{
    const QJsonObject json{{u"name"_s, notes.name},
                           {u"frozen"_s, notes.isFrozen},
                           {u"verified"_s, notes.verified.toString(Qt::ISODate)},
                           {u"used"_s, notes.used.toString(Qt::ISODate)}};
    WriteOptions options;
    options.mode = 0600;
    return writeDurably(notesFile(pointFolder), QJsonDocument(json).toJson(), options);
}

} // namespace Banister
