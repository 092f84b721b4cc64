// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/dumpmanifest.h"
#include "database/rowindex.h"
#include "database/tablepair.h"

#include <QByteArrayView>
#include <QStringList>

#include <functional>

namespace Banister {

/// A row as it is compared; valid within a call.
struct ComparedRow
{
    QByteArrayView compared; ///< literals with commas, the key's first
    qsizetype keySize = 0;   ///< bytes of compared; 0: no key
    QByteArrayView tuple;    ///< the whole row

    RowHash hash() const { return RowHash::of(compared, keySize); }
    /// One that streamRows() gave for pair.now.
    static ComparedRow ofNow(const TablePair &pair, QByteArrayView tuple);
};

/// \param columns of the tuple
using DumpRowSink = std::function<Result<>(const ComparedRow &row, const QStringList &columns)>;

/// Reads the rows of a table from one file of a dump.
Result<> readDumpRows(const DumpManifest &manifest,
                      const DumpPart &part,
                      const TablePair &pair,
                      const DumpRowSink &sink,
                      const Monitor &monitor);

} // namespace Banister
