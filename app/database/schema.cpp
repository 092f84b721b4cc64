// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/schema.h"

#include "database/schemaobjects.h"
#include "database/staging.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

ColumnKind kindOf(const QString &type)
{
    static const QSet<QString> numbers{u"tinyint"_s,
                                       u"smallint"_s,
                                       u"mediumint"_s,
                                       u"int"_s,
                                       u"bigint"_s,
                                       u"decimal"_s,
                                       u"float"_s,
                                       u"double"_s,
                                       u"year"_s};
    static const QSet<QString> binaries{u"bit"_s,
                                        u"binary"_s,
                                        u"varbinary"_s,
                                        u"tinyblob"_s,
                                        u"blob"_s,
                                        u"mediumblob"_s,
                                        u"longblob"_s,
                                        u"geometry"_s,
                                        u"point"_s,
                                        u"linestring"_s,
                                        u"polygon"_s,
                                        u"multipoint"_s,
                                        u"multilinestring"_s,
                                        u"multipolygon"_s,
                                        u"geometrycollection"_s,
                                        u"geomcollection"_s,
                                        u"vector"_s};
    if (numbers.contains(type))
        return ColumnKind::Number;
    return binaries.contains(type) ? ColumnKind::Binary : ColumnKind::Text;
}

Result<> readColumns(Connection &connection, const QString &tablePrefix, Schema &schema)
{
    QHash<QString, SchemaTable *> tables;
    for (auto &table : schema.tables)
        tables.insert(table.name, &table);
    const auto rows = connection.rows(
        u"SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, EXTRA, CHARACTER_SET_NAME FROM "
        "information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()%1 "
        "ORDER BY TABLE_NAME, ORDINAL_POSITION"_s.arg(hasPrefix(u"TABLE_NAME"_s, tablePrefix)));
    if (!rows)
        return rows.failure();
    static const QSet<QString> integerTypes{
        u"tinyint"_s, u"smallint"_s, u"mediumint"_s, u"int"_s, u"bigint"_s};
    QSet<std::pair<QString, QString>> integers;
    for (const auto &row : *rows) {
        auto *table = tables.value(row.at(0).toString());
        if (integerTypes.contains(row.at(2).toString().toLower()))
            integers.insert({row.at(0).toString(), row.at(1).toString()});
        const auto extra = row.at(4).toString();
        const bool isGenerated =
            extra.contains("GENERATED"_L1) && !extra.contains("DEFAULT_GENERATED"_L1);
        if (!table || isGenerated)
            continue;
        table->columns.append(schemaColumn(row.at(1).toString(),
                                           row.at(2).toString().toLower(),
                                           row.at(3).toString(),
                                           row.at(5).toString().toLatin1()));
    }
    // Not joined with COLUMNS: the server reads that once more for each row of a join.
    const auto keys = connection.rows(
        u"SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = "
        "DATABASE() AND INDEX_NAME = 'PRIMARY' AND SEQ_IN_INDEX = 1%1"_s.arg(
            hasPrefix(u"TABLE_NAME"_s, tablePrefix)));
    if (!keys)
        return keys.failure();
    for (const auto &key : *keys) {
        auto *table = tables.value(key.at(0).toString());
        if (table && integers.contains({table->name, key.at(1).toString()}))
            table->chunkColumn = key.at(1).toString();
    }
    return Success;
}

} // namespace

