// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/privateserver.h"

#include <QByteArrayList>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <optional>

using MYSQL = struct st_mysql;

namespace Banister {

struct TestAccount
{
    QString user;
    QString password;
};

/// A real MariaDB server in a temporary folder; one a test program. What goes wrong in it ends the
/// test program, as nothing could be tested then. Its data files are copies of ones that the first
/// test of a build made, so that it is there within a fraction of a second.
class TestServer
{
public:
    /// In a folder of its own, or in the given one: on a small disk, say.
    explicit TestServer(const QStringList &arguments = {}, const QString &folder = {});
    ~TestServer();

    PrivateServer &server() { return *m_server; }
    QString socketPath() const { return m_server->socketPath(); }
    QString user() const { return m_server->user(); }         ///< may do everything
    QString password() const { return m_server->password(); } ///< of user()
    /// Stops it (SIGKILL where asked) and starts it again on the same files.
    void restart(bool kill = false);

    /// A new empty database with a name that was not used before.
    QString createDatabase(const QString &definition = {});
    /// A new account with a random password. Grants as SQL: "SELECT, INSERT ON `db`.*".
    TestAccount createUser(const QStringList &grants);

    /// Runs one or more statements (no DELIMITER) and gives the rows of the last result. NULL is a
    /// null QByteArray.
    QList<QByteArrayList> runSql(const QByteArray &sql, const QString &database = {});
    /// The same, but an error is returned as text; empty after success.
    QString trySql(const QByteArray &sql, const QString &database = {});
    /// First column of the first row.
    QByteArray value(const QByteArray &sql, const QString &database = {});

    /// The database as mariadb-dump writes it, with routines, triggers and events, without the lines
    /// that change from call to call: an independent witness for comparisons.
    QByteArray mariadbDump(const QString &database, const QStringList &extraArguments = {});
    /// "table rows sum sum" lines of all base tables, sorted: equal where all rows are, in any order.
    QByteArray checksums(const QString &database);
    /// Pipes a file through the mariadb client. Empty, or what it complained about.
    QString runClient(const QString &database, const QString &inputFile);
    /// Connection arguments for MariaDB's own programs; the password is in a file of options.
    QStringList clientArguments() const;

private:
    MYSQL *connect(const QString &database);

    QTemporaryDir m_temporary;
    std::optional<PrivateServer> m_server;
    int m_names = 0;
};

} // namespace Banister
