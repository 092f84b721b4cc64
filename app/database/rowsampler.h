// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "database/rowcomparison.h"

#include <QList>

#include <map>
#include <mutex>
#include <vector>

namespace Banister {

/// Keeps a few rows of each sort for people to look at: of the rows of now as they pass, of the
/// dump's by reading it once more.
class RowSampler : public RowVisitor
{
public:
    RowSampler(const DumpManifest &manifest, int samples, Monitor &monitor)
        : m_manifest(manifest)
        , m_samples(samples)
        , m_monitor(monitor)
    {}

    bool wantsNewTables() const override { return false; }
    Result<> begin(const TablePair &pair) override;
    Result<> visit(const TablePair &pair,
                   const RowChunk &chunk,
                   RowIndex::Match match,
                   const ComparedRow &row) override;
    Result<> end(const TablePair &pair, RowIndex *index, TableRowDiff &diff) override;

private:
    struct Value
    {
        LiteralValue shown;
        quint64 hash = 0; ///< of the whole literal
    };
    struct Row
    {
        RowHash hash;
        std::vector<Value> values;
    };
    /// By the number of the chunk: the same ones each time, whichever thread is quicker.
    using Rows = std::map<int, std::vector<Row>>;

    static std::vector<Value> valuesOf(QByteArrayView tuple);
    void keep(Rows &rows, int chunk, const ComparedRow &row);
    QList<Row> first(const Rows &rows) const;
    static RowSample sample(const QStringList &columns, const std::vector<Value> &values);
    static ChangedRow
    change(const TablePair &pair, const Row &now, const QStringList &columns, const Row &then);
    Result<> readOldRows(const TablePair &pair, RowIndex &index, TableRowDiff &diff);

    const DumpManifest &m_manifest;
    const int m_samples;
    Monitor &m_monitor;
    std::mutex m_mutex; ///< guards what follows
    Rows m_added;
    Rows m_changed;
};

} // namespace Banister
