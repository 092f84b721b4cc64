// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/pointfile.h"

#include "files/durable.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace Banister {

namespace {

constexpr qint64 LargestFile = 64LL * 1024 * 1024;

QString text(const char *sentence)
{
    return QCoreApplication::translate("RestorePoint", sentence);
}

} // namespace

Error unusablePointFile(const QString &file, const QString &problem)
{
    return {RestoreError::PointUnreadable,
            text("The restore point's file %1 cannot be used: %2.").arg(file, problem),
            {},
            {}};
}

Result<QJsonObject> readPointObject(const QString &file)
{
    auto bytes = readWhole(file, LargestFile);
    if (!bytes)
        return because(unusablePointFile(file, text("it cannot be read")), bytes.failure());
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(*bytes, &problem);
    if (!document.isObject())
        return unusablePointFile(file, problem.errorString());
    return document.object();
}

QStringList stringsOf(const QJsonValue &array)
{
    QStringList list;
    const auto values = array.toArray();
    for (const auto &value : values)
        list.append(value.toString());
    return list;
}

} // namespace Banister
