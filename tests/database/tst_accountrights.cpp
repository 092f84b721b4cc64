// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/accountrights.h"
#include "database/databaseerror.h"
#include "database/dump.h"
#include "dumptest.h"
#include "support/testmonitor.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Banister;

// Real accounts with few rights.
class tst_accountrights : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void knowsWhatDoesNotShow_data();
    void knowsWhatDoesNotShow();
    void knowsWhatLoadingLacks_data();
    void knowsWhatLoadingLacks();
    void knowsTheRightsOfRoles();
    void knowsAServerWithoutAccounts();
    void namesWhatCannotBeRead();
    void namesWhatOthersMade();
    void saysWhatADumpMayLack();

private:
    std::unique_ptr<TestServer> m_server;
    QTemporaryDir m_temporary;
};

void tst_accountrights::knowsWhatDoesNotShow_data()
{
    QTest::addColumn<QStringList>("grants");
    QTest::addColumn<QStringList>("lacking");
    const QString on = " ON `{db}`.*";
    QTest::newRow("everything") << QStringList{"ALL" + on} << QStringList();
    QTest::newRow("everywhere") << QStringList{"ALL ON *.*"} << QStringList();
    QTest::newRow("what is needed")
        << QStringList{"SELECT, TRIGGER, EVENT, EXECUTE" + on} << QStringList();
    QTest::newRow("some here, some everywhere")
        << QStringList{"SELECT, TRIGGER" + on, "EVENT, ALTER ROUTINE ON *.*"} << QStringList();
    QTest::newRow("databases of a pattern") << QStringList{"ALL ON `test\\_%`.*"} << QStringList();
    QTest::newRow("databases of another pattern")
        << QStringList{"ALL ON `test\\__`.*", "ALL ON `tes_`.*", "SELECT" + on}
        << QStringList{"TRIGGER", "EVENT", "EXECUTE"};
    QTest::newRow("reading only") << QStringList{"SELECT" + on}
                                  << QStringList{"TRIGGER", "EVENT", "EXECUTE"};
    QTest::newRow("one table") << QStringList{"SELECT ON `{db}`.`t`",
                                              "TRIGGER, EVENT, EXECUTE" + on}
                               << QStringList{"SELECT"};
}

void tst_accountrights::knowsWhatDoesNotShow()
{
    QFETCH(QStringList, grants);
    // With three digits, so that one underscore in a pattern does not mean it.
    const QString database = "test_100";
    m_server->runSql("CREATE OR REPLACE DATABASE test_100; CREATE TABLE test_100.t (id INT)");
    grants.replaceInStrings("{db}", database);
    auto connection =
        Connection::open(settingsFor(*m_server, database, m_server->createUser(grants)));
    VERIFY_OK(connection);
    const auto rights = AccountRights::read(*connection);
    VERIFY_OK(rights);
    QStringList lacking;
    for (const auto &unseen : rights->unseen()) {
        QVERIFY(!unseen.kind.isEmpty());
        lacking.append(unseen.right);
    }
    QTEST(lacking, "lacking");
}

void tst_accountrights::knowsWhatLoadingLacks_data()
{
    QTest::addColumn<QStringList>("grants");
    QTest::addColumn<QByteArray>("objects");
    QTest::addColumn<QString>("missing");
    const QString on = " ON `{db}`.*";
    const QString tables = "SELECT, SHOW VIEW, CREATE, DROP, INSERT, REFERENCES" + on;
    const QByteArray view = "CREATE VIEW v AS SELECT 1";
    QTest::newRow("everything") << QStringList{"ALL" + on} << view << "";
    QTest::newRow("tables only") << QStringList{tables} << QByteArray("DO 0") << "";
    QTest::newRow("a view") << QStringList{tables} << view << "CREATE VIEW";
    QTest::newRow("a view, with the right to it")
        << QStringList{tables, "CREATE VIEW" + on} << view << "";
    QTest::newRow("a trigger") << QStringList{tables, "TRIGGER" + on}
                               << QByteArray("CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW "
                                             "SET NEW.id = 1")
                               << "";
    QTest::newRow("an event") << QStringList{tables, "EVENT" + on}
                              << QByteArray("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1")
                              << "";
    QTest::newRow("a routine") << QStringList{tables,
                                              "CREATE ROUTINE" + on,
                                              "SELECT ON `mysql`.`proc`"}
                               << QByteArray("CREATE PROCEDURE p() SELECT 1") << "ALTER ROUTINE";
    // Of two patterns the server goes by the more exact one; it does not add them up.
    QTest::newRow("less where the name is more exact")
        << QStringList{"ALL ON `test\\_%`.*", "SELECT, CREATE ON `test\\_100`.*"}
        << QByteArray("DO 0") << "DROP, INSERT, REFERENCES";
}

void tst_accountrights::knowsWhatLoadingLacks()
{
    QFETCH(QStringList, grants);
    QFETCH(const QByteArray, objects);
    const QString database = "test_100";
    m_server->runSql("CREATE OR REPLACE DATABASE test_100; CREATE TABLE test_100.t (id INT)");
    m_server->runSql(objects, database);
    grants.replaceInStrings("{db}", database);
    auto connection =
        Connection::open(settingsFor(*m_server, database, m_server->createUser(grants)));
    VERIFY_OK(connection);
    const auto rights = AccountRights::read(*connection);
    VERIFY_OK(rights);
    const auto seen = readSchemaObjects(*connection, {});
    VERIFY_OK(seen);
    QTEST(rights->missing(rightsToLoad(*seen, true)).join(", "), "missing");
    // The server's own word for it.
    const auto dropped = connection->execute("DROP TABLE t");
    QCOMPARE(dropped.isOk(), rights->has("DROP"));
}

