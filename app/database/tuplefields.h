// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Banister {

/// Cuts a row as TupleText writes it into its literals; false where it is not one.
bool splitTuple(QByteArrayView tuple, std::vector<QByteArrayView> &fields);

/// Where so many first literals of a row end; those must be there. 1 for none.
qsizetype endOfFields(QByteArrayView tuple, qsizetype count);

/// The columns that an INSERT of a dump names, and its rows: each on a line of its own, with a comma
/// behind it except the last. None where it is not one of ours.
struct InsertText
{
    QStringList columns;
    QByteArrayView head; ///< up to the rows: equal for equal columns
    QByteArrayView rows;
};
std::optional<InsertText> readInsert(QByteArrayView statement);
/// Takes the next row from those of an InsertText; empty at the end.
QByteArrayView takeTuple(QByteArrayView &rows);

/// A value for people and for other programs.
struct LiteralValue
{
    bool isNull = false;
    /// Text as it is; numbers as the server prints them; bytes, and texts of character sets that
    /// only the server knows, as "0x" with hexadecimal digits.
    QString text;
};

LiteralValue readLiteral(QByteArrayView literal);
/// No more than a line of it: longer ones are cut, with "…" at their end.
LiteralValue readLiteralShort(QByteArrayView literal);

} // namespace Banister
