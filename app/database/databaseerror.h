// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QObject>

namespace Banister::DatabaseErrors {
Q_NAMESPACE

enum class DatabaseError {
    DriverMissing, ///< Qt's QMYSQL driver is not installed
    Unreachable,
    AccessDenied,
    PathUnusable, ///< of a socket; see canBeOption()
    UnknownDatabase,
    NoRightsOnDatabase,
    NoRights,         ///< for one statement or table
    DefinitionHidden, ///< of a routine or view that the account may use but not read
    ConnectionLost,
    LockWait,
    Deadlock,
    PacketTooLarge, ///< a row or statement is larger than max_allowed_packet
    ServerReadOnly,
    ServerDiskFull,
    TlsFailed,
    TlsNotVerified, ///< the certificate is not trusted, or is another host's
    StatementFailed,
    ScriptUnreadable, ///< a foreign SQL script
    ScriptIncomplete, ///< a foreign dump that was cut short
    ScriptUnknown,    ///< a script that is no dump, or another database's
    DumpFailed,
    DumpDamaged,    ///< a file differs from what the manifest says
    DumpIncomplete, ///< a file is missing
    ManifestUnreadable,
    LoadFailed,    ///< of a dump, at a statement
    NotReplaced,   ///< loading failed, and what was there is still there
    RestoreFailed, ///< loading failed, and what was there is gone
    NotInDump,     ///< a table that was chosen to be restored
    ExportFailed
};
Q_ENUM_NS(DatabaseError)

} // namespace Banister::DatabaseErrors

namespace Banister {

using DatabaseErrors::DatabaseError;

/// The error for a number that server or client library gave.
/// \param nativeCode see MariaDB's error code list; 2000 and above are the client library's
/// \param message the server's own words
/// \param subject what it was about, translated: "the table leads", "the server db1"
Error databaseError(uint nativeCode, const QString &message, const QString &subject);

} // namespace Banister
