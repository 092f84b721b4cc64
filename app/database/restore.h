// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "database/restoretarget.h"

#include <QString>
#include <QStringList>

namespace Banister {

struct RestoreOptions
{
    int connections = 2;
    /// The dump's files have just been compared with the manifest (verifyDump): not again.
    bool isVerified = false;
    LockPatience patience;
    /// Only these tables, which the dump must have; all where it is empty. They are removed and made
    /// anew, with their triggers; sequences that they need are made where they are missing. Everything
    /// else stays as it is, also what came since. What makes that unsafe is for checkSelection().
    QStringList tables = {};
    /// What came since and stays, by PresentObject::title(). Nothing that the dump has.
    QStringList kept = {};
};

struct RestoreReport
{
    int tables = 0;
    qint64 rows = 0;
    int objects = 0; ///< views, triggers, routines, events, sequences
    qint64 statements = 0;
    qint64 plainBytes = 0; ///< of SQL
};

/// Puts a dump in the place of what the application has in the database now.
///
/// First everything is looked at that can be known before: the dump's files, what the account may do,
/// how long a statement the server takes. What is found then is an error of its own, and nothing has
/// been changed. Then the tables are loaded beside those that are there, and change places with them in
/// one statement when all rows have arrived and were counted (see Staging); an error until then is
/// DatabaseError.NotReplaced on top of what was found. Where that cannot be (some tables only, no
/// right to rename, names that can be there once only, no room for both) what is there is removed
/// first. Everything with the dump's prefix, also what came since, gives way, unless it is to be kept;
/// other applications' tables are not touched. An error then is DatabaseError.RestoreFailed. It can
/// be repeated from whatever a former try left, a killed one too. compareWithManifest() compares
/// the content.
///
/// Uses one connection more than the options say, and about 32 MB of memory, or a few times the
/// longest statement.
Result<RestoreReport> restoreDump(const DatabaseSettings &settings,
                                  const QString &folder,
                                  const RestoreOptions &options,
                                  Monitor &monitor);

/// Removes tables that a killed restoreDump() has left beside the application's, of which nothing else
/// takes notice.
Result<> removeLoadedBeside(const DatabaseSettings &settings, const QString &tablePrefix);

} // namespace Banister