SchemaColumn schemaColumn(const QString &name,
                          const QString &type,
                          const QString &wholeType,
                          const QByteArray &characterSet)
{
    SchemaColumn column{name, kindOf(type), quoteName(name).toUtf8(), {}};
    // What is utf8mb4 as it is stored.
    static const QSet<QByteArray> same{"", "utf8", "utf8mb3", "utf8mb4", "binary"};
    // In non-strict mode an ENUM can hold a wrong value, which reads like an empty one.
    static const QRegularExpression hasEmptyValue(u"[(,]''[,)]"_s);
    if (type == "float"_L1) {
        column.expression += "+0e0"; // FLOAT prints six digits only
    } else if (type == "enum"_L1 && wholeType.contains(hasEmptyValue)) {
        column.kind = ColumnKind::Number;
        column.expression += "+0";
    } else if (column.kind == ColumnKind::Text && characterSet == "latin1") {
        // The server turns it into utf8mb4 and back without a loss.
        column.expression = "CONVERT(" + column.expression + " USING utf8mb4)";
    } else if (column.kind == ColumnKind::Text && !same.contains(characterSet)) {
        column.kind = ColumnKind::Encoded;
        column.introducer = '_' + characterSet;
        column.expression = "CAST(" + column.expression + " AS BINARY)";
    }
    return column;
}

qint64 Schema::rowsEstimate() const
{
    qint64 sum = 0;
    for (const auto &table : tables)
        sum += table.rowsEstimate;
    return sum;
}

qint64 Schema::bytesEstimate() const
{
    qint64 sum = 0;
    for (const auto &table : tables)
        sum += table.bytesEstimate;
    return sum;
}

QByteArray stableDefinition(const QByteArray &definition)
{
    // The options stand behind the last parenthesis; a comment of a column may look like one.
    const auto options = definition.lastIndexOf("\n) ");
    auto tail = QString::fromUtf8(definition.mid(std::max<qsizetype>(options, 0)));
    static const QRegularExpression counter(u" AUTO_INCREMENT=\\d+"_s);
    return definition.left(std::max<qsizetype>(options, 0)) + tail.remove(counter).toUtf8();
}

QString hasPrefix(const QString &column, const QString &tablePrefix)
{
    const auto notStaged = notStagedName(column, tablePrefix);
    if (tablePrefix.isEmpty())
        return notStaged;
    // LEFT and BINARY: in LIKE an underscore is a wildcard. Servers on Windows and macOS, and others
    // that are told so, keep names in lower case or do not tell the cases apart.
    return u" AND IF(@@lower_case_table_names = 0, BINARY LEFT(%1, CHAR_LENGTH(%2)) = BINARY %2, "
           "LOWER(LEFT(%1, CHAR_LENGTH(%2))) = LOWER(%2))"_s.arg(column, quoteValue(tablePrefix))
           + notStaged;
}

Result<Schema> measureSchema(Connection &connection, const QString &tablePrefix)
{
    const auto rows =
        connection.rows(u"SELECT TABLE_NAME, ENGINE, TABLE_ROWS, DATA_LENGTH, AUTO_INCREMENT FROM "
                        "information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE "
                        "IN ('BASE TABLE', "
                        "'SYSTEM VERSIONED')%1 ORDER BY BINARY TABLE_NAME"_s.arg(
                            hasPrefix(u"TABLE_NAME"_s, tablePrefix)));
    if (!rows)
        return rows.failure();
    Schema schema;
    for (const auto &row : *rows) {
        SchemaTable table;
        table.name = row.at(0).toString();
        table.isTransactional = row.at(1).toString().compare("InnoDB"_L1, Qt::CaseInsensitive) == 0;
        table.rowsEstimate = row.at(2).toLongLong();
        table.bytesEstimate = row.at(3).toLongLong();
        table.autoIncrement = row.at(4).toLongLong();
        schema.tables.append(table);
    }
    return schema;
}

Result<Schema> readSchema(Connection &connection, const QString &tablePrefix)
{
    auto schema = measureSchema(connection, tablePrefix);
    if (!schema)
        return schema.failure();
    if (const auto read = readColumns(connection, tablePrefix, *schema); !read)
        return read.failure();
    for (auto &table : schema->tables) {
        const auto rows = connection.rows(u"SHOW CREATE TABLE "_s + quoteName(table.name));
        if (!rows)
            return rows.failure();
        table.definition = rows->constFirst().at(1).toString().toUtf8();
    }
    auto objects = readSchemaObjects(connection, tablePrefix);
    if (!objects)
        return objects.failure();
    schema->objects = std::move(objects).value();
    return schema;
}

} // namespace Banister
