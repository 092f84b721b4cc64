// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/schemaobjects.h"

#include "database/databaseerror.h"
#include "database/schema.h"
#include "files/hash.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <iterator>
#include <memory>
#include <mysql.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using Kind = SchemaObject::Kind;

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

// Where SHOW CREATE puts what is needed: it differs from kind to kind.
struct ObjectColumns
{
    int sqlMode;
    int definition;
    int characterSet;
    int collation;
    int timeZone;
};

ObjectColumns columnsOf(Kind kind)
{
    switch (kind) {
    case Kind::Sequence:
        return {-1, 1, -1, -1, -1};
    case Kind::View:
        return {-1, 1, 2, 3, -1};
    case Kind::Event:
        return {1, 3, 4, 5, 2};
    case Kind::Trigger:
    case Kind::Procedure:
    case Kind::Function:
        return {1, 2, 3, 4, -1};
    }
    return {};
}

QByteArray keywordOf(Kind kind)
{
    switch (kind) {
    case Kind::Sequence:
        return "sequence";
    case Kind::View:
        return "view";
    case Kind::Trigger:
        return "trigger";
    case Kind::Procedure:
        return "procedure";
    case Kind::Function:
        return "function";
    case Kind::Event:
        return "event";
    }
    return {};
}

QString titleOf(Kind kind, const QString &name)
{
    return QString::fromLatin1(keywordOf(kind)) + u' ' + name;
}

/// The next value of a sequence. Numbers that the server has put aside for itself are passed over.
Result<> readState(Connection &connection, SchemaObject &sequence)
{
    const auto name = quoteName(sequence.name);
    const auto rows =
        connection.rows(u"SELECT next_not_cached_value, cycle_count FROM %1"_s.arg(name));
    if (!rows)
        return rows.failure();
    const auto &row = rows->constFirst();
    sequence.supplement =
        u"DO SETVAL(%1, %2, 0, %3)"_s.arg(name, row.at(0).toString(), row.at(1).toString())
            .toUtf8();
    return Success;
}

/// Whether the server can still work with the view. One that it cannot work with has lost a table,
/// a column or a function: error 1356.
Result<bool> isUsable(Connection &connection, const QString &view)
{
    const auto shown = connection.execute("SHOW FIELDS FROM " + quoteName(view).toUtf8());
    if (shown)
        return true;
    constexpr auto ViewInvalid = 1356;
    if (::mysql_errno(connection.handle()) == ViewInvalid)
        return false;
    return shown.failure();
}

Result<SchemaObject> readObject(Connection &connection, Kind kind, const QString &name)
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
    if (object.definition.isEmpty()) // the server's way to say that it is nobody's business
        return object;
    if (kind == Kind::Sequence) {
        if (const auto read = readState(connection, object); !read)
            return read.failure();
    } else if (kind == Kind::View) {
        const auto usable = isUsable(connection, name);
        if (!usable)
            return usable.failure();
        object.isUsable = *usable;
    }
    return object;
}

struct ObjectList
{
    Kind kind;
    QString names; ///< statement that lists them
};

QList<ObjectList> listsFor(const QString &tablePrefix)
{
    const auto like = [&tablePrefix](const char *column) {
        return hasPrefix(QString::fromLatin1(column), tablePrefix);
    };
    return {
        {Kind::Sequence,
         u"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
         "TABLE_TYPE = 'SEQUENCE'"_s
             + like("TABLE_NAME")},
        {Kind::Function,
         u"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = "
         "DATABASE() AND ROUTINE_TYPE = 'FUNCTION'"_s
             + like("ROUTINE_NAME")},
        {Kind::Procedure,
         u"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = "
         "DATABASE() AND ROUTINE_TYPE = 'PROCEDURE'"_s
             + like("ROUTINE_NAME")},
        {Kind::View,
         u"SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()"_s
             + like("TABLE_NAME")},
        {Kind::Trigger,
         u"SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = "
         "DATABASE()"_s
             + like("EVENT_OBJECT_TABLE")
             + u" ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER"_s},
        {Kind::Event,
         u"SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"_s
             + like("EVENT_NAME")}};
}

/// A view of the same columns that reads nothing.
Result<QByteArray> standIn(Connection &connection, const QString &view)
{
    const auto rows = connection.rows(
        u"SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND "
        "TABLE_NAME = %1 ORDER BY ORDINAL_POSITION"_s.arg(quoteValue(view)));
    if (!rows)
        return rows.failure();
    QByteArray columns;
    for (const auto &row : *rows) {
        columns += (columns.isEmpty() ? "1 AS " : ", 1 AS ")
                   + quoteName(row.constFirst().toString()).toUtf8();
    }
    return "CREATE OR REPLACE VIEW " + quoteName(view).toUtf8() + " AS SELECT " + columns;
}

