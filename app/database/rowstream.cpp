// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowstream.h"

#include "database/tupletext.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>
#include <mysql.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QByteArray selectList(const SchemaTable &table)
{
    QByteArray list;
    for (const auto &column : table.columns) {
        if (!list.isEmpty())
            list += ',';
        list += column.expression;
    }
    // A table of generated columns only still has rows.
    return list.isEmpty() ? QByteArray("1") : list;
}

QString subjectOf(const SchemaTable &table)
{
    return QCoreApplication::translate("RowStream", "the table %1").arg(table.name);
}

} // namespace

QByteArray columnList(const SchemaTable &table)
{
    QByteArray list;
    for (const auto &column : table.columns) {
        if (!list.isEmpty())
            list += ',';
        list += quoteName(column.name).toUtf8();
    }
    return list;
}

Result<QList<RowChunk>>
chunksOf(Connection &connection, const SchemaTable &table, qsizetype index, qint64 bytesPerChunk)
{
    const auto wanted =
        std::min<qint64>(table.bytesEstimate / std::max<qint64>(bytesPerChunk, 1) + 1, 4096);
    RowChunk whole{index, 0, {}, table.rowsEstimate};
    if (wanted < 2 || table.chunkColumn.isEmpty())
        return QList<RowChunk>{whole};
    const auto column = quoteName(table.chunkColumn);
    const auto bounds =
        connection.rows(u"SELECT MIN(%1), MAX(%1) FROM %2"_s.arg(column, quoteName(table.name)));
    if (!bounds)
        return bounds.failure();
    bool isLowRead = false;
    bool isHighRead = false;
    const auto low = bounds->constFirst().at(0).toString().toLongLong(&isLowRead);
    const auto high = bounds->constFirst().at(1).toString().toLongLong(&isHighRead);
    // Empty, or unsigned numbers beyond 2^63.
    if (!isLowRead || !isHighRead || low < 0 || high - low < wanted)
        return QList<RowChunk>{whole};
    const auto width = (high - low) / wanted + 1;
    QList<RowChunk> chunks;
    const auto name = column.toUtf8();
    for (int number = 0; number < wanted; ++number) {
        const auto from = low + number * width;
        if (from > high)
            break;
        QByteArray condition;
        if (number > 0)
            condition = name + ">=" + QByteArray::number(from);
        if (const auto to = from + width; to <= high)
            condition += (condition.isEmpty() ? "" : " AND ") + name + '<' + QByteArray::number(to);
        chunks.append({index, number, condition, table.rowsEstimate / wanted});
    }
    return chunks;
}

Result<> streamRows(Connection &connection,
                    const SchemaTable &table,
                    const RowChunk &chunk,
                    const RowSink &sink,
                    const Monitor &monitor)
{
    auto select = "SELECT " + selectList(table) + " FROM " + quoteName(table.name).toUtf8();
    if (!chunk.condition.isEmpty())
        select += " WHERE " + chunk.condition;
    auto *const handle = connection.handle();
    if (::mysql_real_query(handle, select.constData(), ulong(select.size())) != 0)
        return connection.lastError(subjectOf(table));
    std::unique_ptr<MYSQL_RES, decltype(&::mysql_free_result)> result(::mysql_use_result(handle),
                                                                      &::mysql_free_result);
    if (!result)
        return connection.lastError(subjectOf(table));
    TupleText tuple(table.columns);
    constexpr unsigned RowsBetweenLooks = 256;
    for (unsigned count = 0; const auto row = ::mysql_fetch_row(result.get()); ++count) {
        const auto *lengths = ::mysql_fetch_lengths(result.get());
        if (const auto taken = sink(tuple.write(row, lengths)); !taken)
            return taken.failure();
        if (count % RowsBetweenLooks == 0 && monitor.isCancelRequested())
            return Cancelled{};
    }
    if (::mysql_errno(handle) != 0)
        return connection.lastError(subjectOf(table));
    return Success;
}

} // namespace Banister
