// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "database/connection.h"
#include "database/databaseerror.h"
#include "support/testserver.h"

#include <QMetaEnum>
#include <QTest>

#include <memory>

using namespace Banister;

class tst_connection : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void knowsEveryErrorInTheCatalogue();
    void readsAndWrites();
    void keepsOddValues();
    void tellsWhyItFails_data();
    void tellsWhyItFails();
    void tellsOfALostConnection();
    void hasTime();

private:
    DatabaseSettings settings(const QString &database) const;

    std::unique_ptr<TestServer> m_server;
};

DatabaseSettings tst_connection::settings(const QString &database) const
{
    DatabaseSettings settings;
    settings.socket = m_server->socketPath();
    settings.user = m_server->user();
    settings.password = m_server->password();
    settings.name = database;
    return settings;
}

void tst_connection::knowsEveryErrorInTheCatalogue()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue.isOk());
    const auto type = QMetaEnum::fromType<DatabaseError>();
    for (int index = 0; index < type.keyCount(); ++index)
        QVERIFY2(catalogue->find(DatabaseError(type.value(index))), type.key(index));
}

void tst_connection::readsAndWrites()
{
    auto connection = Connection::open(settings(m_server->createDatabase()));
    QVERIFY2(connection.isOk(), connection.isOk() ? "" : qPrintable(factsOf(connection.error())));
    QVERIFY(connection->execute("CREATE TABLE t (a INT, b TEXT)").isOk());
    QVERIFY(connection->execute("INSERT INTO t VALUES (1, 'x'), (2, NULL)").isOk());
    QCOMPARE(connection->scalar("SELECT COUNT(*) FROM t")->toInt(), 2);
    QCOMPARE(connection->rows("SELECT a, b FROM t ORDER BY a")->size(), 2);
    QVERIFY(connection->handle());
}

void tst_connection::keepsOddValues()
{
    auto connection = Connection::open(settings(m_server->createDatabase()));
    QVERIFY(connection.isOk());
    QVERIFY(connection
                ->execute("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, d DATE, s TEXT) "
                          "CHARACTER SET utf8mb4")
                .isOk());
    const QString odd = "it's a \\ \xF0\x9F\x98\x80 \"quote\"";
    const auto insert = QString("INSERT INTO t VALUES (0, '0000-00-00', %1)").arg(quoteValue(odd));
    QVERIFY(connection->execute(insert.toUtf8()).isOk());
    QCOMPARE(connection->scalar("SELECT s FROM t WHERE id = 0")->toString(), odd);
    QCOMPARE(quoteName("a`b"), "`a``b`");
}

void tst_connection::tellsWhyItFails_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("code");
    for (const auto *path : {"/odd;one/socket", "/odd  one/socket", "/odd\none/socket"})
        QTest::newRow(path) << path << "DatabaseError.PathUnusable";
    QTest::newRow("no server") << "/nonexistent/socket"
                               << "DatabaseError.Unreachable";
    QTest::newRow("wrong password") << "password"
                                    << "DatabaseError.AccessDenied";
    QTest::newRow("unknown database") << "name"
                                      << "DatabaseError.UnknownDatabase";
    QTest::newRow("no rights") << "rights"
                               << "DatabaseError.NoRightsOnDatabase";
    QTest::newRow("no encryption") << "tls"
                                   << "DatabaseError.TlsFailed";
}

void tst_connection::tellsWhyItFails()
{
    QFETCH(const QString, change);
    auto changed = settings(m_server->createDatabase());
    if (change.startsWith('/'))
        changed.socket = change;
    else if (change == "password")
        changed.password = "wrong-secret";
    else if (change == "name")
        changed.name = "no_such_database";
    else if (change == "tls")
        changed.tls = DatabaseSettings::Tls::Required;
    if (change == "rights") {
        const auto account = m_server->createUser({});
        changed.user = account.user;
        changed.password = account.password;
    }
    const auto connection = Connection::open(changed);
    QVERIFY(connection.isError());
    QTEST(connection.error().code.toString(), "code");
    const auto printed = connection.error().fact + connection.error().details;
    QVERIFY(!printed.contains("wrong-secret"));
}

void tst_connection::tellsOfALostConnection()
{
    auto connection = Connection::open(settings(m_server->createDatabase()));
    QVERIFY(connection.isOk());
    const auto id = connection->scalar("SELECT CONNECTION_ID()")->toString();
    m_server->runSql("KILL " + id.toUtf8());
    const auto lost = connection->execute("SELECT 1");
    QVERIFY(lost.isError());
    QCOMPARE(lost.error().code, ErrorCode(DatabaseError::ConnectionLost));
}

// A dump may take longer than a server allows others; its locks wait meanwhile.
void tst_connection::hasTime()
{
    const QStringList limits{
        "max_statement_time", "idle_transaction_timeout", "idle_readonly_transaction_timeout"};
    for (const auto &limit : limits)
        m_server->runSql("SET GLOBAL " + limit.toUtf8() + " = 1");
    auto connection = Connection::open(settings(m_server->createDatabase()));
    for (const auto &limit : limits) {
        QCOMPARE(connection->scalar("SELECT @@GLOBAL." + limit)->toDouble(), 1.0);
        QCOMPARE(connection->scalar("SELECT @@SESSION." + limit)->toDouble(), 0.0);
        m_server->runSql("SET GLOBAL " + limit.toUtf8() + " = 0");
    }
}

QTEST_GUILESS_MAIN(tst_connection)
#include "tst_connection.moc"
