// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restoretest.h"

#include <QTest>

using namespace Banister;

// What a restore finds out before it removes anything: afterwards the database is as it was.
class tst_restorechecks : public QObject, private RestoreTest
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }
    void looksAtRights_data();
    void looksAtRights();
    void looksAtOwners();
    void looksAtPackets();
    void refusesADamagedDump_data();
    void refusesADamagedDump();
    void removesWhatAKilledCheckLeft();
};

void tst_restorechecks::looksAtRights_data()
{
    QTest::addColumn<QString>("missing");
    for (const auto *right : {"CREATE",
                              "DROP",
                              "INSERT",
                              "CREATE VIEW",
                              "TRIGGER",
                              "CREATE ROUTINE",
                              "ALTER ROUTINE",
                              "EVENT"})
        QTest::newRow(right) << QString(right);
    QTest::newRow("nothing") << QString();
}

void tst_restorechecks::looksAtRights()
{
    QFETCH(const QString, missing);
    QStringList rights{"SELECT",
                       "CREATE",
                       "DROP",
                       "INSERT",
                       "REFERENCES",
                       "CREATE VIEW",
                       "SHOW VIEW",
                       "TRIGGER",
                       "CREATE ROUTINE",
                       "ALTER ROUTINE",
                       "EVENT"};
    rights.removeAll(missing);
    const auto account =
        m_server->createUser({rights.join(", ") + " ON `" + m_database + "`.*", "SET USER ON *.*"});
    const auto settings = settingsFor(*m_server, m_database, account);
    SilentMonitor monitor;
    const auto restored = restoreDump(settings, m_folder, {}, monitor);
    if (missing.isEmpty()) {
        VERIFY_OK(restored);
    } else {
        QVERIFY(restored.isError());
        QCOMPARE(restored.error().code, ErrorCode(DatabaseError::NoRights));
    }
    // Who may make a routine and not remove it cannot tidy up; the next restore does.
    m_server->runSql("DROP PROCEDURE IF EXISTS banister_probe_object", m_database);
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
}

// Views and routines run as whoever made them; to make them for somebody else is a right of its own.
void tst_restorechecks::looksAtOwners()
{
    const auto account = m_server->createUser({"ALL ON `" + m_database + "`.*"});
    const auto settings = settingsFor(*m_server, m_database, account);
    SilentMonitor monitor;
    const auto restored = restoreDump(settings, m_folder, {}, monitor);
    VERIFY_FAILS(restored, DatabaseError::NoRights);
    QVERIFY2(restored.error().fact.contains("banister"), qPrintable(restored.error().fact));
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
}

void tst_restorechecks::looksAtPackets()
{
    TestServer server({"--max-allowed-packet=16M"});
    const auto database = newDatabase(
        server, "CREATE TABLE t (b LONGBLOB); INSERT INTO t VALUES (REPEAT('x', 3000000))");
    const auto folder = dump(server, database);
    const auto before = server.checksums(database);
    server.server().setArguments({"--max-allowed-packet=2M"});
    server.restart();
    SilentMonitor monitor;
    const auto settings = settingsFor(server, database);
    const auto restored = restoreDump(settings, folder, {}, monitor);
    QVERIFY(restored.isError());
    QCOMPARE(restored.error().code, ErrorCode(DatabaseError::PacketTooLarge));
    QVERIFY2(restored.error().fact.contains("max_allowed_packet"),
             qPrintable(restored.error().fact));
    server.server().setArguments({"--max-allowed-packet=16M"});
    server.restart();
    QCOMPARE(server.checksums(database), before);
    VERIFY_OK(restoreDump(settings, folder, {}, monitor));
    QCOMPARE(server.checksums(database), before);
}

void tst_restorechecks::refusesADamagedDump_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<DatabaseError>("code");
    const QString rows = "20-*many*";
    QTest::newRow("a bit is another") << rows << Damage::FlippedBit << DatabaseError::DumpDamaged;
    QTest::newRow("a file is cut short") << rows << Damage::CutShort << DatabaseError::DumpDamaged;
    QTest::newRow("a file is missing") << rows << Damage::Missing << DatabaseError::DumpIncomplete;
    QTest::newRow("the manifest is missing")
        << "manifest.json" << Damage::Missing << DatabaseError::ManifestUnreadable;
}

void tst_restorechecks::refusesADamagedDump()
{
    QFETCH(const QString, pattern);
    QFETCH(const Damage, damage);
    QFETCH(const DatabaseError, code);
    const auto folder = dump(*m_server, m_database);
    damagePart(folder, pattern, damage);
    SilentMonitor monitor;
    const auto restored = restoreDump(settingsFor(*m_server, m_database), folder, {}, monitor);
    QVERIFY(restored.isError());
    QCOMPARE(restored.error().code, ErrorCode(code));
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
}

void tst_restorechecks::removesWhatAKilledCheckLeft()
{
    m_server->runSql("CREATE TABLE banister_probe (x TEXT); CREATE VIEW banister_probe_object AS "
                     "SELECT 1; CREATE PROCEDURE banister_probe_object() SELECT 1; CREATE TABLE "
                     "banister_probe_child (a INT)",
                     m_database);
    SilentMonitor monitor;
    VERIFY_OK(restoreDump(settingsFor(*m_server, m_database), m_folder, {}, monitor));
    QCOMPARE(m_server->mariadbDump(m_database), m_before);
}

QTEST_GUILESS_MAIN(tst_restorechecks)
#include "tst_restorechecks.moc"
