// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <initializer_list>
#include <random>

namespace Banister {

/// Chance that is the same with every library: std::uniform_int_distribution is not.
class Dice
{
public:
    explicit Dice(quint32 seed)
        : m_random(seed)
    {}
    quint32 number() { return quint32(m_random()); }
    int pick(int count) { return int(number() % quint32(count)); } ///< 0 … count - 1
    bool chance(int percent) { return pick(100) < percent; }
    QByteArray oneOf(std::initializer_list<const char *> values)
    {
        return *(values.begin() + pick(int(values.size())));
    }

private:
    std::mt19937 m_random;
};

/// Columns of any kind: types, some in several sizes, character sets or with an attribute.
enum class ColumnType {
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
    Invisible
};

inline constexpr int columnTypeCount = int(ColumnType::Invisible) + 1;

/// As in CREATE TABLE, without the name.
QByteArray definitionOf(ColumnType type);

/// A literal or an expression, never NULL: limits of the type, and what breaks careless quoting,
/// splitting and formatting.
QByteArray valueOf(ColumnType type, Dice &dice);

/// As a text in quotes.
QByteArray literal(QByteArray text);

} // namespace Banister
