// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/connection.h"
#include "database/schema.h"

#include <vector>

namespace Banister {

/// Connections that all see the database as it was at one instant.
///
/// Writers are held off only until each connection has begun its transaction: by FLUSH TABLES WITH
/// READ LOCK where the user may (right RELOAD), else by LOCK TABLES. Where neither is allowed there
/// is one connection. Tables that know no transactions stay locked until release().
class Snapshot
{
public:
    /// \p wanted connections, at least one is made. DatabaseError.LockWait where a statement of
    /// somebody else keeps the locks away for 60 seconds.
    static Result<Snapshot>
    begin(const DatabaseSettings &settings, const Schema &schema, int wanted, Monitor &monitor);

    std::vector<Connection> &connections() { return m_connections; }
    /// Ends the lock that protects tables without transactions; they must have been read.
    Result<> release();
    bool isLocked() const { return m_isLocked; }

private:
    explicit Snapshot(Connection locker)
        : m_locker(std::move(locker))
    {}

    Connection m_locker;
    bool m_isLocked = false;
    std::vector<Connection> m_connections;
};

} // namespace Banister
