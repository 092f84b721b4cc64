// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/tuplefields.h"

#include <QStringDecoder>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qsizetype LongestShown = 200;

/// Where the byte stands at or behind a place; the end where it does not.
const char *find(char byte, const char *from, const char *end)
{
    const auto *found = std::memchr(from, byte, size_t(end - from));
    return found ? static_cast<const char *>(found) : end;
}

/// Behind the quote that ends a string; \p at is within it.
qsizetype endOfString(QByteArrayView tuple, qsizetype at)
{
    const auto *const end = tuple.data() + tuple.size();
    const auto *from = tuple.data() + at;
    const auto *quote = find('\'', from, end);
    while (quote != end) {
        const auto *const escape = find('\\', from, quote);
        if (escape == quote)
            return quote - tuple.data() + 1;
        from = escape + 2;
        if (from > quote) // which was escaped
            quote = from < end ? find('\'', from, end) : end;
    }
    return tuple.size();
}

/// Behind the literal that begins here.
qsizetype endOfLiteral(QByteArrayView tuple, qsizetype at)
{
    const auto size = tuple.size();
    while (at < size && tuple[at] != ',' && tuple[at] != ')')
        at = tuple[at] == '\'' ? endOfString(tuple, at + 1) : at + 1;
    return at;
}

/// Behind a quoted name that begins here.
qsizetype endOfName(QByteArrayView text, qsizetype begin)
{
    auto at = begin + 1;
    while (at < text.size()) {
        if (text[at++] != '`')
            continue;
        if (at >= text.size() || text[at] != '`')
            return at;
        ++at;
    }
    return at;
}

char unescaped(char letter)
{
    switch (letter) {
    case '0':
        return '\0';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 'Z':
        return '\x1a';
    default:
        return letter;
    }
}

/// The bytes of a quoted literal, so many at most.
QByteArray unquoted(QByteArrayView quoted, qsizetype most)
{
    QByteArray bytes;
    bytes.reserve(std::min(quoted.size(), most));
    for (qsizetype at = 1; at < quoted.size() - 1 && bytes.size() < most; ++at) {
        if (quoted[at] == '\\')
            bytes.append(unescaped(quoted[++at]));
        else
            bytes.append(quoted[at]);
    }
    return bytes;
}

/// The character sets among the encoded ones that Qt reads.
std::optional<QStringConverter::Encoding> encodingOf(QByteArrayView introducer)
{
    if (introducer == "_ucs2" || introducer == "_utf16")
        return QStringConverter::Utf16BE;
    if (introducer == "_utf16le")
        return QStringConverter::Utf16LE;
    if (introducer == "_utf32")
        return QStringConverter::Utf32BE;
    return std::nullopt;
}

LiteralValue valueOf(QByteArrayView literal, qsizetype most)
{
    constexpr auto hexPrefix = "0x"_L1;
    if (literal == "NULL")
        return {true, {}};
    if (literal.startsWith('\''))
        return {false, QString::fromUtf8(unquoted(literal, most))};
    if (!literal.startsWith('_'))
        return {false, QString::fromLatin1(literal.first(std::min(literal.size(), most)))};
    if (const auto quote = literal.indexOf('\''); quote > 0) {
        const auto bytes = unquoted(literal.sliced(quote), most).toHex().toUpper();
        return {false, hexPrefix + QString::fromLatin1(bytes)};
    }
    const auto blank = std::max<qsizetype>(literal.indexOf(' '), 0);
    constexpr qsizetype digits = 2;
    auto hex = literal.sliced(blank).trimmed();
    hex = hex.first(std::min(hex.size(), digits + digits * most));
    if (const auto encoding = encodingOf(literal.first(blank))) {
        QStringDecoder decoder(*encoding, QStringConverter::Flag::Stateless);
        const QString text = decoder(QByteArray::fromHex(hex.sliced(2).toByteArray()));
        return {false, text};
    }
    return {false, QString::fromLatin1(hex)};
}

} // namespace

bool splitTuple(QByteArrayView tuple, std::vector<QByteArrayView> &fields)
{
    fields.clear();
    if (!tuple.startsWith('('))
        return false;
    if (tuple == "()")
        return true;
    qsizetype at = 1;
    while (at < tuple.size()) {
        const auto end = endOfLiteral(tuple, at);
        if (end == at || end >= tuple.size())
            return false;
        fields.push_back(tuple.sliced(at, end - at));
        at = end + 1;
        if (tuple[end] == ')')
            return at == tuple.size();
    }
    return false;
}

qsizetype endOfFields(QByteArrayView tuple, qsizetype count)
{
    qsizetype end = 1;
    for (qsizetype field = 0; field < count; ++field)
        end = endOfLiteral(tuple, field == 0 ? 1 : end + 1);
    return end;
}

std::optional<InsertText> readInsert(QByteArrayView statement)
{
    constexpr QByteArrayView begin = "INSERT INTO `";
    constexpr QByteArrayView values = ") VALUES\n";
    if (!statement.startsWith(begin))
        return std::nullopt;
    auto at = endOfName(statement, begin.size() - 1);
    if (!statement.sliced(std::min(at, statement.size())).startsWith(" ("))
        return std::nullopt;
    at += 2;
    InsertText insert;
    while (at < statement.size() && statement[at] == '`') {
        const auto end = endOfName(statement, at);
        auto name = QString::fromUtf8(statement.sliced(at + 1, end - at - 2));
        insert.columns.append(name.replace(u"``"_s, u"`"_s));
        at = end < statement.size() && statement[end] == ',' ? end + 1 : end;
    }
    if (at > statement.size() || !statement.sliced(at).startsWith(values))
        return std::nullopt;
    at += values.size();
    insert.head = statement.first(at);
    insert.rows = statement.sliced(at);
    return insert;
}

QByteArrayView takeTuple(QByteArrayView &rows)
{
    const auto end = rows.indexOf('\n');
    auto tuple = end < 0 ? rows : rows.first(end);
    rows = end < 0 ? QByteArrayView() : rows.sliced(end + 1);
    if (tuple.endsWith(','))
        tuple.chop(1);
    return tuple;
}

LiteralValue readLiteral(QByteArrayView literal)
{
    return valueOf(literal, literal.size());
}

LiteralValue readLiteralShort(QByteArrayView literal)
{
    constexpr qsizetype longestLetter = 4;
    auto value = valueOf(literal, (LongestShown + 1) * longestLetter);
    if (value.text.size() <= LongestShown)
        return value;
    const bool dividesLetter = value.text.at(LongestShown - 1).isHighSurrogate();
    value.text.truncate(dividesLetter ? LongestShown - 1 : LongestShown);
    value.text += u'…';
    return value;
}

} // namespace Banister
