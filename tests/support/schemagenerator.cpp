// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/schemagenerator.h"

#include <algorithm>
#include <array>

namespace Banister {

namespace {

// What breaks careless quoting, splitting and formatting.
const std::array hostileTexts{
    "",
    "'",
    "\"",
    "`",
    "\\",
    ";\n",
    "a;b",
    "-- x",
    "/* x */",
    "/*!x",
    "#",
    "\n",
    "\r\n",
    "\t",
    "\x1a",
    "NULL",
    "null",
    "\\N",
    "%s%d",
    "${x}",
    "DELIMITER ;;",
    "ÄÖÜß",
    "日本語",
    "😀🎉",
    "\u200b",
    "'; DROP TABLE x; --",
    "\\'",
    "\\\\\n",
    " lead",
    "trail ",
    "0",
    "1e400",
    "{\"a\": 1}",
    "<b>&amp;</b>",
    "a\0b",
};

const std::array hostileNames{
    "select", "a b",  "a`b",  "a'b",   "a\"b", "a;b", "a.b", "a--b", "a#b",  "a/*b*/", "a%_b",
    "größe",  "日本", "a\nb", "a;\nb", "a\\b", "1e5", "-x",  "$x",   "NULL", "a/b",    "a,b",
    "(a)",    "..",   "a\tb", "x=y",   "@x",   "ABC", "Abc", "a?b",  "*",    "a:b",    "\\n",
};

enum Type {
    TinyInt,
    SmallInt,
    MediumInt,
    Int,
    BigInt,
    UnsignedBig,
    ZeroFill,
    Decimal,
    BigDecimal,
    Float,
    Double,
    Bit1,
    Bit7,
    Bit64,
    Date,
    DateTime,
    DateTime6,
    Timestamp,
    Timestamp3,
    Time,
    Time6,
    Year,
    Char,
    VarChar,
    Latin1,
    Ucs2,
    Utf32,
    AsciiBin,
    Binary,
    VarBinary,
    TinyText,
    Text,
    MediumText,
    LongText,
    TinyBlob,
    Blob,
    MediumBlob,
    LongBlob,
    Enum,
    Set,
    Json,
    Uuid,
    Inet6,
    Point,
    Geometry,
    Bool,
    Compressed,
    Invisible,
    TypeCount
};

const std::array<const char *, TypeCount> definitions{
    "TINYINT",
    "SMALLINT UNSIGNED",
    "MEDIUMINT",
    "INT",
    "BIGINT",
    "BIGINT UNSIGNED",
    "INT(9) UNSIGNED ZEROFILL",
    "DECIMAL(10,2)",
    "DECIMAL(65,30)",
    "FLOAT",
    "DOUBLE",
    "BIT(1)",
    "BIT(7)",
    "BIT(64)",
    "DATE",
    "DATETIME",
    "DATETIME(6)",
    "TIMESTAMP NULL",
    "TIMESTAMP(3) NULL",
    "TIME",
    "TIME(6)",
    "YEAR",
    "CHAR(40)",
    "VARCHAR(200)",
    "VARCHAR(200) CHARACTER SET latin1 COLLATE latin1_german1_ci",
    "VARCHAR(60) CHARACTER SET ucs2",
    "VARCHAR(60) CHARACTER SET utf32",
    "VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin",
    "BINARY(16)",
    "VARBINARY(300)",
    "TINYTEXT",
    "TEXT",
    "MEDIUMTEXT CHARACTER SET utf8mb3",
    "LONGTEXT",
    "TINYBLOB",
    "BLOB",
    "MEDIUMBLOB",
    "LONGBLOB",
    "ENUM('','a','b''c','d,e','ü','\\\\')",
    "SET('a','b','c;d','ü')",
    "JSON",
    "UUID",
    "INET6",
    "POINT",
    "GEOMETRY",
    "BOOL",
    "TEXT COMPRESSED",
    "INT INVISIBLE",
};

QByteArray quoted(QByteArray name)
{
    return '`' + name.replace('`', "``") + '`';
}

QByteArray literal(QByteArray text)
{
    return '\'' + text.replace('\\', "\\\\").replace('\'', "''").replace('\0', "\\0") + '\'';
}

} // namespace

SchemaGenerator::SchemaGenerator(quint32 seed, const SchemaOptions &options)
    : m_random(seed)
    , m_options(options)
{}

// std::uniform_int_distribution differs between libraries.
int SchemaGenerator::pick(int count)
{
    return int(m_random() % quint32(count));
}

// Hostile, and never used before in another case either.
QByteArray SchemaGenerator::name(const QByteArray &kind)
{
    ++m_names;
    QByteArray name = m_options.prefix + kind;
    if (chance(50))
        name += hostileNames[size_t(pick(int(hostileNames.size())))];
    return quoted(name + QByteArray::number(m_names));
}

QByteArray SchemaGenerator::text(int longest)
{
    QByteArray text;
    while (text.size() < longest && chance(60)) {
        const auto index = size_t(pick(int(hostileTexts.size())));
        text += index + 1 == hostileTexts.size() ? QByteArray("a\0b", 3)
                                                 : QByteArray(hostileTexts[index]);
    }
    return text.size() > longest ? text.first(longest / 4) : text;
}

QByteArray SchemaGenerator::bytes(int longest)
{
    QByteArray bytes(pick(longest + 1), '\0');
    for (auto &byte : bytes)
        byte = char(m_random() & 0xff);
    return bytes;
}

QByteArray SchemaGenerator::value(const Column &column)
{
    if (chance(10) && !column.definition.contains("NOT NULL"))
        return "NULL";
    const auto oneOf = [this](std::initializer_list<const char *> values) {
        return QByteArray(*(values.begin() + pick(int(values.size()))));
    };
    // Text that is no UTF-8 after cutting would be refused.
    const auto clean = [this](int longest) {
        return literal(QString::fromUtf8(text(longest)).remove(QChar(0xfffd)).toUtf8());
    };
    const auto binary = [this](int longest) {
        const auto data = bytes(longest);
        return data.isEmpty() ? QByteArray("''") : "0x" + data.toHex();
    };
    const auto number = QByteArray::number(qint32(m_random()));
    switch (column.type) {
    case TinyInt:
        return oneOf({"-128", "127", "0", "1"});
    case SmallInt:
        return oneOf({"65535", "0", "7"});
    case MediumInt:
        return oneOf({"-8388608", "8388607", "0"});
    case Int:
    case Invisible:
        return number;
    case BigInt:
        return oneOf({"-9223372036854775808", "9223372036854775807", "0"});
    case UnsignedBig:
        return oneOf({"18446744073709551615", "0", "9223372036854775808"});
    case ZeroFill:
        return oneOf({"0", "42", "4294967295"});
    case Decimal:
        return oneOf({"-99999999.99", "0.00", "0.1", "12345678.90"});
    case BigDecimal:
        return oneOf({"0.000000000000000000000000000001",
                      "-99999999999999999999999999999999999",
                      "12345678901234567890.123456789012345678901234567890"});
    case Float:
        return oneOf({"0", "-0.0", "3.4028234e38", "1.17549435e-38", "0.1", "16777217", "1e-45"})
               + (chance(30) ? QByteArray("+") + number + "/7919" : QByteArray());
    case Double:
        return oneOf({"0",
                      "-0.0",
                      "1.7976931348623157e308",
                      "2.2250738585072014e-308",
                      "0.1",
                      "5e-324",
                      "9007199254740993"})
               + (chance(30) ? QByteArray("+") + number + "/7919" : QByteArray());
    case Bit1:
        return oneOf({"b'0'", "b'1'"});
    case Bit7:
        return oneOf({"b'0'", "b'1111111'", "39", "92"});
    case Bit64:
        return oneOf({"0", "18446744073709551615", "0x27225C60000A0D1A", "0x3B0A"});
    case Date:
        return oneOf(
            {"'0000-00-00'", "'2024-02-29'", "'9999-12-31'", "'2024-00-15'", "'0001-01-01'"});
    case DateTime:
        return oneOf({"'0000-00-00 00:00:00'",
                      "'2024-02-29 23:59:59'",
                      "'9999-12-31 23:59:59'",
                      "'2024-03-31 02:30:00'",
                      "'2024-00-00 00:00:00'"});
    case DateTime6:
        return oneOf({"'0000-00-00 00:00:00.000001'", "'2024-02-29 23:59:59.999999'"});
    case Timestamp:
        return oneOf({"'1970-01-01 00:00:01'",
                      "'2038-01-19 03:14:07'",
                      "'2024-10-27 01:30:00'",
                      "'0000-00-00 00:00:00'"});
    case Timestamp3:
        return oneOf({"'2024-10-27 00:30:00.123'", "'2024-10-27 01:30:00.999'"});
    case Time:
        return oneOf({"'-838:59:59'", "'838:59:59'", "'00:00:00'"});
    case Time6:
        return oneOf({"'-838:59:59.999999'", "'-00:00:00.000001'", "'12:00:00.5'"});
    case Year:
        return oneOf({"0", "1901", "2155"});
    case Binary:
        return binary(16);
    case TinyBlob:
        return binary(200);
    case VarBinary:
        return binary(300);
    case Blob:
    case MediumBlob:
        return binary(2000);
    case LongBlob:
        return chance(3) ? "REPEAT(0x0027225C0A3B, 60000)" : binary(500);
    case LongText:
        return chance(3) ? "REPEAT('größe;\\n', 40000)" : clean(2000);
    case Latin1:
        return oneOf({"'ÄÖÜß€'", "'a;\\n'", "''''", "CHAR(0x80,0x9f,0xff USING latin1)"});
    case Ucs2:
        return oneOf({"'ÄÖ;\\n'", "'日本'", "'\\\\'", "''''"});
    case Utf32:
        return oneOf({"'😀;\\n'", "'日本'", "'\\\\'", "''''"});
    case AsciiBin:
        return oneOf({"'a;\\nb'", "'\\\\'", "'\"''`'"});
    case Enum:
        return oneOf({"''", "'a'", "'b''c'", "'d,e'", "'ü'", "'\\\\'", "'not among them'"});
    case Set:
        return oneOf({"''", "'a'", "'a,b'", "'c;d,ü'"});
    case Json:
        return oneOf(
            {R"('{"a": "x\\"\\\\\\n;", "ü": [1, 2.50, null]}')", "'[]'", "'1'", R"('"\\u0000"')"});
    case Uuid:
        return oneOf({"'00000000-0000-0000-0000-000000000000'",
                      "'123e4567-e89b-12d3-a456-426655440000'",
                      "'275c600a-0d1a-0027-225c-60000a0d1a27'"});
    case Inet6:
        return oneOf({"'::'", "'::ffff:1.2.3.4'", "'2001:db8::ff00:42:8329'", "'275c:600a::3b0a'"});
    case Point:
        return "ST_GeomFromText('POINT(" + number + " -0.1)', " + oneOf({"0", "4326"}) + ")";
    case Geometry:
        return oneOf({"ST_GeomFromText('LINESTRING(0 0,1.5 1,2 -2)')",
                      "ST_GeomFromText('POLYGON((0 0,10 0,10 10,0 10,0 0))', 39)",
                      "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))')"});
    case Bool:
        return oneOf({"TRUE", "FALSE"});
    case Char:
        return clean(40);
    case TinyText:
        return clean(60);
    case MediumText:
        return oneOf({"'日本語;\\n'", "'\\0\\Z'", "''''"});
    default:
        return clean(200);
    }
}

SchemaGenerator::Column SchemaGenerator::column(int type)
{
    Column column{name("c"), definitions[size_t(type)], type, false};
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
        columns.append(column(pick(TypeCount)));
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
