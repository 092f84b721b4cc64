// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/connection.h"
#include "practice/serverfolder.h"
#include "products/mautic/mauticproduct.h"
#include "support/practicefixture.h"

#include <QTest>

#include <optional>

using namespace Banister;

// What the checks say of the database of a practice site whose administrator has changed it.
class tst_databasechecks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_administrator.reset(); }
    void tellsOfRights_data();
    void tellsOfRights();
    void namesTablesWithAHistory();
    void namesMissingRights_data();
    void namesMissingRights();

private:
    Finding finding(const QString &code) const;
    void administer(const QString &statement);

    PracticeFixture m_fixture;
    std::optional<Connection> m_administrator;
};

void tst_databasechecks::initTestCase()
{
    const auto problem = m_fixture.build();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    ServerFolder server(m_fixture.site().serverFolder());
    QVERIFY(server.load());
    DatabaseSettings settings;
    settings.socket = server.socketPath;
    settings.name = m_fixture.site().database.name;
    settings.user = server.user;
    settings.password = server.password;
    auto connection = Connection::open(settings);
    QVERIFY(connection);
    m_administrator = std::move(*connection);
}

void tst_databasechecks::administer(const QString &statement)
{
    auto sql = statement;
    sql.replace("{prefix}", m_fixture.site().tablePrefix);
    const auto done = m_administrator->execute(sql.toUtf8());
    if (!done)
        QFAIL(qPrintable(factsOf(done.error()) + done.error().details));
}

Finding tst_databasechecks::finding(const QString &code) const
{
    SiteSettings settings;
    settings.folder = m_fixture.site().sitePath();
    settings.phpCommand = m_fixture.site().phpCommand;
    const auto site = MauticProduct().open(settings);
    if (!site)
        return {Severity::Error, factsOf(site.error()), {}, {}, {}};
    SilentMonitor monitor;
    const auto checks = site.value()->checks();
    for (const auto &check : checks) {
        if (check->code() == code)
            return check->run(monitor);
    }
    return {Severity::Error, "no check " + code, {}, {}, {}};
}

void tst_databasechecks::tellsOfRights_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("back");
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<QString>("named");
    QTest::newRow("as it was built") << "DO 0"
                                     << "DO 0" << Severity::Ok << "mautic@";
    QTest::newRow("a function whose body the account may not read")
        << "CREATE FUNCTION {prefix}hidden_one() RETURNS INT DETERMINISTIC RETURN 1"
        << "DROP FUNCTION {prefix}hidden_one" << Severity::Error << "hidden_one";
    QTest::newRow("a view that another account made")
        << "CREATE VIEW {prefix}foreign_one AS SELECT 1"
        << "DROP VIEW {prefix}foreign_one" << Severity::Warning << "foreign_one";
    QTest::newRow("the account's own trigger")
        << "REVOKE TRIGGER ON mautic.* FROM 'mautic'@'127.0.0.1'"
        << "GRANT TRIGGER ON mautic.* TO 'mautic'@'127.0.0.1'" << Severity::Error
        << "practice_before_insert";
    QTest::newRow("events do not show")
        << "REVOKE EVENT ON mautic.* FROM 'mautic'@'127.0.0.1'"
        << "GRANT EVENT ON mautic.* TO 'mautic'@'127.0.0.1'" << Severity::Warning << "EVENT";
}

void tst_databasechecks::tellsOfRights()
{
    QFETCH(const QString, change);
    QFETCH(const QString, back);
    QFETCH(const Severity, severity);
    QFETCH(const QString, named);
    administer(change);
    const auto found = finding("databaseRights");
    administer(back);
    const auto told = found.fact + '\n' + found.items.join('\n');
    QVERIFY2(found.severity == severity, qPrintable(told));
    QVERIFY2(told.contains(named), qPrintable(told));
    QCOMPARE(found.action.isEmpty(), severity == Severity::Ok);
}

void tst_databasechecks::namesTablesWithAHistory()
{
    QCOMPARE(finding("tableHistory").severity, Severity::Ok);
    administer("CREATE TABLE {prefix}versioned (id INT) WITH SYSTEM VERSIONING");
    const auto found = finding("tableHistory");
    administer("DROP TABLE {prefix}versioned");
    QCOMPARE(found.severity, Severity::Warning);
    QCOMPARE(found.items, QStringList{m_fixture.site().tablePrefix + "versioned"});
}

void tst_databasechecks::namesMissingRights_data()
{
    QTest::addColumn<QString>("missing");
    for (const auto *right :
         {"CREATE", "DROP", "ALTER", "INSERT", "UPDATE", "DELETE", "REFERENCES", "INDEX"})
        QTest::newRow(right) << QString(right);
    QTest::newRow("CREATE VIEW, ALTER ROUTINE") << "CREATE VIEW, ALTER ROUTINE";
}

// The practice site has a view and a routine, which a rollback makes again.
void tst_databasechecks::namesMissingRights()
{
    QFETCH(const QString, missing);
    const QString account = " 'mautic'@'127.0.0.1'";
    administer("REVOKE " + missing + " ON mautic.* FROM" + account);
    const auto found = finding("databaseRights");
    administer("GRANT " + missing + " ON mautic.* TO" + account);
    QCOMPARE(found.severity, Severity::Error);
    QCOMPARE(found.items.join(", "), missing);
    QVERIFY2(found.fact.contains(missing), qPrintable(found.fact));
    QVERIFY(!found.action.isEmpty());
}

QTEST_GUILESS_MAIN(tst_databasechecks)
#include "tst_databasechecks.moc"
