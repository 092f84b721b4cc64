// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/rowdiff.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Banister {

struct RowExport
{
    QString folder;
    QStringList files; ///< names in the folder, READ-ME.txt too
    qint64 added = 0;  ///< rows that were written
    qint64 changed = 0;
    /// Without samples. Those with Method::Checksum that differ are too large and not in the export.
    QList<TableRowDiff> tables;
};

/// Writes the rows that the database has and the dump has not, or has otherwise, as they are now, also
/// of tables that came since: what a restore of the dump would lose. For each table with such rows
/// NAME.added.csv, NAME.changed.csv and the same as .sql, and a READ-ME.txt that says how to use them.
///
/// CSV is RFC 4180 in UTF-8 with the columns' names in the first line: NULL is an empty field without
/// quotes, everything else is in quotes; bytes are hexadecimal after 0x. The SQL is for the mariadb
/// client; it makes the table where it is missing, and replaces the values of changed rows.
///
/// The folder must not exist (ExportFailed, with FileError.Exists below); it gets the mode 0700, its
/// files 0600. It appears, durable, when it is complete; what a killed export has left goes with the
/// next one. Memory as compareRows(). Errors: DatabaseError.ExportFailed on top of what was found.
/// \param options samples does not count
Result<RowExport> exportRows(const DatabaseSettings &settings,
                             const DumpManifest &manifest,
                             const QString &folder,
                             const RowDiffOptions &options,
                             Monitor &monitor);

} // namespace Banister
