// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "database/dumpmanifest.h"
#include "database/tuplefields.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Banister {

struct RowValue
{
    QString column;
    LiteralValue value; ///< long ones are cut
};

/// A row for people to look at.
struct RowSample
{
    QList<RowValue> values; ///< of a row that is gone: the dump's columns; else those of now
};

struct ChangedValue
{
    QString column;
    LiteralValue then;
    LiteralValue now;
};

struct ChangedRow
{
    QList<RowValue> key;
    QList<ChangedValue> values; ///< of the columns that changed
};

/// What has become of a table's rows since the dump.
struct TableRowDiff
{
    enum class Kind { Equal, Different, OnlyInDump, OnlyInDatabase };
    enum class Method {
        Checksum,  ///< number and checksum of the rows only; for tables that are too large
        Key,       ///< row by row, by the columns in `key`
        WholeRows, ///< no key tells the rows apart: one that changed is one removed and one added
    };
    QString table;
    Kind kind = Kind::Equal;
    Method method = Method::Checksum;
    QStringList key;
    qint64 rowsThen = 0;
    qint64 rowsNow = 0;
    /// -1 where Method::Checksum says no more than that rows differ. Of a table that is only in the
    /// database all rows are added, of one that is only in the dump all are removed.
    qint64 added = 0;
    qint64 changed = 0;
    qint64 removed = 0;
    QStringList addedColumns;   ///< since the dump; not compared
    QStringList removedColumns; ///< since the dump; not compared
    /// In both, but of types that write their values in different ways; not compared. Those of a
    /// key count here too: then another key, or none, tells the rows apart.
    QStringList changedColumns;
    QList<RowSample> addedSamples;
    QList<ChangedRow> changedSamples;
    QList<RowSample> removedSamples;

    bool hasSameColumns() const
    {
        return addedColumns.isEmpty() && removedColumns.isEmpty() && changedColumns.isEmpty();
    }
};

struct RowDiffOptions
{
    QStringList tables; ///< only these; all where it is empty
    int connections = 2;
    int samples = 20; ///< of each sort for each table; 0: none, which saves reading the dump again
    /// Tables of more rows in the dump are compared by number and checksum only. Takes 24 bytes a
    /// row, one table after the other: 480 MB at most.
    qint64 mostRows = 20'000'000;
    /// Tables larger than this are read in parts, over several connections.
    qint64 bytesPerChunk = 16LL * 1024 * 1024;
};

/// Compares the database with a dump (manifest.folder), table by table, and row by row where they
/// differ: one entry for each table of either, by name.
///
/// First the rows of now are added up and compared with the manifest, which is all that a table takes
/// that has not changed, even where it got new columns. Of the others the dump's rows are read, then
/// those of now once more, from the same consistent snapshot. Values are the same where the dump
/// would write them as the same literals: 'a' and 'A' are two keys. No rows are held but samples.
/// Errors: DatabaseError; .DumpDamaged where the dump's files are not what the manifest says.
Result<QList<TableRowDiff>> compareRows(const DatabaseSettings &settings,
                                        const DumpManifest &manifest,
                                        const RowDiffOptions &options,
                                        Monitor &monitor);

} // namespace Banister
