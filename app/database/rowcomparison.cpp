// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowcomparison.h"

#include "database/databaseerror.h"
#include "database/dumppart.h"
#include "database/tablechecksums.h"
#include "files/workqueue.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 RowsBetweenReports = 4096;

TableRowDiff diffOf(const TablePair &pair, const DumpTable &dumped)
{
    TableRowDiff diff;
    diff.table = pair.name;
    diff.rowsThen = dumped.rows;
    diff.addedColumns = pair.addedColumns;
    diff.removedColumns = pair.removedColumns;
    diff.changedColumns = pair.changedColumns;
    return diff;
}

} // namespace

RowComparison::RowComparison(const DatabaseSettings &settings,
                             const DumpManifest &manifest,
                             const RowDiffOptions &options,
                             RowVisitor &visitor,
                             Monitor &monitor)
    : m_settings(settings)
    , m_manifest(manifest)
    , m_options(options)
    , m_visitor(visitor)
    , m_monitor(monitor)
    , m_progress(monitor)
{}

bool RowComparison::isWanted(const QString &table) const
{
    return m_options.tables.isEmpty() || m_options.tables.contains(table);
}

Result<> RowComparison::prepare()
{
    auto connection = Connection::open(m_settings);
    if (!connection)
        return connection.failure();
    const auto schema = readSchema(*connection, m_manifest.tablePrefix);
    if (!schema)
        return schema.failure();
    const auto definitions = readDumpDefinitions(m_manifest);
    if (!definitions)
        return definitions.failure();
    for (const auto &present : schema->tables) {
        if (!isWanted(present.name))
            continue;
        m_schema.tables.append(present);
        const auto *dumped = m_manifest.table(present.name);
        if (!dumped) {
            m_tables.push_back({pairTable({}, present), {}, false});
            m_tables.back().diff.table = present.name;
            m_tables.back().diff.kind = TableRowDiff::Kind::OnlyInDatabase;
            continue;
        }
        const auto then = parseTableDefinition(definitions->value(present.name));
        const auto pair = pairTable(then, present);
        m_tables.push_back({pair, diffOf(pair, *dumped)});
        const auto passes = pair.isWhole ? 2 : 1;
        m_progress.expect(present.name, passes * present.rowsEstimate + dumped->rows);
    }
    return Success;
}

Result<>
RowComparison::streamNow(Snapshot &snapshot,
                         const SchemaTable &table,
                         const std::function<Result<>(const RowChunk &, QByteArrayView)> &sink)
{
    Schema schema;
    schema.tables.append(table);
    return workOnChunks(
        snapshot,
        schema,
        m_options.bytesPerChunk,
        [&](auto &source, const auto &one, const auto &chunk, const auto &inner) {
            qint64 rows = 0;
            auto read = streamRows(
                source,
                one,
                chunk,
                [&](QByteArrayView tuple) {
                    if (++rows % RowsBetweenReports == 0)
                        m_progress.add(
                            one.name, RowsBetweenReports, tr("Comparing %1").arg(one.name));
                    return sink(chunk, tuple);
                },
                inner);
            return read;
        },
        m_monitor,
        LockEnd::Later);
}

Result<> RowComparison::forEachPart(const QString &table,
                                    const std::function<Result<>(const DumpPart &)> &work)
{
    WorkQueue<const DumpPart *> queue;
    for (const auto &part : m_manifest.parts) {
        if (part.kind == DumpPart::Kind::Rows && part.table == table)
            queue.add(&part);
    }
    return queue.run(std::max(m_options.connections, 1),
                     m_monitor,
                     [&](const DumpPart *part, int /*worker*/) { return work(*part); });
}

// What the dump and the database have in common and is the same is found here, whole tables at once.
Result<> RowComparison::addUp(Snapshot &snapshot, const QList<Table *> &tables)
{
    Schema schema;
    for (const auto *table : tables)
        schema.tables.append(table->pair.asDumped);
    const auto checksums = checksumsOf(
        snapshot,
        schema,
        LockEnd::Later,
        [this](const SchemaTable &table, qint64 rows) {
            m_progress.add(table.name, rows, tr("Comparing %1").arg(table.name));
        },
        m_monitor);
    if (!checksums)
        return checksums.failure();
    for (qsizetype index = 0; index < tables.size(); ++index) {
        auto &diff = tables.at(index)->diff;
        const auto &sum = checksums->at(index);
        diff.rowsNow = sum.rows();
        const auto *dumped = m_manifest.table(diff.table);
        const bool isEqual = sum.rows() == dumped->rows && sum.toBytes() == dumped->checksum;
        diff.kind = isEqual ? TableRowDiff::Kind::Equal : TableRowDiff::Kind::Different;
    }
    return Success;
}

