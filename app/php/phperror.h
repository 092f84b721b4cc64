// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::PhpErrors {

Q_NAMESPACE

/// What can go wrong with PHP: starting it, what it says itself, and its files.
enum class PhpError {
    ArrayUnreadable,      ///< a configuration file holds what the reader does not understand
    CommandUnreadable,    ///< the text a person typed as a command line is no list of words
    OutsideMapping,       ///< a path that the server's PHP cannot see
    WrapperFailed,        ///< ssh, docker or their like did not get as far as PHP
    NotPhp,               ///< the command runs, but is no PHP
    UnreadableOutput,     ///< PHP ran, but its answer is not in its output
    ScriptMissing,        ///< "Could not open input file"
    MemoryExhausted,      ///< memory_limit
    TimeLimit,            ///< max_execution_time
    ExtensionMissing,     ///< an extension of PHP that the script needs
    VersionUnsupported,   ///< the application does not run with this version of PHP
    DriverMissing,        ///< PDO has no driver for the database
    DatabaseUnreachable,  ///< 2002 and its like
    DatabaseAccessDenied, ///< 1045
    UnknownDatabase,      ///< 1049
    NoRightsOnDatabase,   ///< 1044
    NoRights,             ///< 1142 and its like: on a table, for a kind of statement
    ObjectExists,         ///< 1050, 1060, 1061: table, column, index
    ObjectMissing,        ///< 1091, 1146, 1054: table, column, index
    LockWait,             ///< 1205
    Deadlock,             ///< 1213
    StatementFailed,      ///< any other SQLSTATE
    PermissionDenied,     ///< a file or folder that PHP must not read or write
    DiskFull,             ///< no space, or the quota is used up
    ParseError,           ///< a PHP file is damaged, or too new for this PHP
    ClassMissing,         ///< a class, function or file of the application is missing
    VendorMissing,        ///< the application's libraries (vendor/autoload.php) are missing
    CommandMissing,       ///< the console does not know the command
    NotConfirmed,         ///< a question was asked and nobody was there to answer
    UncaughtException,    ///< any other exception or fatal error
    Crashed,              ///< PHP itself was ended by a signal
};
Q_ENUM_NS(PhpError)

} // namespace Banister::PhpErrors

namespace Banister {
using PhpErrors::PhpError;
} // namespace Banister
