// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/snapshot.h"

#include "database/databaseerror.h"

#include <algorithm>
#include <mysqld_error.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// One statement for all tables does not tell which of them kept it waiting: asked for one by one,
/// those do.
Failure namingHeldTables(Connection &connection, const Schema &schema, const Failure &failure)
{
    const auto *error = std::get_if<Error>(&failure);
    if (!error || !error->has(DatabaseError::LockWait)
        || !connection.execute("SET SESSION lock_wait_timeout = 1"))
        return failure;
    constexpr int Named = 5;
    QStringList held;
    for (const auto &table : schema.tables) {
        const auto locked =
            connection.execute("LOCK TABLES " + quoteName(table.name).toUtf8() + " READ");
        if (locked.isError() && locked.error().has(DatabaseError::LockWait))
            held.append(table.name);
        if (held.size() == Named)
            break;
    }
    if (held.isEmpty())
        return failure;
    return databaseError(ER_LOCK_WAIT_TIMEOUT, error->details, held.join(u", "_s));
}

Result<bool> lock(Connection &connection, const Schema &schema)
{
    if (const auto limited = connection.execute("SET SESSION lock_wait_timeout = 60"); !limited)
        return limited.failure();
    auto locked = connection.execute("FLUSH TABLES WITH READ LOCK");
    if (locked)
        return true;
    if (!locked.isError() || !locked.error().has(DatabaseError::NoRights))
        return locked.failure();
    if (schema.tables.isEmpty())
        return false;
    QByteArray tables;
    for (const auto &table : schema.tables) {
        if (!tables.isEmpty())
            tables += ", ";
        tables += quoteName(table.name).toUtf8() + " READ";
    }
    locked = connection.execute("LOCK TABLES " + tables);
    if (locked)
        return true;
    if (locked.isError()
        && (locked.error().has(DatabaseError::NoRights)
            || locked.error().has(DatabaseError::NoRightsOnDatabase)))
        return false;
    return locked.failure();
}

} // namespace

Result<Snapshot> Snapshot::begin(const DatabaseSettings &settings,
                                 const Schema &schema,
                                 int wanted,
                                 Monitor &monitor)
{
    auto locker = Connection::open(settings);
    if (!locker)
        return locker.failure();
    Snapshot snapshot(std::move(locker).value());
    const auto isLocked = lock(snapshot.m_locker, schema);
    if (!isLocked)
        return namingHeldTables(snapshot.m_locker, schema, isLocked.failure());
    snapshot.m_isLocked = *isLocked;
    if (!snapshot.m_isLocked && wanted > 1) {
        monitor.log(u"The database user may neither FLUSH nor LOCK TABLES: the dump goes over one "
                    "connection."_s);
        wanted = 1;
    }
    for (int number = 0; number < std::max(wanted, 1); ++number) {
        auto connection = Connection::open(settings);
        if (!connection)
            return connection.failure();
        // Values come as they are stored: converting them costs the server time.
        for (const auto *statement : {"SET SESSION character_set_results = NULL",
                                      "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                                      "START TRANSACTION WITH CONSISTENT SNAPSHOT"}) {
            if (const auto done = connection->execute(statement); !done)
                return done.failure();
        }
        snapshot.m_connections.push_back(std::move(connection).value());
    }
    const bool allTransactional = std::all_of(schema.tables.begin(),
                                              schema.tables.end(),
                                              [](const auto &t) { return t.isTransactional; });
    if (allTransactional) {
        if (const auto released = snapshot.release(); !released)
            return released.failure();
    }
    return snapshot;
}

Result<> Snapshot::release()
{
    if (!m_isLocked)
        return Success;
    m_isLocked = false;
    return m_locker.execute("UNLOCK TABLES");
}

} // namespace Banister
