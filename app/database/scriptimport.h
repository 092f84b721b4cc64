// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "database/dump.h"
#include "database/dumpmanifest.h"

#include <QByteArray>
#include <QString>

namespace Banister {

struct ImportedScript
{
    DumpManifest manifest;
    QByteArray characterSet;  ///< that the script was written in: "utf8mb4"
    bool hasRoutines = false; ///< routines or events are in it
};

/// Turns a dump by mysqldump or mariadb-dump into one of ours, for the tables of a prefix.
///
/// The server itself reads the values: statement by statement they go through a temporary table that
/// only this connection sees, so that they are written, counted and summed up like those of a dump
/// that Banister makes. No table of the site is touched. The script is only read. What it says of a
/// table is taken as it stands: no sums tell whether it was altered since.
///
/// Errors: those of readScriptFacts(); DatabaseError.ScriptUnreadable and .ScriptUnknown with the
/// line, .NoRights where the account may not make temporary tables, .DumpFailed on top of each.
Result<ImportedScript> importScript(const DatabaseSettings &settings,
                                    const QString &script,
                                    const DumpOptions &options,
                                    Monitor &monitor);

} // namespace Banister
