// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "practice/practicedatabase.h"

#include <QString>

namespace Banister {

/// Makes the database and the site's account, through the server's own account on the socket.
Result<> createPracticeDatabase(const PracticeDatabase &database,
                                const QString &serverUser,
                                const QString &serverPassword);

/// Fills an empty database with the tables of Mautic 2.16.5 and about `rows` rows in its large
/// tables, awkward data, and, where there is a prefix, tables of another application. The newest
/// five migrations are outstanding; one of them skips itself.
Result<> fillMauticDatabase(const PracticeDatabase &database,
                            const QString &prefix,
                            qint64 rows,
                            Monitor &monitor);

} // namespace Banister
