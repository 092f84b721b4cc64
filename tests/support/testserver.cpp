// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testserver.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QStorageInfo>

#include <algorithm>
#include <memory>
#include <mysql.h>

namespace Banister {

namespace {

using Connection = std::unique_ptr<MYSQL, decltype(&mysql_close)>;

void require(bool isGood, const char *what, const QString &detail)
{
    if (!isGood)
        qFatal("test server: %s: %s", what, qPrintable(detail));
}

template<typename T>
void require(const Result<T> &result, const char *what)
{
    if (result.isError())
        require(false, what, result.error().fact + '\n' + result.error().details);
}

QByteArray run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(-1);
    require(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
            "a program failed",
            program + ": " + QString::fromUtf8(process.readAllStandardError()));
    return process.readAllStandardOutput();
}

// Made once for a build and a version of the server, by whichever test comes first.
QString templateFolder()
{
    const auto program = ServerFolder::findProgram("mariadbd");
    require(program, "no server");
    const QFileInfo binary(*program);
    const auto version =
        QString("%1-%2").arg(binary.size()).arg(binary.lastModified().toSecsSinceEpoch());
    auto folder = QString(BANISTER_TEST_CACHE) + "/mariadb-" + version;
    QDir().mkpath(BANISTER_TEST_CACHE);
    QLockFile lock(folder + ".lock");
    lock.setStaleLockTime(0);
    lock.lock();
    require(PrivateServer::create(folder), "no template");
    return folder;
}

// In memory where there is room: every table that is made waits for the disk several times.
QString temporaryTemplate()
{
    constexpr qint64 enough = 2'000'000'000;
    const QStorageInfo memory("/dev/shm");
    const auto folder = memory.isReady() && memory.bytesAvailable() > enough
                                && QFileInfo(memory.rootPath()).isWritable()
                            ? memory.rootPath()
                            : QDir::tempPath();
    return folder + "/banister-server-XXXXXX";
}

} // namespace

TestServer::TestServer(const QStringList &arguments, const QString &folder)
    : m_temporary(temporaryTemplate())
{
    const auto path = folder.isEmpty() ? m_temporary.filePath("server") : folder;
    run("cp", {"-a", templateFolder(), path});
    PrivateServerOptions options;
    options.arguments = QStringList{"--innodb-flush-log-at-trx-commit=2"} + arguments;
    auto server = PrivateServer::create(path, options);
    require(server, "not created");
    m_server = std::move(*server);
    require(m_server->start(), "not started");
    QFile file(m_temporary.filePath("client.cnf"));
    require(file.open(QIODevice::WriteOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner),
            "no options file",
            file.errorString());
    file.write(QString("[client]\nuser=%1\npassword=%2\nsocket=\"%3\"\n")
                   .arg(user(), password(), socketPath())
                   .toUtf8());
}

TestServer::~TestServer() = default;

void TestServer::restart(bool kill)
{
    if (kill)
        m_server->kill();
    else
        m_server->stop();
    require(m_server->start(), "not started again");
}

MYSQL *TestServer::connect(const QString &database)
{
    auto *handle = mysql_init(nullptr);
    mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const auto name = database.toUtf8();
    auto *connected = mysql_real_connect(handle,
                                         nullptr,
                                         user().toUtf8().constData(),
                                         password().toUtf8().constData(),
                                         name.isEmpty() ? nullptr : name.constData(),
                                         0,
                                         QFile::encodeName(socketPath()).constData(),
                                         CLIENT_MULTI_STATEMENTS);
    require(connected != nullptr, "no connection", QString::fromUtf8(mysql_error(handle)));
    return handle;
}

QString TestServer::createDatabase(const QString &definition)
{
    auto name = QString("test_%1").arg(++m_names);
    runSql("CREATE DATABASE `" + name.toUtf8() + "` " + definition.toUtf8());
    return name;
}

TestAccount TestServer::createUser(const QStringList &grants)
{
    TestAccount account;
    account.user = QString("user_%1").arg(++m_names);
    account.password = QString::number(QRandomGenerator::system()->generate64(), 36) + "'\"\\ é";
    auto quoted = account.password.toUtf8();
    quoted.replace('\\', "\\\\").replace('\'', "\\'");
    const auto at = account.user.toUtf8() + "@localhost";
    runSql("CREATE USER " + at + " IDENTIFIED BY '" + quoted + "'");
    for (const auto &grant : grants)
        runSql("GRANT " + grant.toUtf8() + " TO " + at);
    return account;
}