void tst_accountrights::knowsTheRightsOfRoles()
{
    const auto database = m_server->createDatabase();
    const auto account = m_server->createUser({"SELECT ON `" + database + "`.*"});
    m_server->runSql("CREATE ROLE inner_one; CREATE ROLE outer_one; GRANT inner_one TO outer_one; "
                     "GRANT TRIGGER, EVENT, EXECUTE ON `"
                     + database.toUtf8() + "`.* TO inner_one; GRANT outer_one TO "
                     + account.user.toUtf8() + "@localhost; SET DEFAULT ROLE outer_one FOR "
                     + account.user.toUtf8() + "@localhost");
    auto connection = Connection::open(settingsFor(*m_server, database, account));
    VERIFY_OK(connection);
    const auto rights = AccountRights::read(*connection);
    VERIFY_OK(rights);
    QVERIFY(rights->unseen().isEmpty());
}

void tst_accountrights::knowsAServerWithoutAccounts()
{
    TestServer open({"--skip-grant-tables"});
    auto connection = Connection::open(settingsFor(open, open.createDatabase()));
    VERIFY_OK(connection);
    const auto rights = AccountRights::read(*connection);
    VERIFY_OK(rights);
    QVERIFY(rights->unseen().isEmpty());
}

// The server lists a routine for whoever may call it, and gives NULL for its body.
void tst_accountrights::namesWhatCannotBeRead()
{
    const auto database = m_server->createDatabase();
    m_server->runSql("CREATE FUNCTION greet() RETURNS INT DETERMINISTIC RETURN 1; "
                     "CREATE PROCEDURE wave() SELECT 1; CREATE VIEW seen AS SELECT 1; "
                     "CREATE TABLE t (id INT)",
                     database);
    const auto on = " ON `" + database + "`.*";
    const auto account = m_server->createUser({"SELECT, TRIGGER, EVENT, EXECUTE" + on});
    DumpOptions options;
    options.folder = m_temporary.filePath("hidden");
    TestMonitor monitor;
    const auto settings = settingsFor(*m_server, database, account);
    const auto refused = dumpDatabase(settings, options, monitor);
    QVERIFY(refused.isError());
    QCOMPARE(refused.error().root().code, ErrorCode(DatabaseError::DefinitionHidden));
    const auto facts = factsOf(refused.error());
    for (const auto &named : {"function greet", "procedure wave", "view seen"})
        QVERIFY2(facts.contains(named), qPrintable(facts));
    QVERIFY2(facts.contains(account.user + "@localhost"), qPrintable(facts));
    QVERIFY(!QFile::exists(options.folder + "/manifest.json"));

    // What the explanation says helps.
    const auto to = " TO " + account.user.toUtf8() + "@localhost";
    m_server->runSql("GRANT SELECT ON mysql.proc" + to);
    m_server->runSql("GRANT SHOW VIEW" + on.toUtf8() + to);
    const auto dumped = dumpDatabase(settings, options, monitor);
    VERIFY_OK(dumped);
    QCOMPARE(dumped->objects.size(), 3);
    const auto log = monitor.lines().join('\n');
    QVERIFY2(!log.contains("lacks the right"), qPrintable(log));
}

void tst_accountrights::namesWhatOthersMade()
{
    const auto database = m_server->createDatabase();
    const auto account = m_server->createUser({"ALL ON `" + database + "`.*"});
    const auto settings = settingsFor(*m_server, database, account);
    auto connection = Connection::open(settings);
    VERIFY_OK(connection);
    VERIFY_OK(connection->execute("CREATE VIEW mine AS SELECT 1"));
    m_server->runSql("CREATE VIEW others AS SELECT 1; CREATE DEFINER=`o``dd @ \"name`@`%` SQL "
                     "SECURITY INVOKER VIEW odd AS SELECT ' DEFINER=`x`@`y`'; "
                     "CREATE SEQUENCE nobodys",
                     database);
    const auto objects = readSchemaObjects(*connection, {});
    VERIFY_OK(objects);
    QCOMPARE(objects->size(), 4);
    auto rights = AccountRights::read(*connection);
    VERIFY_OK(rights);
    QCOMPARE(rights->account(), account.user + "@localhost");
    auto titles = rights->notRestorable(*objects);
    titles.sort();
    QCOMPARE(titles.join(", "), "view odd, view others");

    m_server->runSql("GRANT SET USER ON *.* TO " + account.user.toUtf8() + "@localhost");
    auto again = Connection::open(settings);
    rights = AccountRights::read(*again);
    VERIFY_OK(rights);
    QCOMPARE(rights->notRestorable(*objects), QStringList());
}

void tst_accountrights::saysWhatADumpMayLack()
{
    const auto database = m_server->createDatabase();
    m_server->runSql("CREATE TABLE t (id INT); CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW "
                     "SET NEW.id = 1; CREATE FUNCTION f() RETURNS INT RETURN 1",
                     database);
    const auto account = m_server->createUser({"SELECT, EVENT ON `" + database + "`.*"});
    DumpOptions options;
    options.folder = m_temporary.filePath("lacking");
    TestMonitor monitor;
    const auto dumped = dumpDatabase(settingsFor(*m_server, database, account), options, monitor);
    VERIFY_OK(dumped);
    QCOMPARE(dumped->objects.size(), 0);
    const auto log = monitor.lines().join('\n');
    QVERIFY2(log.contains("lacks the right TRIGGER") && log.contains("lacks the right EXECUTE"),
             qPrintable(log));
    QVERIFY2(!log.contains("EVENT"), qPrintable(log));
}

QTEST_GUILESS_MAIN(tst_accountrights)
#include "tst_accountrights.moc"
