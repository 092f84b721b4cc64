// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/connection.h"
#include "database/schema.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <functional>

namespace Banister {

/// A part of a table's rows: a condition on its chunk column; all rows where it is empty.
struct RowChunk
{
    qsizetype table = 0; ///< index into Schema::tables
    int number = 0;
    QByteArray condition;
    qint64 rowsEstimate = 0;
};

/// Divides a table by its primary key so that several connections can share the work.
/// \param bytesPerChunk about so much of the table's data in each
Result<QList<RowChunk>>
chunksOf(Connection &connection, const SchemaTable &table, qsizetype index, qint64 bytesPerChunk);

/// Streams rows as the text that INSERT takes: "(1,'a',NULL)". One row in memory at a time.
/// The sink's failure ends the stream and is returned.
using RowSink = std::function<Result<>(QByteArrayView row)>;
Result<> streamRows(Connection &connection,
                    const SchemaTable &table,
                    const RowChunk &chunk,
                    const RowSink &sink,
                    const Monitor &monitor);

/// "`a`,`b`": the columns of a row's text.
QByteArray columnList(const SchemaTable &table);

} // namespace Banister
