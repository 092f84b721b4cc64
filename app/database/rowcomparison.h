// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "database/dumprows.h"
#include "database/rowdiff.h"
#include "database/rowstream.h"
#include "database/snapshot.h"
#include "database/tableprogress.h"

#include <QCoreApplication>
#include <QList>

#include <functional>
#include <vector>

namespace Banister {

/// Is shown the rows of now that a dump does not have, or has otherwise.
class RowVisitor
{
public:
    virtual ~RowVisitor() = default;
    /// Whether rows of tables that came since the dump are wanted: all of them are added then.
    virtual bool wantsNewTables() const = 0;
    /// Before the rows of a table.
    virtual Result<> begin(const TablePair &pair) = 0;
    /// Changed or Added. From several threads, those of a chunk in their order.
    virtual Result<> visit(const TablePair &pair,
                           const RowChunk &chunk,
                           RowIndex::Match match,
                           const ComparedRow &row) = 0;
    /// After the rows of a table. \param index null for a table that the dump does not have
    virtual Result<> end(const TablePair &pair, RowIndex *index, TableRowDiff &diff) = 0;
};

/// The work of compareRows(), for whatever is done with the rows.
class RowComparison
{
    Q_DECLARE_TR_FUNCTIONS(RowComparison)

public:
    RowComparison(const DatabaseSettings &settings,
                  const DumpManifest &manifest,
                  const RowDiffOptions &options,
                  RowVisitor &visitor,
                  Monitor &monitor);

    /// One entry for each table, by name.
    Result<QList<TableRowDiff>> run();

private:
    struct Table
    {
        TablePair pair;
        TableRowDiff diff;
        bool isDumped = true;
    };

    bool isWanted(const QString &table) const;
    Result<> prepare();
    Result<> compareGroup(Snapshot &snapshot, bool isTransactional);
    Result<> addUp(Snapshot &snapshot, const QList<Table *> &tables);
    Result<> compareTable(Snapshot &snapshot, Table &table);
    Result<> compareSums(Snapshot &snapshot, Table &table);
    Result<> takeNewTable(Snapshot &snapshot, Table &table);
    Result<> readDump(const Table &table, RowIndex &index);
    Result<> streamNow(Snapshot &snapshot,
                       const SchemaTable &table,
                       const std::function<Result<>(const RowChunk &, QByteArrayView)> &sink);
    Result<> forEachPart(const QString &table,
                         const std::function<Result<>(const DumpPart &)> &work);

    const DatabaseSettings &m_settings;
    const DumpManifest &m_manifest;
    const RowDiffOptions &m_options;
    RowVisitor &m_visitor;
    Monitor &m_monitor;
    TableProgress m_progress;
    Schema m_schema; ///< of what is compared
    std::vector<Table> m_tables;
};

} // namespace Banister
