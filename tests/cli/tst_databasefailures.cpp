// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"

#include <QJsonArray>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

namespace Banister {

namespace {

SceneAct revoke(const QString &rights)
{
    return [rights](UpgradeScene &scene) {
        for (const auto *host : {"127.0.0.1", "localhost"})
            scene.sql(QString("REVOKE %1 ON mautic.* FROM mautic@'%2'").arg(rights, host));
    };
}

/// The same after the checks, before the first call of PHP that fits the pattern.
SceneAct revokeBefore(const QString &pattern, const QString &rights)
{
    return [=](UpgradeScene &scene) {
        QStringList statements;
        for (const auto *host : {"127.0.0.1", "localhost"})
            statements.append(QString("REVOKE %1 ON mautic.* FROM mautic@'%2'").arg(rights, host));
        scene.beforePhp(atCall(1, pattern, scene.sqlScript(statements.join("; "))));
    };
}

SceneAct grant(const QString &rights)
{
    return [rights](UpgradeScene &scene) {
        for (const auto *host : {"127.0.0.1", "localhost"})
            scene.sql(QString("GRANT %1 ON mautic.* TO mautic@'%2'").arg(rights, host));
    };
}

/// A table that one connection has for itself as long as this lives.
class TableLock
{
public:
    TableLock(const UpgradeScene &scene, const QString &table)
    {
        auto database = QSqlDatabase::addDatabase("QMYSQL", "lock");
        database.setConnectOptions("UNIX_SOCKET=" + scene.practice().database.socket);
        database.setDatabaseName("mautic");
        database.setUserName("mautic");
        database.setPassword(scene.practice().database.password);
        if (!database.open()
            || QSqlQuery("LOCK TABLES " + table + " WRITE", database).lastError().isValid())
            qFatal("%s", qPrintable(database.lastError().text()));
    }
    ~TableLock() { QSqlDatabase::removeDatabase("lock"); }
    Q_DISABLE_COPY_MOVE(TableLock)
};

} // namespace

/// Upgrades that fail because of the database: rights that are missing, a server that goes away.
class TestDatabaseFailures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void init() { QCOMPARE(m_scene.reset(), QString()); }

    void stopsAndGoesOn_data();
    void stopsAndGoesOn();
    void rightIsMissing_data();
    void rightIsMissing();
    void rightToSeeIsMissing();
    void serverDiesDuringTheBackup();

private:
    UpgradeScene m_scene;
};

void TestDatabaseFailures::stopsAndGoesOn_data()
{
    QTest::addColumn<SceneFailure>("failure");
    const auto server = [](UpgradeScene &scene) { scene.startServer(); };

    QTest::newRow("migration of Mautic 2 without the right ALTER")
        << SceneFailure{"applyV2Migrations",
                        {"ERR_MAUTIC_2_MIGRATIONS_FAILED",
                         "MauticConsoleError.MigrationFailed",
                         "PhpError.NoRights"},
                        [](UpgradeScene &scene) {
                            scene.reopenMigrations2();
                            revokeBefore(ConsoleCall::Migrate2, "ALTER")(scene);
                        },
                        grant("ALTER")};
    QTest::newRow("migration of Mautic 3 without the right CREATE")
        << SceneFailure{"applyMigrations",
                        {"ERR_MAUTIC_3_MIGRATIONS_FAILED",
                         "MauticConsoleError.MigrationFailed",
                         "PhpError.NoRights"},
                        revokeBefore(ConsoleCall::Migrate3, "CREATE"),
                        grant("CREATE")};
    const auto kill = [](int number, const QString &pattern) {
        return [=](UpgradeScene &scene) {
            scene.beforePhp(atCall(number, pattern, "kill -9 $(cat \"$here\"/database/*.pid)"));
        };
    };
    QTest::newRow("server killed before the migrations of Mautic 2 are asked for")
        << SceneFailure{"applyV2Migrations",
                        {"ERR_MAUTIC_2_MIGRATIONS_IDENTIFICATION_FAILED",
                         "MauticConsoleError.CommandFailed",
                         "PhpError.DatabaseUnreachable"},
                        kill(1, ConsoleCall::Status2),
                        server};
    QTest::newRow("server killed before the third migration of Mautic 3")
        << SceneFailure{"applyMigrations",
                        {"ERR_MAUTIC_3_MIGRATIONS_FAILED",
                         "MauticConsoleError.CommandFailed",
                         "PhpError.DatabaseUnreachable"},
                        kill(3, ConsoleCall::Migrate3),
                        server};
    QTest::newRow("server killed before the migrations of Mautic 3 are asked for")
        << SceneFailure{"applyMigrations",
                        {"ERR_MAUTIC_3_MIGRATIONS_IDENTIFICATION_FAILED",
                         "MauticConsoleError.CommandFailed",
                         "PhpError.DatabaseUnreachable"},
                        kill(1, ConsoleCall::Status3),
                        server};
}