QString TestServer::trySql(const QByteArray &sql, const QString &database)
{
    const Connection connection(connect(database), &mysql_close);
    if (mysql_real_query(connection.get(), sql.constData(), ulong(sql.size())) != 0)
        return QString::fromUtf8(mysql_error(connection.get()));
    int next = 0;
    do {
        mysql_free_result(mysql_store_result(connection.get()));
        next = mysql_next_result(connection.get());
    } while (next == 0);
    return next > 0 ? QString::fromUtf8(mysql_error(connection.get())) : QString();
}

QList<QByteArrayList> TestServer::runSql(const QByteArray &sql, const QString &database)
{
    const Connection connection(connect(database), &mysql_close);
    const auto complain = [&] {
        require(false,
                mysql_error(connection.get()),
                QString::fromUtf8(sql.size() > 2000 ? sql.first(2000) : sql));
    };
    if (mysql_real_query(connection.get(), sql.constData(), ulong(sql.size())) != 0)
        complain();
    QList<QByteArrayList> rows;
    int next = 0;
    do {
        if (auto *result = mysql_store_result(connection.get())) {
            rows.clear();
            const auto columns = mysql_num_fields(result);
            while (auto *row = mysql_fetch_row(result)) {
                const auto *lengths = mysql_fetch_lengths(result);
                QByteArrayList values;
                for (unsigned column = 0; column < columns; ++column)
                    values.append(
                        QByteArray(row[column], row[column] ? qsizetype(lengths[column]) : -1));
                rows.append(values);
            }
            mysql_free_result(result);
        }
        next = mysql_next_result(connection.get());
    } while (next == 0);
    if (next > 0)
        complain();
    return rows;
}

QByteArray TestServer::value(const QByteArray &sql, const QString &database)
{
    const auto rows = runSql(sql, database);
    return rows.isEmpty() ? QByteArray() : rows.first().value(0);
}

QStringList TestServer::clientArguments() const
{
    return {"--defaults-file=" + m_temporary.filePath("client.cnf")};
}

QByteArray TestServer::mariadbDump(const QString &database, const QStringList &extraArguments)
{
    return run("mariadb-dump",
               clientArguments()
                   + QStringList{"--single-transaction",
                                 "--routines",
                                 "--events",
                                 "--triggers",
                                 "--hex-blob",
                                 "--order-by-primary",
                                 "--skip-dump-date",
                                 "--max-allowed-packet=1G"}
                   + extraArguments + QStringList{database});
}

// Not CHECKSUM TABLE: for a table with generated columns MariaDB 10.11 gives another number after
// FLUSH TABLES, with no row changed. Every value counts here, a FLOAT with all its digits.
QByteArray TestServer::checksums(const QString &database)
{
    QByteArrayList lines;
    const auto tables =
        runSql("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE IN "
               "('BASE TABLE', 'SYSTEM VERSIONED') AND TABLE_SCHEMA = DATABASE()",
               database);
    for (const auto &table : tables) {
        const auto &name = table.first();
        const auto quoted = '`' + QByteArray(name).replace('`', "``") + '`';
        QByteArray row;
        for (const auto &column : runSql("SHOW COLUMNS FROM " + quoted, database)) {
            auto value = '`' + QByteArray(column.at(0)).replace('`', "``") + '`';
            if (column.at(1).startsWith("float") || column.at(1).startsWith("double"))
                value += "*1e0";
            row +=
                (row.isEmpty() ? "" : ",'.',") + ("IFNULL(HEX(CAST(" + value + " AS BINARY)),'-')");
        }
        const auto sums =
            runSql("SELECT COUNT(*), SUM(CRC32(v)), SUM(CRC32(REVERSE(v))) FROM (SELECT "
                   "CONCAT("
                       + row + ") AS v FROM " + quoted + ") AS r",
                   database);
        lines.append(name + ' ' + sums.first().join(' '));
    }
    std::sort(lines.begin(), lines.end());
    return lines.join('\n');
}

QString TestServer::runClient(const QString &database, const QString &inputFile)
{
    QProcess process;
    process.setStandardInputFile(inputFile);
    process.start("mariadb",
                  clientArguments()
                      + QStringList{"--max-allowed-packet=1G", "--binary-mode", database});
    process.waitForFinished(-1);
    const auto errors = QString::fromUtf8(process.readAllStandardError());
    return process.exitCode() == 0 ? errors : errors + " (failed)";
}

} // namespace Banister
