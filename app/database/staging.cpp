// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/staging.h"

#include <QByteArrayList>
#include <QCoreApplication>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString beginOf(Staging::Half half, const QString &prefix)
{
    return prefix + (half == Staging::Half::Incoming ? u"banister_new_"_s : u"banister_old_"_s);
}

/// Servers may keep names in lower case, or not tell the cases apart.
QString beginsWith(const QString &column, const QString &begin)
{
    return u"LOWER(LEFT(%1, %2)) = LOWER(%3)"_s.arg(
        column, QString::number(begin.size()), quoteValue(begin));
}

QByteArray renaming(const QString &from, const QString &to)
{
    return quoteName(from).toUtf8() + " TO " + quoteName(to).toUtf8();
}

} // namespace

Staging::Staging(const DumpManifest &manifest)
    : m_prefix(manifest.tablePrefix)
{
    for (const auto &table : manifest.tables)
        m_names.insert(table.name,
                       beginOf(Half::Incoming, m_prefix) + QString::number(m_names.size() + 1));
}

QByteArray Staging::staged(const QByteArray &statement, const QString &table) const
{
    const auto own = quoteName(table).toUtf8();
    const auto at =
        statement.indexOf(own); // "CREATE TABLE", "ALTER TABLE", "INSERT INTO" before it
    auto result = statement;
    return at < 0 ? result
                  : result.replace(at, own.size(), quoteName(m_names.value(table)).toUtf8());
}

Result<> Staging::swap(Connection &connection,
                       const QList<PresentObject> &replaced,
                       const LockPatience &patience,
                       const Monitor &monitor) const
{
    if (auto cleared = clear(connection, m_prefix, Half::Replaced); !cleared)
        return cleared;
    QByteArrayList names;
    for (const auto &object : replaced) {
        if (object.kind == PresentObject::Kind::Table)
            names.append(
                renaming(object.name,
                         beginOf(Half::Replaced, m_prefix) + QString::number(names.size() + 1)));
    }
    for (auto it = m_names.begin(); it != m_names.end(); ++it)
        names.append(renaming(it.value(), it.key()));
    if (names.isEmpty())
        return Success;
    const auto statement = "RENAME TABLE " + names.join(", ");
    return withPatience(patience, monitor, [&] {
        return connection.execute(
            statement, QCoreApplication::translate("Staging", "the change to the loaded tables"));
    });
}

Result<> Staging::clear(Connection &connection, const QString &prefix, Half half)
{
    const auto rows =
        connection.rows(u"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                        "DATABASE() AND "_s
                        + beginsWith(u"TABLE_NAME"_s, beginOf(half, prefix)));
    if (!rows)
        return rows.failure();
    for (const auto &row : *rows) {
        const PresentObject table{PresentObject::Kind::Table, row.constFirst().toString()};
        if (auto dropped = connection.execute(table.dropStatement(), table.name); !dropped)
            return dropped;
    }
    return Success;
}

Result<QString> obstacleToStaging(Connection &connection,
                                  const DumpSelection &selection,
                                  const RestoreNeeds &needs,
                                  const QList<PresentObject> &replaced)
{
    if (!selection.isAll())
        return u"tables that stay may refer to those that come back"_s;
    if (needs.holdsNames)
        return u"names of checks or foreign keys can be there once only"_s;
    const auto &parts = selection.manifest().parts;
    if (std::any_of(parts.begin(), parts.end(), [](const DumpPart &part) {
            return part.kind == DumpPart::Kind::Sequences;
        }))
        return u"tables take numbers from sequences"_s;
    QSet<QString> tables;
    for (const auto &object : replaced) {
        if (object.kind == PresentObject::Kind::Table)
            tables.insert(object.name);
    }
    // A reference follows a table that is renamed, and would be lost with it.
    const auto references =
        connection.rows(u"SELECT TABLE_NAME, REFERENCED_TABLE_NAME, CONSTRAINT_SCHEMA = DATABASE() "
                        u"FROM information_schema.REFERENTIAL_CONSTRAINTS "
                        "WHERE UNIQUE_CONSTRAINT_SCHEMA = DATABASE()"_s);
    if (!references)
        return references.failure();
    for (const auto &row : *references) {
        const bool stays = !row.at(2).toBool() || !tables.contains(row.at(0).toString());
        if (stays && tables.contains(row.at(1).toString()))
            return u"the table %1, which stays, refers to %2"_s.arg(row.at(0).toString(),
                                                                    row.at(1).toString());
    }
    return QString();
}

QString notStagedName(const QString &column, const QString &prefix)
{
    return u" AND NOT %1 AND NOT %2"_s.arg(
        beginsWith(column, beginOf(Staging::Half::Incoming, prefix)),
        beginsWith(column, beginOf(Staging::Half::Replaced, prefix)));
}

} // namespace Banister
