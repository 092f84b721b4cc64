// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/schema.h"

#include "database/databaseerror.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <memory>
#include <mysql.h>
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
        u"SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_KEY, EXTRA FROM "
        "information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()%1 "
        "ORDER BY TABLE_NAME, ORDINAL_POSITION"_s.arg(hasPrefix(u"TABLE_NAME"_s, tablePrefix)));
    if (!rows)
        return rows.failure();
    for (const auto &row : *rows) {
        auto *table = tables.value(row.at(0).toString());
        const auto extra = row.at(4).toString();
        const bool isGenerated =
            extra.contains("GENERATED"_L1) && !extra.contains("DEFAULT_GENERATED"_L1);
        if (!table || isGenerated)
            continue;
        const auto type = row.at(2).toString().toLower();
        table->columns.append({row.at(1).toString(), kindOf(type), type == "float"_L1});
    }
    const auto keys = connection.rows(
        u"SELECT s.TABLE_NAME, s.COLUMN_NAME FROM information_schema.STATISTICS s JOIN "
        "information_schema.COLUMNS c ON c.TABLE_SCHEMA = s.TABLE_SCHEMA AND c.TABLE_NAME = "
        "s.TABLE_NAME AND c.COLUMN_NAME = s.COLUMN_NAME WHERE s.TABLE_SCHEMA = DATABASE() AND "
        "s.INDEX_NAME = 'PRIMARY' AND s.SEQ_IN_INDEX = 1 AND c.DATA_TYPE IN ('tinyint', "
        "'smallint', "
        "'mediumint', 'int', 'bigint')%1"_s.arg(hasPrefix(u"s.TABLE_NAME"_s, tablePrefix)));
    if (!keys)
        return keys.failure();
    for (const auto &row : *keys) {
        if (auto *table = tables.value(row.at(0).toString()))
            table->chunkColumn = row.at(1).toString();
    }
    return Success;
}

/// One row as the bytes that the server holds, whatever their character set.
Result<QList<QByteArray>> rawRow(Connection &connection, const QByteArray &statement)
{
    auto *const handle = connection.handle();
    const auto failed = [&] { return connection.lastError(QString::fromUtf8(statement)); };
    if (::mysql_real_query(handle, statement.constData(), ulong(statement.size())) != 0)
        return failed();
    const std::unique_ptr<MYSQL_RES, decltype(&::mysql_free_result)> result(
        ::mysql_store_result(handle), &::mysql_free_result);
    if (!result)
        return failed();
    QList<QByteArray> values;
    if (const auto row = ::mysql_fetch_row(result.get())) {
        const auto *lengths = ::mysql_fetch_lengths(result.get());
        const auto count = ::mysql_num_fields(result.get());
        for (uint index = 0; index < count; ++index)
            values.append(QByteArray(row[index], row[index] ? qsizetype(lengths[index]) : 0));
    }
    return values;
}

struct ObjectList
{
    SchemaObject::Kind kind;
    QString names; ///< statement that lists them
};

// Where SHOW CREATE puts what is needed: it differs from kind to kind.
struct ObjectColumns
{
    int sqlMode;
    int definition;
    int characterSet;
    int collation;
    int timeZone;
};

ObjectColumns columnsOf(SchemaObject::Kind kind)
{
    switch (kind) {
    case SchemaObject::Kind::View:
        return {-1, 1, 2, 3, -1};
    case SchemaObject::Kind::Event:
        return {1, 3, 4, 5, 2};
    case SchemaObject::Kind::Trigger:
    case SchemaObject::Kind::Procedure:
    case SchemaObject::Kind::Function:
        return {1, 2, 3, 4, -1};
    }
    return {};
}

Result<SchemaObject>
readObject(Connection &connection, SchemaObject::Kind kind, const QString &name)
{
    const auto row = rawRow(
        connection, "SHOW CREATE " + keywordOf(kind).toUpper() + ' ' + quoteName(name).toUtf8());
    if (!row)
        return row.failure();
    const auto places = columnsOf(kind);
    const auto at = [&row](int index) { return index < 0 ? QByteArray() : row->value(index); };
    SchemaObject object{kind,
                        name,
                        at(places.definition),
                        at(places.sqlMode),
                        at(places.characterSet),
                        at(places.collation),
                        at(places.timeZone)};
    if (object.definition.isEmpty()) {
        return Error{DatabaseError::NoRights,
                     QCoreApplication::translate(
                         "Schema", "The database user may not read the definition of the %1 %2.")
                         .arg(QString::fromLatin1(keywordOf(kind)), name),
                     {},
                     {}};
    }
    return object;
}

