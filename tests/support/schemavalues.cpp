// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/schemavalues.h"

#include <QString>

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

const std::array<const char *, columnTypeCount> definitions{
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

QByteArray textUpTo(int longest, Dice &dice)
{
    QByteArray text;
    while (text.size() < longest && dice.chance(60)) {
        const auto index = size_t(dice.pick(int(hostileTexts.size())));
        text += index + 1 == hostileTexts.size() ? QByteArray("a\0b", 3)
                                                 : QByteArray(hostileTexts[index]);
    }
    return text.size() > longest ? text.first(longest / 4) : text;
}

QByteArray bytesUpTo(int longest, Dice &dice)
{
    QByteArray bytes(dice.pick(longest + 1), '\0');
    for (auto &byte : bytes)
        byte = char(dice.number() & 0xff);
    return bytes;
}

} // namespace

QByteArray definitionOf(ColumnType type)
{
    return definitions[size_t(type)];
}

QByteArray valueOf(ColumnType type, Dice &dice)
{
    using enum ColumnType;
    // Text that is no UTF-8 after cutting would be refused.
    const auto clean = [&dice](int longest) {
        return literal(QString::fromUtf8(textUpTo(longest, dice)).remove(QChar(0xfffd)).toUtf8());
    };
    const auto binary = [&dice](int longest) {
        const auto data = bytesUpTo(longest, dice);
        return data.isEmpty() ? QByteArray("''") : "0x" + data.toHex();
    };
    auto number = QByteArray::number(qint32(dice.number()));
    switch (type) {
    case TinyInt:
        return dice.oneOf({"-128", "127", "0", "1"});
    case SmallInt:
        return dice.oneOf({"65535", "0", "7"});
    case MediumInt:
        return dice.oneOf({"-8388608", "8388607", "0"});
    case Int:
    case Invisible:
        return number;
    case BigInt:
        return dice.oneOf({"-9223372036854775808", "9223372036854775807", "0"});
    case UnsignedBig:
        return dice.oneOf({"18446744073709551615", "0", "9223372036854775808"});
    case ZeroFill:
        return dice.oneOf({"0", "42", "4294967295"});
    case Decimal:
        return dice.oneOf({"-99999999.99", "0.00", "0.1", "12345678.90"});
    case BigDecimal:
        return dice.oneOf({"0.000000000000000000000000000001",
                           "-99999999999999999999999999999999999",
                           "12345678901234567890.123456789012345678901234567890"});
    case Float:
        return dice.oneOf(
                   {"0", "-0.0", "3.4028234e38", "1.17549435e-38", "0.1", "16777217", "1e-45"})
               + (dice.chance(30) ? QByteArray("+") + number + "/7919" : QByteArray());
    case Double:
        return dice.oneOf({"0",
                           "-0.0",
                           "1.7976931348623157e308",
                           "2.2250738585072014e-308",
                           "0.1",
                           "5e-324",
                           "9007199254740993"})
               + (dice.chance(30) ? QByteArray("+") + number + "/7919" : QByteArray());
    case Bit1:
        return dice.oneOf({"b'0'", "b'1'"});
    case Bit7:
        return dice.oneOf({"b'0'", "b'1111111'", "39", "92"});
    case Bit64:
        return dice.oneOf({"0", "18446744073709551615", "0x27225C60000A0D1A", "0x3B0A"});
    case Date:
        return dice.oneOf(
            {"'0000-00-00'", "'2024-02-29'", "'9999-12-31'", "'2024-00-15'", "'0001-01-01'"});
    case DateTime:
        return dice.oneOf({"'0000-00-00 00:00:00'",
                           "'2024-02-29 23:59:59'",
                           "'9999-12-31 23:59:59'",
                           "'2024-03-31 02:30:00'",
                           "'2024-00-00 00:00:00'"});
    case DateTime6:
        return dice.oneOf({"'0000-00-00 00:00:00.000001'", "'2024-02-29 23:59:59.999999'"});
    case Timestamp:
        return dice.oneOf({"'1970-01-01 00:00:01'",
                           "'2038-01-19 03:14:07'",
                           "'2024-10-27 01:30:00'",
                           "'0000-00-00 00:00:00'"});
    case Timestamp3:
        return dice.oneOf({"'2024-10-27 00:30:00.123'", "'2024-10-27 01:30:00.999'"});
    case Time:
        return dice.oneOf({"'-838:59:59'", "'838:59:59'", "'00:00:00'"});
    case Time6:
        return dice.oneOf({"'-838:59:59.999999'", "'-00:00:00.000001'", "'12:00:00.5'"});
    case Year:
        return dice.oneOf({"0", "1901", "2155"});
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
        return dice.chance(3) ? "REPEAT(0x0027225C0A3B, 60000)" : binary(500);
    case LongText:
        return dice.chance(3) ? "REPEAT('größe;\\n', 40000)" : clean(2000);
    case Latin1:
        return dice.oneOf({"'ÄÖÜß€'", "'a;\\n'", "''''", "CHAR(0x80,0x9f,0xff USING latin1)"});
    case Ucs2:
        return dice.oneOf({"'ÄÖ;\\n'", "'日本'", "'\\\\'", "''''"});
    case Utf32:
        return dice.oneOf({"'😀;\\n'", "'日本'", "'\\\\'", "''''"});
    case AsciiBin:
        return dice.oneOf({"'a;\\nb'", "'\\\\'", "'\"''`'"});
    case Enum:
        return dice.oneOf({"''", "'a'", "'b''c'", "'d,e'", "'ü'", "'\\\\'", "'not among them'"});
    case Set:
        return dice.oneOf({"''", "'a'", "'a,b'", "'c;d,ü'"});
    case Json:
        return dice.oneOf(
            {R"('{"a": "x\\"\\\\\\n;", "ü": [1, 2.50, null]}')", "'[]'", "'1'", R"('"\\u0000"')"});
    case Uuid:
        return dice.oneOf({"'00000000-0000-0000-0000-000000000000'",
                           "'123e4567-e89b-12d3-a456-426655440000'",
                           "'275c600a-0d1a-0027-225c-60000a0d1a27'"});
    case Inet6:
        return dice.oneOf(
            {"'::'", "'::ffff:1.2.3.4'", "'2001:db8::ff00:42:8329'", "'275c:600a::3b0a'"});
    case Point:
        return "ST_GeomFromText('POINT(" + number + " -0.1)', " + dice.oneOf({"0", "4326"}) + ")";
    case Geometry:
        return dice.oneOf(
            {"ST_GeomFromText('LINESTRING(0 0,1.5 1,2 -2)')",
             "ST_GeomFromText('POLYGON((0 0,10 0,10 10,0 10,0 0))', 39)",
             "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))')"});
    case Bool:
        return dice.oneOf({"TRUE", "FALSE"});
    case Char:
        return clean(40);
    case TinyText:
        return clean(60);
    case MediumText:
        return dice.oneOf({"'日本語;\\n'", "'\\0\\Z'", "''''"});
    default:
        return clean(200);
    }
}

QByteArray literal(QByteArray text)
{
    return '\'' + text.replace('\\', "\\\\").replace('\'', "''").replace('\0', "\\0") + '\'';
}

} // namespace Banister
