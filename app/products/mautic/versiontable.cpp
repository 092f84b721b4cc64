// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/versiontable.h"

#include "database/connection.h"

using namespace Qt::StringLiterals;

namespace Banister {

Result<QStringList> recordedVersions(const DatabaseSettings &database, const QString &tablePrefix)
{
    auto connection = Connection::open(database);
    if (!connection)
        return connection.failure();
    const auto table = tablePrefix + u"migrations"_s;
    const auto exists = connection->scalar(
        u"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND "
        "table_name = %1"_s.arg(quoteValue(table)));
    if (!exists)
        return exists.failure();
    if (exists->toInt() == 0)
        return QStringList();
    const auto rows =
        connection->rows(u"SELECT version FROM %1 ORDER BY version"_s.arg(quoteName(table)));
    if (!rows)
        return rows.failure();
    QStringList versions;
    for (const auto &row : *rows)
        versions.append(row.constFirst().toString());
    return versions;
}

} // namespace Banister