Result<> RowComparison::readDump(const Table &table, RowIndex &index)
{
    const auto &name = table.pair.name;
    auto read = forEachPart(name, [&](const DumpPart &part) -> Result<> {
        std::vector<RowHash> batch;
        batch.reserve(RowsBetweenReports);
        const auto flush = [&]() -> Result<> {
            // The room was made for as many rows as the manifest says.
            if (index.added() + qint64(batch.size()) > table.diff.rowsThen)
                return Error{DatabaseError::DumpDamaged,
                             tr("The dump holds more rows of the table %1 than its list of files "
                                "says.")
                                 .arg(name),
                             {},
                             {}};
            index.add(batch);
            m_progress.add(name, qint64(batch.size()), tr("Reading %1 of the dump").arg(name));
            batch.clear();
            return Success;
        };
        auto done = readDumpRows(
            m_manifest,
            part,
            table.pair,
            [&](const ComparedRow &row, const QStringList & /*columns*/) -> Result<> {
                batch.push_back(row.hash());
                return batch.size() < size_t(RowsBetweenReports) ? Result<>(Success) : flush();
            },
            m_monitor);
        return done ? flush() : done;
    });
    if (!read)
        return read;
    if (index.added() != table.diff.rowsThen)
        return Error{
            DatabaseError::DumpDamaged,
            tr("The dump holds %1 rows of the table %2; the list of its files says %3.")
                .arg(QString::number(index.added()), name, QString::number(table.diff.rowsThen)),
            {},
            {}};
    index.finish();
    return Success;
}

Result<> RowComparison::compareTable(Snapshot &snapshot, Table &table)
{
    const auto &pair = table.pair;
    auto &diff = table.diff;
    diff.key = pair.keyNames();
    const bool hasKey = pair.keyColumns > 0;
    diff.method = hasKey ? TableRowDiff::Method::Key : TableRowDiff::Method::WholeRows;
    RowIndex index(hasKey ? RowIndex::Method::Key : RowIndex::Method::WholeRows, diff.rowsThen);
    if (const auto read = readDump(table, index); !read)
        return read.failure();
    if (const auto begun = m_visitor.begin(pair); !begun)
        return begun.failure();
    using Match = RowIndex::Match;
    std::array<std::atomic<qint64>, 3> counts{}; // by Match
    const auto of = [&counts](Match match) -> auto &
    {
        return counts.at(size_t(match));
    };
    const auto streamed =
        streamNow(snapshot, pair.now, [&](const RowChunk &chunk, QByteArrayView tuple) -> Result<> {
            const auto row = ComparedRow::ofNow(pair, tuple);
            const auto match = index.match(row.hash());
            ++of(match);
            return match == Match::Same ? Result<>(Success)
                                        : m_visitor.visit(pair, chunk, match, row);
        });
    if (!streamed)
        return streamed.failure();
    diff.added = of(Match::Added);
    diff.changed = of(Match::Changed);
    const auto kept = of(Match::Same) + diff.changed;
    diff.rowsNow = kept + diff.added;
    diff.removed = diff.rowsThen - kept;
    const bool isEqual = diff.added == 0 && diff.changed == 0 && diff.removed == 0;
    diff.kind = isEqual ? TableRowDiff::Kind::Equal : TableRowDiff::Kind::Different;
    return m_visitor.end(pair, &index, diff);
}

