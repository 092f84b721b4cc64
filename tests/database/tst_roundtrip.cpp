// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/comparedatabase.h"
#include "database/dump.h"
#include "database/restore.h"
#include "dumptest.h"
#include "support/schemagenerator.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Banister;

/// Databases that were made up, dumped, spoiled and brought back; mariadb-dump and CHECKSUM TABLE are
/// the witnesses.
class tst_roundtrip : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void bringsBackWhatWasThere_data();
    void bringsBackWhatWasThere();

private:
    void spoil(const QString &database);

    std::unique_ptr<TestServer> m_server;
};

void tst_roundtrip::initTestCase()
{
    m_server = std::make_unique<TestServer>();
}

void tst_roundtrip::bringsBackWhatWasThere_data()
{
    QTest::addColumn<quint32>("seed");
    // More with BANISTER_SCHEMAS=n.
    constexpr int Usual = 24;
    const int databases = std::max(qEnvironmentVariableIntValue("BANISTER_SCHEMAS"), Usual);
    for (quint32 seed = 1; seed <= quint32(databases); ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// As a failed upgrade might leave it.
void tst_roundtrip::spoil(const QString &database)
{
    m_server->runSql(
        "SET foreign_key_checks = 0; CREATE TABLE `added by; the upgrade` (a INT); CREATE "
        "VIEW added_view AS SELECT 1; CREATE PROCEDURE added_procedure() SELECT 1",
        database);
    const auto tables = m_server->runSql("SELECT TABLE_NAME FROM information_schema.TABLES WHERE "
                                         "TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'",
                                         database);
    int number = 0;
    for (const auto &row : tables) {
        auto name = row.first();
        name = '`' + name.replace('`', "``") + '`';
        switch (number++ % 3) {
        case 0:
            m_server->runSql("SET foreign_key_checks = 0; DROP TABLE " + name, database);
            break;
        case 1:
            m_server->runSql("SET foreign_key_checks = 0; DELETE FROM " + name + " LIMIT 5",
                             database);
            break;
        default:
            m_server->runSql("ALTER TABLE " + name + " ADD added INT", database);
        }
    }
}

void tst_roundtrip::bringsBackWhatWasThere()
{
    QFETCH(const quint32, seed);
    const auto database = m_server->createDatabase();
    m_server->runSql(SchemaGenerator(seed).joined(), database);
    const auto before = m_server->mariadbDump(database);
    const auto checksums = m_server->checksums(database);

    QTemporaryDir temporary;
    DumpOptions dumpOptions;
    dumpOptions.folder = temporary.filePath("dump");
    dumpOptions.compression =
        std::array{Compression::Zstd, Compression::Gzip, Compression::None}[seed % 3];
    dumpOptions.bytesPerChunk = 20'000;
    SilentMonitor monitor;
    const auto settings = settingsFor(*m_server, database);
    const auto dumped = dumpDatabase(settings, dumpOptions, monitor);
    QVERIFY2(dumped,
             dumped.isOk() ? ""
                           : qPrintable(factsOf(dumped.error()) + dumped.error().root().details));
    spoil(database);
    RestoreOptions options;
    options.connections = 1 + int(seed % 3);
    const auto restored = restoreDump(settings, dumpOptions.folder, options, monitor);
    QVERIFY2(restored,
             restored.isOk() ? ""
                             : qPrintable(factsOf(restored.error()) + restored.error().details
                                          + restored.error().root().details));
    const auto after = m_server->mariadbDump(database);
    if (after != before) {
        const auto expected = before.split('\n');
        const auto actual = after.split('\n');
        for (qsizetype line = 0; line < std::min(expected.size(), actual.size()); ++line)
            QCOMPARE(actual[line], expected[line]);
    }
    QCOMPARE(after, before);
    QCOMPARE(m_server->checksums(database), checksums);
    const auto differences = compareWithManifest(settings, *dumped, monitor);
    QVERIFY(differences);
    QCOMPARE(differences->size(), 0);
    QCOMPARE(restored->tables, int(dumped->tables.size()));
    QCOMPARE(restored->objects, int(dumped->objects.size()));
    m_server->runSql("DROP DATABASE " + database.toUtf8());
}

QTEST_GUILESS_MAIN(tst_roundtrip)
#include "tst_roundtrip.moc"
