// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/rowchecksum.h"
#include "database/snapshot.h"
#include "database/tablework.h"

#include <QList>

#include <functional>

namespace Banister {

/// Reads all rows of the schema's tables and adds them up as a dump does; one entry a table.
/// \param advance is told of rows that have been read, and of which table; from several threads
Result<QList<RowChecksum>>
checksumsOf(Snapshot &snapshot,
            const Schema &schema,
            LockEnd lockEnd,
            const std::function<void(const SchemaTable &, qint64 rows)> &advance,
            Monitor &monitor);

} // namespace Banister