// Too large for an index. Where all columns are compared the sums have been compared already.
Result<> RowComparison::compareSums(Snapshot &snapshot, Table &table)
{
    auto &diff = table.diff;
    std::mutex mutex;
    RowChecksum then;
    RowChecksum now;
    if (!table.pair.isWhole) {
        const auto read = forEachPart(diff.table, [&](const DumpPart &part) {
            RowChecksum sum;
            auto done = readDumpRows(
                m_manifest,
                part,
                table.pair,
                [&sum](const ComparedRow &row, const QStringList & /*columns*/) -> Result<> {
                    sum.add(row.compared);
                    return Success;
                },
                m_monitor);
            const std::scoped_lock lock(mutex);
            then.add(sum);
            return done;
        });
        if (!read)
            return read.failure();
        const auto streamed = streamNow(
            snapshot, table.pair.now, [&](const RowChunk &, QByteArrayView tuple) -> Result<> {
                const auto row = ComparedRow::ofNow(table.pair, tuple);
                const std::scoped_lock lock(mutex);
                now.add(row.compared);
                return Success;
            });
        if (!streamed)
            return streamed.failure();
        diff.rowsNow = now.rows();
        const bool isEqual = then.rows() == now.rows() && then.toBytes() == now.toBytes();
        diff.kind = isEqual ? TableRowDiff::Kind::Equal : TableRowDiff::Kind::Different;
    }
    if (diff.kind == TableRowDiff::Kind::Different) {
        diff.added = -1;
        diff.changed = -1;
        diff.removed = -1;
    }
    return Success;
}

Result<> RowComparison::takeNewTable(Snapshot &snapshot, Table &table)
{
    auto &diff = table.diff;
    if (m_visitor.wantsNewTables()) {
        if (const auto begun = m_visitor.begin(table.pair); !begun)
            return begun.failure();
        const auto streamed =
            streamNow(snapshot, table.pair.now, [&](const RowChunk &chunk, QByteArrayView tuple) {
                return m_visitor.visit(table.pair,
                                       chunk,
                                       RowIndex::Match::Added,
                                       ComparedRow::ofNow(table.pair, tuple));
            });
        if (!streamed)
            return streamed.failure();
        if (const auto ended = m_visitor.end(table.pair, nullptr, diff); !ended)
            return ended.failure();
    }
    const auto count =
        snapshot.connections().front().scalar(u"SELECT COUNT(*) FROM "_s + quoteName(diff.table));
    if (!count)
        return count.failure();
    diff.rowsNow = count->toLongLong();
    diff.added = diff.rowsNow;
    return Success;
}

Result<> RowComparison::compareGroup(Snapshot &snapshot, bool isTransactional)
{
    QList<Table *> summed;
    for (auto &table : m_tables) {
        if (table.pair.now.isTransactional == isTransactional && table.isDumped
            && table.pair.isWhole)
            summed.append(&table);
    }
    if (const auto added = addUp(snapshot, summed); !added)
        return added.failure();
    for (auto &table : m_tables) {
        const auto &pair = table.pair;
        if (pair.now.isTransactional != isTransactional)
            continue;
        Result<> done = Success;
        if (!table.isDumped)
            done = takeNewTable(snapshot, table);
        else if (!pair.isWhole || table.diff.kind != TableRowDiff::Kind::Equal)
            done = table.diff.rowsThen > m_options.mostRows ? compareSums(snapshot, table)
                                                            : compareTable(snapshot, table);
        if (!done)
            return done;
        m_progress.finish(pair.name, tr("Comparing %1").arg(pair.name));
    }
    return Success;
}

Result<QList<TableRowDiff>> RowComparison::run()
{
    if (const auto prepared = prepare(); !prepared)
        return prepared.failure();
    auto snapshot = Snapshot::begin(m_settings, m_schema, m_options.connections, m_monitor);
    if (!snapshot)
        return snapshot.failure();
    // What knows no transactions stays locked until it has been read for the last time.
    if (const auto compared = compareGroup(*snapshot, false); !compared)
        return compared.failure();
    if (const auto released = snapshot->release(); !released)
        return released.failure();
    if (const auto compared = compareGroup(*snapshot, true); !compared)
        return compared.failure();
    QList<TableRowDiff> diffs;
    for (auto &table : m_tables)
        diffs.append(std::move(table.diff));
    for (const auto &dumped : m_manifest.tables) {
        const bool isPresent = std::any_of(diffs.begin(), diffs.end(), [&](const auto &diff) {
            return diff.table == dumped.name;
        });
        if (isPresent || !isWanted(dumped.name))
            continue;
        TableRowDiff diff;
        diff.table = dumped.name;
        diff.kind = TableRowDiff::Kind::OnlyInDump;
        diff.rowsThen = dumped.rows;
        diff.removed = dumped.rows;
        diffs.append(diff);
    }
    std::sort(diffs.begin(), diffs.end(), [](const auto &left, const auto &right) {
        return left.table < right.table;
    });
    return diffs;
}

} // namespace Banister
