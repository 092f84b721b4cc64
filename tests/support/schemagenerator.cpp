// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/schemagenerator.h"

#include <algorithm>
#include <array>

namespace Banister {

using enum ColumnType;

namespace {

const std::array hostileNames{
    "select", "a b",  "a`b",  "a'b",   "a\"b", "a;b", "a.b", "a--b", "a#b",  "a/*b*/", "a%_b",
    "größe",  "日本", "a\nb", "a;\nb", "a\\b", "1e5", "-x",  "$x",   "NULL", "a/b",    "a,b",
    "(a)",    "..",   "a\tb", "x=y",   "@x",   "ABC", "Abc", "a?b",  "*",    "a:b",    "\\n",
};

QByteArray quoted(QByteArray name)
{
    return '`' + name.replace('`', "``") + '`';
}

} // namespace

SchemaGenerator::SchemaGenerator(quint32 seed, const SchemaOptions &options)
    : m_dice(seed)
    , m_options(options)
{}

// Hostile, and never used before in another case either.
QByteArray SchemaGenerator::name(const QByteArray &kind)
{
    ++m_names;
    QByteArray name = m_options.prefix + kind;
    if (chance(50))
        name += hostileNames[size_t(pick(int(hostileNames.size())))];
    return quoted(name + QByteArray::number(m_names));
}

QByteArray SchemaGenerator::value(const Column &column)
{
    if (chance(10) && !column.definition.contains("NOT NULL"))
        return "NULL";
    return valueOf(column.type, m_dice);
}

SchemaGenerator::Column SchemaGenerator::column(ColumnType type)
{
    Column column{name("c"), definitionOf(type), type, false};
    const bool isTime = type == DateTime6 || type == Timestamp3;
    if (isTime && chance(50)) {
        const QByteArray digits = type == DateTime6 ? "(6)" : "(3)";
        column.definition +=
            " DEFAULT CURRENT_TIMESTAMP" + digits + " ON UPDATE CURRENT_TIMESTAMP" + digits;
    } else if (type == VarChar && chance(40)) {
        column.definition += " NOT NULL DEFAULT " + literal("d'\\;\n`" + QByteArray("ü"));
    } else if (type == Text && chance(40)) {
        column.definition += " DEFAULT (CONCAT('x;', 'y'))";
    } else if (type == Int && chance(30)) {
        column.definition += " DEFAULT (1 + 2)";
    }
    if (chance(15))
        column.definition += " COMMENT " + literal("it's `c`;\n\"ü\" -- x \\");
    if (type == Int && chance(30))
        column.definition += " CHECK (" + column.name + " <> 123456)";
    return column;
}

QByteArray SchemaGenerator::keys(const QList<Column> &columns)
{
    QByteArray keys;
    const auto add = [&keys](const QByteArray &key) { keys += ",\n  " + key; };
    for (const auto &column : columns) {
        if (chance(70))
            continue;
        switch (column.type) {
        case Char:
        case VarChar:
        case Latin1:
            add("KEY " + name("k") + " (" + column.name + "(5))");
            break;
        case Text:
            add(chance(50) ? "FULLTEXT KEY " + name("k") + " (" + column.name + ")"
                           : "KEY " + name("k") + " (" + column.name + "(20)) COMMENT 'it''s;'");
            break;
        case Blob:
            add("KEY " + name("k") + " (" + column.name + "(9))");
            break;
        case Int:
        case Date:
        case Timestamp:
        case Decimal:
        case Double:
            add("KEY " + name("k") + " (" + column.name + ")");
            break;
        default:
            break;
        }
    }
    return keys;
}

QByteArrayList
SchemaGenerator::rows(const QByteArray &table, const QList<Column> &columns, bool hasNumber)
{
    QByteArrayList statements;
    QByteArrayList names;
    for (const auto &column : columns) {
        if (!column.isGenerated)
            names.append(column.name);
    }
    if (hasNumber)
        names.prepend("`id`");
    const auto head = "INSERT IGNORE INTO " + table + " (" + names.join(", ") + ") VALUES ";
    const int count = chance(15) ? 0 : 1 + pick(m_options.longestTable);
    QByteArrayList tuples;
    for (int row = 0; row < count; ++row) {
        QByteArrayList values;
        if (hasNumber) // gaps, zero, negative numbers
            values.append(QByteArray::number(row < 3 ? row - 2 : row * 3));
        for (const auto &column : columns) {
            if (!column.isGenerated)
                values.append(value(column));
        }
        tuples.append('(' + values.join(',') + ')');
        if (tuples.size() == 50 || row + 1 == count) {
            statements.append(head + tuples.join(','));
            tuples.clear();
        }
    }
    return statements;
}

QByteArrayList SchemaGenerator::table(const QByteArray &tableName)
{
    QList<Column> columns;
    const int count = 1 + pick(12);
    for (int i = 0; i < count; ++i)
        columns.append(column(ColumnType(pick(columnTypeCount))));
    if (columns.size() == 1 && columns.first().type == Invisible)
        columns.append(column(Int));
    const int engine = pick(10); // most are InnoDB
    const bool isInno =
        engine < 8 || std::any_of(columns.begin(), columns.end(), [](const Column &one) {
            return one.type == Point || one.type == Geometry; // Aria knows none
        });
    // Aria puts rows where there is room: without a key each table has another order.
    const int keyKind = pick(isInno || engine == 8 ? 5 : 3);
    const bool hasNumber = keyKind < 3;

    QByteArray create = "CREATE TABLE " + tableName + " (\n";
    if (hasNumber)
        create +=
            "  `id` " + QByteArray(keyKind == 0 ? "BIGINT" : "INT") + " NOT NULL AUTO_INCREMENT,\n";
    QByteArrayList lines;
    for (const auto &one : columns)
        lines.append("  " + one.name + ' ' + one.definition);
    if (hasNumber && isInno)
        lines.append("  `ref` INT DEFAULT NULL");
    if (chance(40)) {
        auto number = column(Int);
        columns.append(number);
        lines.append("  " + number.name + " " + number.definition);
        for (const auto *kind : {"VIRTUAL", "STORED"}) {
            Column generated{name("g"), {}, BigInt, true};
            lines.append("  " + generated.name + " BIGINT GENERATED ALWAYS AS (" + number.name
                         + " * 2) " + kind);
            columns.append(generated);
        }
    }
    create += lines.join(",\n");
    if (hasNumber) {
        create += ",\n  PRIMARY KEY (`id`)";
    } else if (keyKind == 3) {
        // Two columns, one of them text: no range of numbers to cut the table by.
        Column first{name("p"), "VARCHAR(60) NOT NULL", VarChar, false};
        Column second{name("p"), "SMALLINT NOT NULL", TinyInt, false};
        create += ",\n  " + first.name + " VARCHAR(60) NOT NULL,\n  " + second.name
                  + " SMALLINT NOT NULL,\n  PRIMARY KEY (" + second.name + ", " + first.name + ")";
        columns << first << second;
    }
    create += keys(columns) + "\n)";
    static const std::array engines{"InnoDB", "MyISAM", "Aria"};
    create += " ENGINE=" + QByteArray(engines[size_t(isInno ? 0 : engine - 7)]);
    static const std::array charsets{"utf8mb4", "latin1", "utf8mb3", "utf8mb4 COLLATE utf8mb4_bin"};
    create += " DEFAULT CHARSET=" + QByteArray(charsets[size_t(pick(4))]);
    if (isInno && chance(20))
        create += " ROW_FORMAT=DYNAMIC";
    if (hasNumber && chance(30))
        create += " AUTO_INCREMENT=100000";
    if (chance(20))
        create += " COMMENT=" + literal("a;\nb' \\ ü");
    const bool canHaveParts =
        !create.contains("FULLTEXT") && !create.contains("POINT") && !create.contains("GEOMETRY");
    if (isInno && keyKind == 1 && canHaveParts && chance(30))
        create += "\nPARTITION BY HASH (`id`) PARTITIONS 3";
    else if (hasNumber && isInno)
        m_innoTables.append(tableName);
    return QByteArrayList{create} + rows(tableName, columns, hasNumber);
}

// Also to themselves and in circles: only after all tables are there.
QByteArrayList SchemaGenerator::foreignKeys()
{
    QByteArrayList statements;
    for (const auto &from : m_innoTables) {
        if (chance(40))
            continue;
        const auto to = m_innoTables[pick(int(m_innoTables.size()))];
        statements.append("ALTER TABLE " + from + " MODIFY `ref` BIGINT DEFAULT NULL");
        statements.append("ALTER TABLE " + to + " MODIFY `id` BIGINT NOT NULL AUTO_INCREMENT");
        statements.append("ALTER TABLE " + from + " ADD CONSTRAINT " + name("f")
                          + " FOREIGN KEY (`ref`) REFERENCES " + to + " (`id`) ON DELETE SET NULL"
                          + (chance(50) ? " ON UPDATE CASCADE" : ""));
        statements.append("UPDATE IGNORE " + from + " SET `ref` = 3 WHERE `id` % 2");
    }
    return statements;
}

QByteArrayList SchemaGenerator::programs()
{
    QByteArrayList statements;
    if (chance(30)) {
        const auto sequence = name("seq");
        statements.append("CREATE SEQUENCE " + sequence + " START WITH 5 INCREMENT BY 3 CACHE 7");
        statements.append("SELECT NEXTVAL(" + sequence + "), NEXTVAL(" + sequence + ")");
    }
    auto viewed = m_tables.first();
    for (int i = pick(4); i > 0; --i) {
        const auto view = name("a view"); // may sort before what it reads
        statements.append("CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW " + view
                          + " AS SELECT *, 'x;\n''\\\\' AS " + name("v") + " FROM " + viewed
                          + (chance(30) ? " WHERE 1 = 1 WITH CHECK OPTION" : ""));
        viewed = view;
    }
    const auto function = name("fun");
    if (chance(60))
        statements.append(
            "CREATE FUNCTION " + function
            + "(a VARCHAR(20) CHARSET utf8mb4) RETURNS TEXT DETERMINISTIC COMMENT 'it''s;'\n"
              "BEGIN\n  -- a comment; with ;;\n  IF a = ';\n' THEN RETURN '😀;'; END IF;\n"
              "  RETURN CONCAT(a, \"it's\", `a`);\nEND");
    if (chance(60))
        statements.append("CREATE PROCEDURE " + name("pro")
                          + "(IN a INT, OUT b TEXT)\nBEGIN\n  SET b = a;\n  "
                            "/* ;;\n*/ SELECT '$$', '//';\nEND /* ; end */");
    for (const auto &table : m_tables) {
        if (!chance(40))
            continue;
        // Were it to fire while rows are loaded, it would be seen.
        statements.append(
            "CREATE TRIGGER " + name("t") + (chance(50) ? " BEFORE" : " AFTER") + " INSERT ON "
            + table
            + " FOR EACH ROW\nBEGIN\n  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'it''s ;\n"
              "fired';\nEND");
        if (chance(30))
            statements.append("CREATE TRIGGER " + name("t") + " BEFORE UPDATE ON " + table
                              + " FOR EACH ROW SET @x = ';;'");
    }
    if (chance(40))
        statements.append(
            "CREATE EVENT " + name("e")
            + " ON SCHEDULE EVERY 3 DAY STARTS '2030-01-01 00:00:00' "
              "ON COMPLETION PRESERVE DISABLE COMMENT 'x;''' DO BEGIN SELECT 1; SELECT ';\n'; END");
    return statements;
}

QByteArrayList SchemaGenerator::statements()
{
    QByteArrayList statements;
    const int count = 1 + pick(7);
    for (int i = 0; i < count; ++i) {
        m_tables.append(name("t"));
        statements += table(m_tables.last());
    }
    return statements + foreignKeys() + programs();
}

QByteArray SchemaGenerator::joined()
{
    QByteArray script =
        "SET NAMES utf8mb4, time_zone = '+00:00', foreign_key_checks = 0, sql_mode = "
        "'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';\n";
    const auto all = statements();
    for (const auto &statement : all)
        script += statement + ";\n";
    return script;
}

} // namespace Banister
