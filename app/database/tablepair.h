// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/schema.h"
#include "database/tabledefinition.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace Banister {

/// How a table's rows in a dump and its rows of now can be compared: over the columns that both have
/// and whose values are written alike, by a key that tells rows apart both then and now.
struct TablePair
{
    QString name;
    TableDefinition then;
    TableDefinition nowDefinition;
    /// To read the rows of now: first the key's columns, then the others that are compared, then the
    /// ones that are not.
    SchemaTable now;
    qsizetype keyColumns = 0;      ///< of now.columns; 0: no key, rows are compared as wholes
    qsizetype comparedColumns = 0; ///< of now.columns, with the key's
    /// The columns of the dump in its order, where each of them is compared: these rows add up to
    /// the checksum of a manifest. Else without columns.
    SchemaTable asDumped;
    bool isWhole = false;       ///< asDumped can be used
    QStringList addedColumns;   ///< since the dump
    QStringList removedColumns; ///< since the dump
    QStringList changedColumns; ///< in both, but their values are written in different ways

    QStringList keyNames() const;
    QStringList comparedNames() const;
};

TablePair pairTable(const TableDefinition &then, const SchemaTable &now);

/// Columns of equal classes write equal values as equal literals in a dump: all integers, texts in
/// whatever Unicode character set, decimals with the same number of places.
QByteArray literalClass(const TableColumn &column);

} // namespace Banister