/// The rest, of a circle, gets stand-ins.
Result<QList<SchemaObject>> orderViews(Connection &connection, const QList<SchemaObject> &views)
{
    auto [sorted, circular] = sortViews(views);
    for (auto &view : circular) {
        if (!view.isUsable)
            continue;
        const auto statement = standIn(connection, view.name);
        if (!statement)
            return statement.failure();
        view.supplement = *statement;
    }
    return sorted + circular;
}

constexpr QByteArrayView DefinerMark = " DEFINER=`";

/// Where " DEFINER=`a`@`b`" stands; an empty range where it does not. The server prints it in the
/// head, before the kind and the name, always with back quotes; a view has ALGORITHM before it.
std::pair<qsizetype, qsizetype> definerRange(const QByteArray &definition)
{
    const auto begin = definition.indexOf(DefinerMark);
    const auto head = definition.left(begin);
    if (begin < 0 || (head != "CREATE" && !head.startsWith("CREATE ALGORITHM=")))
        return {0, 0};
    auto end = begin + DefinerMark.size();
    const auto skipName = [&] {
        while (end < definition.size()) {
            if (definition.at(end++) != '`')
                continue;
            if (end >= definition.size() || definition.at(end) != '`')
                return;
            ++end; // a doubled back quote belongs to the name
        }
    };
    skipName();
    if (definition.sliced(end).startsWith("@`")) {
        end += 2;
        skipName();
    }
    return {begin, end};
}

Error hidden(const QString &account, const QStringList &titles)
{
    return {DatabaseError::DefinitionHidden,
            QCoreApplication::translate("Schema",
                                        "The database user %1 may not read the definition of: %2.")
                .arg(account, titles.join(u", "_s)),
            {},
            {}};
}

} // namespace

QByteArray SchemaObject::keyword() const
{
    return keywordOf(kind);
}

QString SchemaObject::title() const
{
    return titleOf(kind, name);
}

QByteArray SchemaObject::fingerprint() const
{
    Sha256 hash;
    hash.add(withoutDefiner(definition));
    if (kind == Kind::Sequence)
        hash.add(supplement);
    return hash.result();
}

QByteArray definerOf(const QByteArray &definition)
{
    const auto [begin, end] = definerRange(definition);
    if (begin == end)
        return {};
    constexpr auto behind = DefinerMark.size() - 1;
    return definition.mid(begin + behind, end - begin - behind);
}

SortedViews sortViews(QList<SchemaObject> views)
{
    SortedViews result;
    const auto reads = [](const SchemaObject &view, const SchemaObject &other) {
        return view.name != other.name && view.definition.contains(quoteName(other.name).toUtf8());
    };
    while (!views.isEmpty()) {
        const auto next = std::find_if(views.begin(), views.end(), [&](const auto &view) {
            return std::none_of(
                views.begin(), views.end(), [&](const auto &other) { return reads(view, other); });
        });
        if (next == views.end())
            break;
        result.sorted.append(*next);
        views.erase(next);
    }
    result.circular = std::move(views);
    return result;
}

QByteArray withoutDefiner(const QByteArray &definition)
{
    const auto [begin, end] = definerRange(definition);
    return definition.first(begin) + definition.sliced(end);
}

Result<QList<SchemaObject>> readSchemaObjects(Connection &connection, const QString &tablePrefix)
{
    QList<std::pair<Kind, QString>> found;
    for (const auto &list : listsFor(tablePrefix)) {
        const auto names = connection.rows(list.names);
        if (!names)
            return names.failure();
        for (const auto &row : *names)
            found.append({list.kind, row.constFirst().toString()});
    }
    // Bodies come as they were stored, in the character set of whoever made them.
    if (const auto set = connection.execute("SET SESSION character_set_results = NULL"); !set)
        return set.failure();
    QHash<Kind, QList<SchemaObject>> objects;
    QStringList unreadable;
    for (const auto &[kind, name] : std::as_const(found)) {
        auto object = readObject(connection, kind, name);
        const bool isHidden = object
                                  ? object->definition.isEmpty()
                                  : object.isError() && object.error().has(DatabaseError::NoRights);
        if (isHidden)
            unreadable.append(titleOf(kind, name));
        else if (!object)
            return object.failure();
        else
            objects[kind].append(std::move(object).value());
    }
    if (const auto set = connection.execute("SET SESSION character_set_results = utf8mb4"); !set)
        return set.failure();
    if (!unreadable.isEmpty()) {
        const auto account = connection.scalar(u"SELECT CURRENT_USER()"_s);
        return account ? hidden(account->toString(), unreadable) : account.failure();
    }
    auto views = orderViews(connection, objects.take(Kind::View));
    if (!views)
        return views.failure();
    return objects.value(Kind::Sequence) + objects.value(Kind::Function)
           + objects.value(Kind::Procedure) + *views + objects.value(Kind::Trigger)
           + objects.value(Kind::Event);
}

} // namespace Banister
