// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/halfdone.h"

#include "database/connection.h"
#include "products/mautic/versiontable.h"

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

Result<bool> hasColumn(Connection &connection, const QString &table, const QString &column)
{
    const auto count = connection.scalar(
        u"SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND "
        "table_name = %1 AND column_name = %2"_s.arg(quoteValue(table), quoteValue(column)));
    if (!count)
        return count.failure();
    return count->toInt() > 0;
}

Result<bool> hasIndex(Connection &connection, const QString &table, const QString &index)
{
    const auto count = connection.scalar(
        u"SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND "
        "table_name = %1 AND index_name = %2"_s.arg(quoteValue(table), quoteValue(index)));
    if (!count)
        return count.failure();
    return count->toInt() > 0;
}

Result<> change(Connection &connection, const QString &statement, StepContext &context)
{
    context.log(u"Finishing an interrupted migration: "_s + statement);
    if (const auto noted = context.intend({{u"finishes"_s, statement}}); !noted)
        return noted.failure();
    return connection.execute(statement.toUtf8());
}

Result<> dropSecondColumn(Connection &connection, const QString &prefix, StepContext &context)
{
    const auto table = prefix + u"companies_leads"_s;
    const auto first = hasColumn(connection, table, u"manually_added"_s);
    if (!first)
        return first.failure();
    const auto second = hasColumn(connection, table, u"manually_removed"_s);
    if (!second)
        return second.failure();
    if (*first || !*second)
        return Success;
    return change(
        connection, u"ALTER TABLE %1 DROP manually_removed"_s.arg(quoteName(table)), context);
}

Result<> dropUnrecordedIndex(Connection &connection, const QString &prefix, StepContext &context)
{
    const auto table = prefix + u"lead_donotcontact"_s;
    const auto index = prefix + u"dnc_channel_id_search"_s;
    const auto exists = hasIndex(connection, table, index);
    if (!exists)
        return exists.failure();
    if (!*exists)
        return Success;
    return change(
        connection, u"DROP INDEX %1 ON %2"_s.arg(quoteName(index), quoteName(table)), context);
}

} // namespace

Result<> finishHalfDoneMigrations(const MauticUpgrade &upgrade, StepContext &context)
{
    const auto recorded = recordedVersions(upgrade.database, upgrade.tablePrefix);
    if (!recorded)
        return recorded.failure();
    auto connection = Connection::open(upgrade.database);
    if (!connection)
        return connection.failure();
    if (const auto done = dropSecondColumn(*connection, upgrade.tablePrefix, context); !done)
        return done.failure();
    if (recorded->contains(u"20200227110431"_s))
        return Success;
    return dropUnrecordedIndex(*connection, upgrade.tablePrefix, context);
}

} // namespace Banister
