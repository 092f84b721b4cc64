// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/databaseerror.h"

#include <QCoreApplication>
#include <QHash>

namespace Banister {

namespace {

DatabaseError kindOf(uint nativeCode)
{
    static const QHash<uint, DatabaseError> kinds{
        {1040, DatabaseError::Unreachable},     {1203, DatabaseError::Unreachable},
        {2002, DatabaseError::Unreachable},     {2003, DatabaseError::Unreachable},
        {2005, DatabaseError::Unreachable},     {1130, DatabaseError::AccessDenied},
        {1045, DatabaseError::AccessDenied},    {1698, DatabaseError::AccessDenied},
        {1049, DatabaseError::UnknownDatabase}, {1044, DatabaseError::NoRightsOnDatabase},
        {1142, DatabaseError::NoRights},        {1143, DatabaseError::NoRights},
        {1227, DatabaseError::NoRights},        {1370, DatabaseError::NoRights},
        {1419, DatabaseError::NoRights},        {1053, DatabaseError::ConnectionLost},
        {1927, DatabaseError::ConnectionLost},  {2006, DatabaseError::ConnectionLost},
        {2013, DatabaseError::ConnectionLost},  {2055, DatabaseError::ConnectionLost},
        {1205, DatabaseError::LockWait},        {1213, DatabaseError::Deadlock},
        {1153, DatabaseError::PacketTooLarge},  {2020, DatabaseError::PacketTooLarge},
        {1290, DatabaseError::ServerReadOnly},  {1792, DatabaseError::ServerReadOnly},
        {1036, DatabaseError::ServerReadOnly},  {3, DatabaseError::ServerDiskFull},
        {1878, DatabaseError::ServerDiskFull},  {1021, DatabaseError::ServerDiskFull},
        {1114, DatabaseError::ServerDiskFull},  {2026, DatabaseError::TlsFailed},
    };
    return kinds.value(nativeCode, DatabaseError::StatementFailed);
}

QString sentence(DatabaseError kind)
{
    const auto text = [](const char *words) {
        return QCoreApplication::translate("DatabaseError", words);
    };
    switch (kind) {
    case DatabaseError::Unreachable:
        return text("The database server is not reachable: %1.");
    case DatabaseError::AccessDenied:
        return text("The database server refuses the user: %1.");
    case DatabaseError::UnknownDatabase:
        return text("The server does not have this database: %1.");
    case DatabaseError::NoRightsOnDatabase:
        return text("The user has no rights on this database: %1.");
    case DatabaseError::NoRights:
        return text("The database user lacks a right: %1.");
    case DatabaseError::ConnectionLost:
        return text("The connection to the database was lost: %1.");
    case DatabaseError::LockWait:
        return text("Another connection held a lock for too long: %1.");
    case DatabaseError::Deadlock:
        return text("Another connection changed the same rows: %1.");
    case DatabaseError::PacketTooLarge:
        return text("A statement is larger than the server accepts: %1.");
    case DatabaseError::ServerReadOnly:
        return text("The database server accepts no changes: %1.");
    case DatabaseError::ServerDiskFull:
        return text("The database server's disk is full: %1.");
    case DatabaseError::TlsFailed:
        return text("The encrypted connection to the database failed: %1.");
    default:
        return text("The database server reports an error: %1.");
    }
}

} // namespace

Error databaseError(uint nativeCode, const QString &message, const QString &subject)
{
    const auto kind = kindOf(nativeCode);
    return {kind,
            sentence(kind).arg(subject),
            QStringLiteral("%1 (%2)").arg(message, QString::number(nativeCode)),
            {}};
}

} // namespace Banister
