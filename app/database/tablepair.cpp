// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/tablepair.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace Banister {

namespace {

/// What stands in the type's parentheses: "10,2".
QByteArray argumentsOf(const QByteArray &type)
{
    const auto begin = type.indexOf('(');
    return begin < 0 ? QByteArray() : type.mid(begin + 1, type.indexOf(')', begin) - begin - 1);
}

QByteArray placesOf(const QByteArray &type)
{
    const auto arguments = argumentsOf(type).split(',');
    return arguments.size() > 1 ? arguments.at(1).trimmed() : QByteArray("0");
}

QByteArray textClass(const TableColumn &column)
{
    // What the dump writes as Unicode, whatever the column is stored in; see schemaColumn() in schema.cpp.
    static const QSet<QByteArray> readable{
        "", "utf8", "utf8mb3", "utf8mb4", "binary", "latin1", "ascii"};
    return readable.contains(column.characterSet) ? QByteArray("text") : column.characterSet;
}

QByteArray numberClass(const QByteArray &base, const QByteArray &type)
{
    if (type.contains(" zerofill"))
        return type; // the server prints the zeros
    if (base == "decimal")
        return placesOf(type) == "0" ? QByteArray("integer") : "decimal." + placesOf(type);
    if (base == "float" || argumentsOf(type).isEmpty())
        return "double";
    return "double." + placesOf(type);
}

bool isOneOf(const QStringList &all, const QStringList &few)
{
    return std::all_of(few.begin(), few.end(), [&](const auto &one) { return all.contains(one); });
}

/// The first key whose columns can be compared and which holds a key of then and one of now.
QStringList
commonKey(const TableDefinition &then, const TableDefinition &now, const QStringList &compared)
{
    const auto keysThen = then.rowKeys();
    const auto keysNow = now.rowKeys();
    const auto holds = [](const QStringList &key, const QList<QStringList> &keys) {
        return std::any_of(
            keys.begin(), keys.end(), [&](const auto &few) { return isOneOf(key, few); });
    };
    const auto candidates = keysThen + keysNow;
    for (const auto &key : candidates) {
        if (isOneOf(compared, key) && holds(key, keysThen) && holds(key, keysNow))
            return key;
    }
    return {};
}

} // namespace

QByteArray literalClass(const TableColumn &column)
{
    static const QSet<QByteArray> integers{
        "tinyint", "smallint", "mediumint", "int", "bigint", "year"};
    static const QSet<QByteArray> numbers{"decimal", "float", "double"};
    static const QSet<QByteArray> texts{
        "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "json", "set"};
    static const QSet<QByteArray> bytes{
        "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"};
    const auto base = column.baseType();
    if (integers.contains(base))
        return column.type.contains(" zerofill") ? column.type : QByteArray("integer");
    if (numbers.contains(base))
        return numberClass(base, column.type);
    if (texts.contains(base))
        return textClass(column);
    if (base == "enum") // one with an empty value is written as a number; see schemaColumn()
        return column.type.contains("(''") || column.type.contains(",''") ? column.type
                                                                          : textClass(column);
    if (bytes.contains(base))
        return "bytes";
    return column.type; // dates and times with their places, bits, places on earth, and the like
}

QStringList TablePair::keyNames() const
{
    return comparedNames().first(keyColumns);
}

QStringList TablePair::comparedNames() const
{
    QStringList names;
    for (qsizetype index = 0; index < comparedColumns; ++index)
        names.append(now.columns.at(index).name);
    return names;
}

TablePair pairTable(const TableDefinition &then, const SchemaTable &now)
{
    TablePair pair;
    pair.name = now.name;
    pair.then = then;
    pair.nowDefinition = parseTableDefinition(now.definition);
    pair.now = now;
    pair.now.columns.clear();
    pair.asDumped = pair.now;
    QHash<QString, SchemaColumn> present;
    for (const auto &column : now.columns)
        present.insert(column.name, column);
    QStringList compared;
    pair.isWhole = true;
    for (const auto &column : then.columns) {
        const auto *today = pair.nowDefinition.column(column.name);
        const bool isBoth = today && !column.isGenerated && !today->isGenerated;
        if (!today)
            pair.removedColumns.append(column.name);
        else if (column.isGenerated != today->isGenerated
                 || (isBoth && literalClass(column) != literalClass(*today)))
            pair.changedColumns.append(column.name);
        else if (isBoth)
            compared.append(column.name);
        if (!column.isGenerated && !compared.contains(column.name))
            pair.isWhole = false;
    }
    for (const auto &column : pair.nowDefinition.columns) {
        if (!then.column(column.name))
            pair.addedColumns.append(column.name);
    }
    const auto key = commonKey(then, pair.nowDefinition, compared);
    pair.keyColumns = key.size();
    pair.comparedColumns = compared.size();
    for (const auto &name : key)
        pair.now.columns.append(present.value(name));
    for (const auto &name : compared) {
        if (!key.contains(name))
            pair.now.columns.append(present.value(name));
        if (pair.isWhole)
            pair.asDumped.columns.append(present.value(name));
    }
    for (const auto &column : now.columns) {
        if (!compared.contains(column.name))
            pair.now.columns.append(column);
    }
    return pair;
}

} // namespace Banister
