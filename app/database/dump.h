// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "database/dumpmanifest.h"

#include <QString>

namespace Banister {

struct DumpOptions
{
    QString folder; ///< made where it is missing; what an unfinished dump left there is removed
    QString tablePrefix;
    Compression compression = Compression::Zstd;
    int connections = 2;
    /// Tables larger than this are divided; about as large are the parts before compression.
    qint64 bytesPerChunk = 16LL * 1024 * 1024;
};

/// Writes tables, rows, views, triggers, routines and events of the prefix as SQL files, from one
/// consistent snapshot. In the order of their names (LC_ALL=C) the files can be piped into the
/// mariadb client. Needs some 30 MB of memory and the largest row a few times, whatever the size.
/// Durable on return. Errors: DatabaseError.DumpFailed on top of what was found.
Result<DumpManifest>
dumpDatabase(const DatabaseSettings &settings, const DumpOptions &options, Monitor &monitor);

} // namespace Banister
