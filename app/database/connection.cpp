// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/connection.h"

#include "database/databaseerror.h"
#include "database/tls.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

#include <atomic>
#include <mysql.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Connection", sentence);
}

QString nextName()
{
    static std::atomic<int> number = 0;
    return u"banister-%1"_s.arg(++number);
}

bool isLocal(const DatabaseSettings &settings)
{
    return settings.host.isEmpty() || settings.host == "localhost"_L1;
}

QString describe(const DatabaseSettings &settings)
{
    if (!settings.socket.isEmpty() && isLocal(settings))
        return text("the database %1 on the socket %2").arg(settings.name, settings.socket);
    const auto host = settings.host.isEmpty() ? u"localhost"_s : settings.host;
    return settings.port == 0 ? text("the database %1 on %2").arg(settings.name, host)
                              : text("the database %1 on %2, port %3")
                                    .arg(settings.name, host, QString::number(settings.port));
}

/// Of the socket, where one is used.
Result<> checkPath(const DatabaseSettings &settings)
{
    if (!isLocal(settings) || canBeOption(settings.socket))
        return Success;
    return Error{
        DatabaseError::PathUnusable,
        text("The database driver cannot use the path of the socket: %1.").arg(settings.socket),
        {},
        {}};
}

QString connectOptions(const DatabaseSettings &settings)
{
    QStringList options{u"MYSQL_OPT_CONNECT_TIMEOUT=%1"_s.arg(settings.connectTimeout.count())};
    if (!settings.socket.isEmpty() && isLocal(settings))
        options.append(u"UNIX_SOCKET="_s + settings.socket);
    return options.join(u';');
}

st_mysql *nativeHandle(const QSqlDatabase &database)
{
    const auto handle = database.driver()->handle();
    const QByteArrayView type = handle.typeName();
    // Qt 6.4 names the type of its handle st_mysql*, its documentation MYSQL*.
    if (!handle.isValid() || (type != "st_mysql*" && type != "MYSQL*"))
        return nullptr;
    return *static_cast<st_mysql *const *>(handle.data());
}

} // namespace

Connection::Connection(QString name)
    : m_name(std::move(name))
{}

Connection::Connection(Connection &&other) noexcept
    : m_name(std::exchange(other.m_name, {}))
    , m_databaseName(std::exchange(other.m_databaseName, {}))
    , m_handle(std::exchange(other.m_handle, nullptr))
{}

Connection &Connection::operator=(Connection &&other) noexcept
{
    std::swap(m_name, other.m_name);
    std::swap(m_databaseName, other.m_databaseName);
    std::swap(m_handle, other.m_handle);
    return *this;
}

Connection::~Connection()
{
    if (!m_name.isEmpty())
        QSqlDatabase::removeDatabase(m_name);
}

Result<Connection> Connection::open(const DatabaseSettings &settings)
{
    if (const auto usable = checkPath(settings); !usable)
        return usable.failure();
    if (const auto checked = checkTls(settings, describe(settings)); !checked)
        return checked.failure();
    Connection connection(nextName());
    {
        auto database = QSqlDatabase::addDatabase(u"QMYSQL"_s, connection.m_name);
        if (!database.isValid()) {
            return Error{DatabaseError::DriverMissing,
                         text("Qt's driver for MySQL and MariaDB is not installed."),
                         {},
                         {}};
        }
        if (const auto host = hostWithTls(settings); !host.isEmpty())
            database.setHostName(host);
        if (settings.port != 0)
            database.setPort(settings.port);
        database.setDatabaseName(settings.name);
        database.setConnectOptions(connectOptions(settings));
        // Given here, the password does not stay in Qt's list of connections.
        if (!database.open(settings.user, settings.password)) {
            const auto problem = database.lastError();
            const auto subject = describe(settings);
            return tlsError(
                databaseError(problem.nativeErrorCode().toUInt(), problem.databaseText(), subject),
                settings,
                subject);
        }
        connection.m_handle = nativeHandle(database);
        if (!connection.m_handle) {
            return Error{DatabaseError::DriverMissing,
                         text("Qt's driver for MySQL and MariaDB gives no handle of a known type."),
                         QString::fromLatin1(database.driver()->handle().typeName()),
                         {}};
        }
    }
    connection.m_databaseName = settings.name;
    if (settings.tls != DatabaseSettings::Tls::Off && !::mysql_get_ssl_cipher(connection.m_handle))
        return notEncrypted(describe(settings));
    if (::mysql_set_character_set(connection.m_handle, "utf8mb4") != 0)
        return connection.lastError(describe(settings));
    const auto prepared = connection.execute(
        "SET SESSION time_zone = '+00:00', "
        "sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION', "
        "net_read_timeout = 600, net_write_timeout = 600, wait_timeout = 86400, "
        // By default a day: whoever holds a table is to be told of.
        "lock_wait_timeout = 30");
    if (!prepared)
        return prepared.failure();
    // Limits on the time of a statement or a transaction, each known to some servers only.
    for (const auto *statement : {"SET SESSION max_statement_time = 0",
                                  "SET SESSION idle_transaction_timeout = 0",
                                  "SET SESSION idle_readonly_transaction_timeout = 0",
                                  "SET SESSION max_execution_time = 0"})
        static_cast<void>(connection.execute(statement).isOk());
    return connection;
}

Error Connection::lastError(const QString &subject) const
{
    return databaseError(
        ::mysql_errno(m_handle), QString::fromUtf8(::mysql_error(m_handle)), subject);
}

Result<> Connection::execute(const QByteArray &statement, const QString &subject)
{
    const auto named = [&] {
        constexpr qsizetype Shown = 200;
        return subject.isEmpty() ? QString::fromUtf8(statement.left(Shown)) : subject;
    };
    if (::mysql_real_query(m_handle, statement.constData(), ulong(statement.size())) != 0)
        return lastError(named());
    do {
        if (auto *result = ::mysql_store_result(m_handle))
            ::mysql_free_result(result);
        else if (::mysql_errno(m_handle) != 0)
            return lastError(named());
    } while (::mysql_next_result(m_handle) == 0);
    if (::mysql_errno(m_handle) != 0)
        return lastError(named());
    return Success;
}

Result<QList<QVariantList>> Connection::rows(const QString &statement)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.exec(statement)) {
        constexpr qsizetype Shown = 200;
        const auto problem = query.lastError();
        return databaseError(
            problem.nativeErrorCode().toUInt(), problem.databaseText(), statement.left(Shown));
    }
    QList<QVariantList> rows;
    const auto columns = query.record().count();
    while (query.next()) {
        QVariantList row;
        row.reserve(columns);
        for (int column = 0; column < columns; ++column)
            row.append(query.value(column));
        rows.append(row);
    }
    return rows;
}

Result<QVariant> Connection::scalar(const QString &statement)
{
    const auto all = rows(statement);
    if (!all)
        return all.failure();
    return all->isEmpty() || all->constFirst().isEmpty() ? QVariant()
                                                         : all->constFirst().constFirst();
}

bool canBeOption(const QString &path)
{
    return !path.contains(u';') && path == path.simplified();
}

QString quoteName(const QString &name)
{
    auto quoted = name;
    return u'`' + quoted.replace(u'`', u"``"_s) + u'`';
}

QString quoteValue(const QString &value)
{
    auto quoted = value;
    quoted.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return u'\'' + quoted + u'\'';
}

} // namespace Banister
