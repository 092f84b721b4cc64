// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/tablechecksums.h"

#include <mutex>

namespace Banister {

Result<QList<RowChecksum>>
checksumsOf(Snapshot &snapshot,
            const Schema &schema,
            LockEnd lockEnd,
            const std::function<void(const SchemaTable &, qint64)> &advance,
            Monitor &monitor)
{
    constexpr qint64 bytesPerChunk = 48LL * 1024 * 1024;
    constexpr qint64 rowsBetweenReports = 4096;
    std::mutex mutex;
    QList<RowChecksum> checksums(schema.tables.size());
    const auto worked = workOnChunks(
        snapshot,
        schema,
        bytesPerChunk,
        [&](auto &source, const auto &table, const auto &chunk, const auto &inner) -> Result<> {
            RowChecksum checksum;
            auto read = streamRows(
                source,
                table,
                chunk,
                [&](QByteArrayView row) -> Result<> {
                    checksum.add(row);
                    if (checksum.rows() % rowsBetweenReports == 0)
                        advance(table, rowsBetweenReports);
                    return Success;
                },
                inner);
            advance(table, checksum.rows() % rowsBetweenReports);
            const std::scoped_lock guard(mutex);
            checksums[chunk.table].add(checksum);
            return read;
        },
        monitor,
        lockEnd);
    if (!worked)
        return worked.failure();
    return checksums;
}

} // namespace Banister