Result<> readObjects(Connection &connection, const QString &tablePrefix, Schema &schema)
{
    const auto like = [&tablePrefix](const char *column) {
        return hasPrefix(QString::fromLatin1(column), tablePrefix);
    };
    const QList<ObjectList> lists{
        {SchemaObject::Kind::View,
         u"SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()"_s
             + like("TABLE_NAME")},
        {SchemaObject::Kind::Trigger,
         u"SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"_s
             + like("EVENT_OBJECT_TABLE")
             + u" ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER"_s},
        {SchemaObject::Kind::Function,
         u"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() "
         "AND ROUTINE_TYPE = 'FUNCTION'"_s
             + like("ROUTINE_NAME")},
        {SchemaObject::Kind::Procedure,
         u"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() "
         "AND ROUTINE_TYPE = 'PROCEDURE'"_s
             + like("ROUTINE_NAME")},
        {SchemaObject::Kind::Event,
         u"SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"_s
             + like("EVENT_NAME")}};
    QList<std::pair<SchemaObject::Kind, QString>> found;
    for (const auto &list : lists) {
        const auto names = connection.rows(list.names);
        if (!names)
            return names.failure();
        for (const auto &row : *names)
            found.append({list.kind, row.constFirst().toString()});
    }
    // Bodies come as they were stored, in the character set of whoever made them.
    if (const auto set = connection.execute("SET SESSION character_set_results = NULL"); !set)
        return set.failure();
    for (const auto &[kind, name] : std::as_const(found)) {
        auto object = readObject(connection, kind, name);
        if (!object)
            return object.failure();
        schema.objects.append(std::move(object).value());
    }
    return connection.execute("SET SESSION character_set_results = utf8mb4");
}

/// Functions before the views that may call them, views after those that they read.
void sortObjects(QList<SchemaObject> &objects)
{
    QList<SchemaObject> sorted;
    QList<SchemaObject> views;
    for (const auto kind : {SchemaObject::Kind::Function, SchemaObject::Kind::Procedure}) {
        std::copy_if(objects.begin(),
                     objects.end(),
                     std::back_inserter(sorted),
                     [kind](const auto &o) { return o.kind == kind; });
    }
    std::copy_if(objects.begin(), objects.end(), std::back_inserter(views), [](const auto &o) {
        return o.kind == SchemaObject::Kind::View;
    });
    while (!views.isEmpty()) {
        const auto reads = [](const SchemaObject &view, const SchemaObject &other) {
            return view.name != other.name
                   && view.definition.contains(quoteName(other.name).toUtf8());
        };
        auto next = std::find_if(views.begin(), views.end(), [&](const auto &view) {
            return std::none_of(
                views.begin(), views.end(), [&](const auto &other) { return reads(view, other); });
        });
        if (next == views.end())
            next = views.begin(); // a name in a text only looks like a circle
        sorted.append(*next);
        views.erase(next);
    }
    for (const auto kind : {SchemaObject::Kind::Trigger, SchemaObject::Kind::Event}) {
        std::copy_if(objects.begin(),
                     objects.end(),
                     std::back_inserter(sorted),
                     [kind](const auto &o) { return o.kind == kind; });
    }
    objects = sorted;
}

} // namespace

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

QByteArray keywordOf(SchemaObject::Kind kind)
{
    switch (kind) {
    case SchemaObject::Kind::View:
        return "view";
    case SchemaObject::Kind::Trigger:
        return "trigger";
    case SchemaObject::Kind::Procedure:
        return "procedure";
    case SchemaObject::Kind::Function:
        return "function";
    case SchemaObject::Kind::Event:
        return "event";
    }
    return {};
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
    if (tablePrefix.isEmpty())
        return {};
    // LEFT and BINARY: in LIKE an underscore is a wildcard.
    return u" AND BINARY LEFT(%1, %2) = BINARY %3"_s.arg(
        column, QString::number(tablePrefix.size()), quoteValue(tablePrefix));
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
        const auto row = rawRow(connection, "SHOW CREATE TABLE " + quoteName(table.name).toUtf8());
        if (!row)
            return row.failure();
        table.definition = row->value(1);
    }
    if (const auto read = readObjects(connection, tablePrefix, *schema); !read)
        return read.failure();
    sortObjects(schema->objects);
    return schema;
}

} // namespace Banister
