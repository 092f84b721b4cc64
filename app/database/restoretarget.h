// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/connection.h"
#include "database/dumpselection.h"
#include "database/presentobjects.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <set>
#include <utility>

namespace Banister {

/// How long others may keep something locked that the restore needs.
struct LockPatience
{
    std::chrono::seconds wait{5}; ///< of one try
    int tries = 12;
};

/// Connects with a session that loads whatever was dumped: keys to other tables are not checked, nor
/// are CHECK constraints, which rows may have violated all along.
Result<Connection> openForLoading(const DatabaseSettings &settings, const LockPatience &patience);

/// Does it again while it ends with DatabaseError.LockWait or .Deadlock, which leave nothing half
/// done in one statement.
Result<> withPatience(const LockPatience &patience,
                      const Monitor &monitor,
                      const std::function<Result<>()> &work);

/// What an account must be able to make for a dump to be loaded.
struct RestoreNeeds
{
    bool foreignKeys = false;
    /// Some table cannot be made under another name while the one that it replaces is there: servers
    /// want the names of its foreign keys or checks to be unique in the database.
    bool holdsNames = false;
    qint64 longestStatement = 0; ///< bytes
    /// Kinds of objects ("VIEW", "TRIGGER", …) with whom they belong to: "`user`@`host`", as it stands
    /// in the dump; empty for whoever makes them.
    std::set<std::pair<QByteArray, QByteArray>> objects;
};

/// Reads them from the definitions in the dump; the rows are not read.
Result<RestoreNeeds> readRestoreNeeds(const DumpSelection &selection, const Monitor &monitor);

/// Makes and removes one small object of each kind, named with the dump's prefix: no list of grants
/// tells as surely what the server will allow. Errors: DatabaseError.NoRights and .PacketTooLarge.
Result<> checkTarget(Connection &connection,
                     const DumpManifest &manifest,
                     const RestoreNeeds &needs,
                     const LockPatience &patience,
                     const Monitor &monitor);

/// Removes them, each announced by its name.
Result<> clearTarget(Connection &connection,
                     const QList<PresentObject> &objects,
                     const LockPatience &patience,
                     const Monitor &monitor,
                     const std::function<void(const QString &)> &announce);

} // namespace Banister
