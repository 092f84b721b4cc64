// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/rowstream.h"
#include "database/snapshot.h"

#include <QList>

#include <functional>

namespace Banister {

/// When the lock on tables without transactions ends.
enum class LockEnd {
    AfterTheirChunks,
    Later ///< whoever called releases the snapshot: they are read again
};

/// Does something with every chunk of every table over the snapshot's connections, a thread each.
///
/// Chunks of tables without transactions come first. The work is called
/// from several threads, once a chunk; its first failure stops all and is returned.
using ChunkWork =
    std::function<Result<>(Connection &, const SchemaTable &, const RowChunk &, const Monitor &)>;
Result<> workOnChunks(Snapshot &snapshot,
                      const Schema &schema,
                      qint64 bytesPerChunk,
                      const ChunkWork &work,
                      Monitor &monitor,
                      LockEnd lockEnd = LockEnd::AfterTheirChunks);

} // namespace Banister
