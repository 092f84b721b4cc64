// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowsampler.h"

#include <QHash>

#include <algorithm>
#include <iterator>
#include <optional>
#include <xxhash.h>

namespace Banister {

namespace {

QStringList namesOf(const SchemaTable &table)
{
    QStringList names;
    for (const auto &column : table.columns)
        names.append(column.name);
    return names;
}

/// In the order of the table's definition.
QStringList inOrder(const TableDefinition &definition, const QStringList &columns)
{
    auto names = definition.columnNames();
    names.removeIf([&columns](const auto &name) { return !columns.contains(name); });
    return names;
}

} // namespace

std::vector<RowSampler::Value> RowSampler::valuesOf(QByteArrayView tuple)
{
    std::vector<QByteArrayView> fields;
    splitTuple(tuple, fields);
    std::vector<Value> values;
    values.reserve(fields.size());
    for (const auto &field : fields)
        values.push_back(
            {readLiteralShort(field), ::XXH3_64bits(field.data(), size_t(field.size()))});
    return values;
}

Result<> RowSampler::begin(const TablePair & /*pair*/)
{
    m_added.clear();
    m_changed.clear();
    return Success;
}

// Of the chunks that are known, enough of the first ones: what comes behind them goes.
void RowSampler::keep(Rows &rows, int chunk, const ComparedRow &row)
{
    int before = 0;
    for (auto it = rows.begin(); it != rows.end() && it->first <= chunk; ++it)
        before += int(it->second.size());
    if (before >= m_samples)
        return;
    rows[chunk].push_back({row.hash(), valuesOf(row.tuple)});
    int sum = 0;
    for (auto it = rows.begin(); it != rows.end(); ++it) {
        sum += int(it->second.size());
        if (sum >= m_samples) {
            rows.erase(std::next(it), rows.end());
            return;
        }
    }
}

Result<> RowSampler::visit(const TablePair & /*pair*/,
                           const RowChunk &chunk,
                           RowIndex::Match match,
                           const ComparedRow &row)
{
    const std::scoped_lock lock(m_mutex);
    keep(match == RowIndex::Match::Added ? m_added : m_changed, chunk.number, row);
    return Success;
}

QList<RowSampler::Row> RowSampler::first(const Rows &rows) const
{
    QList<Row> all;
    for (const auto &[chunk, some] : rows) {
        for (const auto &row : some)
            all.append(row);
    }
    return all.first(std::min<qsizetype>(all.size(), m_samples));
}

RowSample RowSampler::sample(const QStringList &columns, const std::vector<Value> &values)
{
    RowSample sample;
    for (qsizetype index = 0; index < std::min(columns.size(), qsizetype(values.size())); ++index)
        sample.values.append({columns.at(index), values[size_t(index)].shown});
    return sample;
}

ChangedRow RowSampler::change(const TablePair &pair,
                              const Row &now,
                              const QStringList &columns,
                              const Row &then)
{
    ChangedRow changed;
    for (qsizetype index = 0; index < pair.comparedColumns; ++index) {
        const auto &name = pair.now.columns.at(index).name;
        const auto &value = now.values[size_t(index)];
        const auto &former = then.values[size_t(columns.indexOf(name))];
        if (index < pair.keyColumns)
            changed.key.append({name, value.shown});
        else if (value.hash != former.hash)
            changed.values.append({name, former.shown, value.shown});
    }
    return changed;
}

Result<> RowSampler::readOldRows(const TablePair &pair, RowIndex &index, TableRowDiff &diff)
{
    const auto changed = first(m_changed);
    std::vector<std::optional<ChangedRow>> found(size_t(changed.size()));
    qsizetype changesLeft = changed.size();
    const auto removedWanted = std::min<qint64>(diff.removed, m_samples);
    const auto isDone = [&] {
        return changesLeft == 0 && diff.removedSamples.size() >= removedWanted;
    };
    for (const auto &part : m_manifest.parts) {
        if (part.kind != DumpPart::Kind::Rows || part.table != pair.name)
            continue;
        if (isDone())
            break;
        auto read = readDumpRows(
            m_manifest,
            part,
            pair,
            [&](const ComparedRow &row, const QStringList &columns) -> Result<> {
                if (isDone())
                    return Cancelled{}; // the file was compared with its hash before
                const auto hash = row.hash();
                if (diff.removedSamples.size() < removedWanted && index.takeRemoved(hash)) {
                    diff.removedSamples.append(sample(columns, valuesOf(row.tuple)));
                    return Success;
                }
                const auto match =
                    std::find_if(changed.begin(), changed.end(), [&](const auto &one) {
                        return RowIndex::isSameKey(one.hash, hash);
                    });
                if (match == changed.end())
                    return Success;
                auto &place = found[size_t(match - changed.begin())];
                if (!place)
                    --changesLeft;
                place = change(pair, *match, columns, {hash, valuesOf(row.tuple)});
                return Success;
            },
            m_monitor);
        if (!read && !isDone())
            return read;
    }
    for (auto &one : found) {
        if (one)
            diff.changedSamples.append(std::move(*one));
    }
    return Success;
}

Result<> RowSampler::end(const TablePair &pair, RowIndex *index, TableRowDiff &diff)
{
    if (m_samples <= 0 || !index)
        return Success;
    const auto streamed = namesOf(pair.now);
    const auto shown = inOrder(pair.nowDefinition, streamed);
    const auto added = first(m_added);
    for (const auto &row : added) {
        RowSample ordered;
        for (const auto &name : shown)
            ordered.values.append({name, row.values[size_t(streamed.indexOf(name))].shown});
        diff.addedSamples.append(ordered);
    }
    return readOldRows(pair, *index, diff);
}

} // namespace Banister