void TestDatabaseFailures::stopsAndGoesOn()
{
    QFETCH(SceneFailure, failure);
    const auto problem = problemOf(m_scene, failure);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestDatabaseFailures::rightIsMissing_data()
{
    QTest::addColumn<QString>("right");
    for (const auto *right : {"SHOW VIEW", "TRIGGER", "SELECT"})
        QTest::newRow(right) << QString(right);
}

// Before the run it is a finding; taken away after that, it fails the backup.
void TestDatabaseFailures::rightIsMissing()
{
    QFETCH(QString, right);
    revoke(right)(m_scene);
    const auto blocked = m_scene.upgrade();
    QVERIFY2(blocked.status == 3, blocked.told().constData());
    QVERIFY2(blocked.failedChecks().contains("databaseRights"), blocked.told().constData());
    grant(right)(m_scene);

    m_scene.holdPhp();
    QProcess upgrade;
    startCli(upgrade, m_scene.upgradeArguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_scene.isPhpHeld(), 30'000);
    revoke(right)(m_scene);
    m_scene.letPhpGo();
    const auto problem = m_scene.problemOfStop(finishCli(upgrade),
                                               "backupDatabase",
                                               {"ERR_DATABASE_BACKUP_FAILED",
                                                "DatabaseError.DumpFailed",
                                                "DatabaseError.DefinitionHidden"});
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    grant(right)(m_scene);
    const auto retried = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(retried.isEmpty(), qPrintable(retried));
}

// Events do not even show without the right to them: a person can accept that before the run.
void TestDatabaseFailures::rightToSeeIsMissing()
{
    revoke("EVENT")(m_scene);
    const auto arguments = QStringList{"check", m_scene.site(), "--package", m_scene.package()};
    const auto run = runCli(arguments);
    QCOMPARE(run.status, 3);
    const auto items = run.finding("databaseRights")["items"].toArray();
    QVERIFY2(items.size() == 1, run.told().constData());
    const auto accepted = runCli(arguments + QStringList{"--accept-all-warnings"});
    QVERIFY2(accepted.status == 0, accepted.told().constData());
}

void TestDatabaseFailures::serverDiesDuringTheBackup()
{
    // The run waits at its first call of PHP until a table is locked, then the backup waits for that.
    m_scene.holdPhp();
    QProcess upgrade;
    startCli(upgrade, m_scene.upgradeArguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_scene.isPhpHeld(), 30'000);
    {
        const TableLock lock(m_scene, "leads");
        m_scene.letPhpGo();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_scene.sql("SELECT COUNT(*) FROM information_schema.PROCESSLIST "
                        "WHERE ID <> CONNECTION_ID() AND STATE LIKE 'Waiting for%lock'")
                    .value(0)
                    .toInt()
                > 0,
            30'000);
        m_scene.killServer();
    }
    const auto problem = m_scene.problemOfStop(
        finishCli(upgrade),
        "backupDatabase",
        {"ERR_DATABASE_BACKUP_FAILED", "DatabaseError.DumpFailed", "DatabaseError.ConnectionLost"});
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    m_scene.startServer();
    const auto retried = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(retried.isEmpty(), qPrintable(retried));
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestDatabaseFailures)
#include "tst_databasefailures.moc"
