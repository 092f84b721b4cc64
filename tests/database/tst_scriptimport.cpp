// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/comparedatabase.h"
#include "database/databaseerror.h"
#include "database/dump.h"
#include "database/restore.h"
#include "database/scriptimport.h"
#include "database/verifydump.h"
#include "dumptest.h"
#include "support/schemagenerator.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Banister;

/// Dumps that mysqldump has written with its own defaults, taken over and loaded.
class tst_scriptimport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void becomesTheDumpThatBanisterMakes_data();
    void becomesTheDumpThatBanisterMakes();
    void takesTheTablesOfThePrefixOnly();
    void dividesLargeTables();
    void refusesWhatIsNoWholeDump_data();
    void refusesWhatIsNoWholeDump();
    void readsOldForms();
    void needsNoMoreThanTemporaryTables();

private:
    QString mysqldump(const QString &database, const QStringList &options = {});
    QString write(const QByteArray &content);
    Result<ImportedScript>
    import(const QString &database, const QString &script, DumpOptions options = {});

    std::unique_ptr<TestServer> m_server;
    QTemporaryDir m_folder;
    int m_names = 0;
};

QString tst_scriptimport::write(const QByteArray &content)
{
    const auto path = m_folder.filePath(QString("script%1.sql").arg(++m_names));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
    return path;
}

QString tst_scriptimport::mysqldump(const QString &database, const QStringList &options)
{
    QProcess program;
    program.start("mysqldump", m_server->clientArguments() + options + QStringList{database});
    if (!program.waitForFinished() || program.exitCode() != 0)
        qFatal("mysqldump: %s", program.readAllStandardError().constData());
    return write(program.readAllStandardOutput());
}

Result<ImportedScript>
tst_scriptimport::import(const QString &database, const QString &script, DumpOptions options)
{
    options.folder = m_folder.filePath(QString("dump%1").arg(++m_names));
    SilentMonitor monitor;
    return importScript(settingsFor(*m_server, database), script, options, monitor);
}

void tst_scriptimport::becomesTheDumpThatBanisterMakes_data()
{
    QTest::addColumn<quint32>("seed");
    // More with BANISTER_SCHEMAS=n.
    constexpr int Usual = 14;
    const int databases = std::max(qEnvironmentVariableIntValue("BANISTER_SCHEMAS"), Usual);
    for (quint32 seed = 1; seed <= quint32(databases); ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void tst_scriptimport::becomesTheDumpThatBanisterMakes()
{
    QFETCH(const quint32, seed);
    const auto database = m_server->createDatabase();
    m_server->runSql(SchemaGenerator(seed).joined(), database);
    // What mysqldump itself loses: digits of FLOAT, and enum values beside the list, which it writes
    // like empty ones.
    const auto lossy = m_server->runSql(
        "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE DATA_TYPE "
        "IN ('enum', 'float') AND TABLE_SCHEMA = DATABASE()",
        database);
    for (const auto &row : lossy) {
        const auto quoted = [&row](int index) {
            return quoteName(QString::fromUtf8(row.at(index))).toUtf8();
        };
        const auto column = quoted(1);
        m_server->runSql(
            "UPDATE " + quoted(0) + " SET " + column
                + (row.at(2) == "enum" ? " = 'a' WHERE " + column + " + 0 = 0" : " = 0.1"),
            database);
    }
    const bool hasAll = seed % 2 == 0;
    const auto script =
        mysqldump(database, hasAll ? QStringList{"--routines", "--events"} : QStringList());
    SilentMonitor monitor;
    DumpOptions options;
    options.folder = m_folder.filePath(QString("own%1").arg(++m_names));
    const auto settings = settingsFor(*m_server, database);
    const auto own = dumpDatabase(settings, options, monitor);
    VERIFY_OK(own);
    const auto before = m_server->mariadbDump(database);
    const auto checksums = m_server->checksums(database);

    const auto imported = import(database, script);
    VERIFY_OK(imported);
    QCOMPARE(m_server->mariadbDump(database), before);
    VERIFY_OK(verifyDump(imported->manifest.folder, monitor));
    QCOMPARE(imported->manifest.tables.size(), own->tables.size());
    for (const auto &table : own->tables) {
        const auto *there = imported->manifest.table(table.name);
        QVERIFY2(there, qPrintable(table.name));
        QCOMPARE(there->definition, table.definition);
        QCOMPARE(there->rows, table.rows);
        if (there->checksum != table.checksum)
            QFAIL(qPrintable(table.name));
    }
    for (auto it = own->objects.begin(); it != own->objects.end(); ++it) {
        const bool isRoutine = it.key().startsWith("function ") || it.key().startsWith("procedure ")
                               || it.key().startsWith("event ");
        if (hasAll || !isRoutine)
            QCOMPARE(imported->manifest.objects.value(it.key()).toHex(), it->toHex());
    }
    // mysqldump gives DEFINER back, and so do we: all else is the same as well.
    m_server->runSql("CREATE TABLE `added by; the upgrade` (a INT)", database);
    const auto restored = restoreDump(settings, imported->manifest.folder, {}, monitor);
    VERIFY_OK(restored);
    QCOMPARE(m_server->checksums(database), checksums);
    if (hasAll)
        QCOMPARE(m_server->mariadbDump(database), before);
    const auto differences = compareWithManifest(settings, imported->manifest, monitor);
    VERIFY_OK(differences);
    QCOMPARE(differences->size(), 0);
    m_server->runSql("DROP DATABASE " + database.toUtf8());
}

void tst_scriptimport::takesTheTablesOfThePrefixOnly()
{
    const auto database = m_server->createDatabase();
    m_server->runSql("CREATE TABLE ma_a (a INT); INSERT INTO ma_a VALUES (1); CREATE TABLE mab "
                     "(a INT); INSERT INTO mab VALUES (2); CREATE VIEW ma_v AS SELECT * FROM mab; "
                     "CREATE VIEW v AS SELECT * FROM ma_a; CREATE TRIGGER t BEFORE INSERT ON ma_a "
                     "FOR EACH ROW SET @x = 1; CREATE TRIGGER ma_t BEFORE INSERT ON mab FOR EACH "
                     "ROW SET @x = 1",
                     database);
    DumpOptions options;
    options.tablePrefix = "ma_";
    const auto script = mysqldump(database);
    const auto imported = import(database, script, options);
    VERIFY_OK(imported);
    QCOMPARE(imported->manifest.tables.size(), 1);
    QCOMPARE(imported->manifest.tables.first().name, "ma_a");
    auto objects = imported->manifest.objects.keys();
    objects.sort();
    QCOMPARE(objects, (QStringList{"trigger t", "view ma_v"}));
    options.tablePrefix = "mautic_";
    const auto strange = import(database, script, options);
    QVERIFY(strange.isError() && strange.error().has(DatabaseError::ScriptUnknown));
}

void tst_scriptimport::dividesLargeTables()
{
    const auto database = m_server->createDatabase();
    m_server->runSql("CREATE TABLE t (a INT PRIMARY KEY, b TEXT); INSERT INTO t SELECT seq, "
                     "REPEAT('x', 500) FROM seq_1_to_5000",
                     database);
    DumpOptions options;
    options.bytesPerChunk = 1'000'000;
    const auto imported = import(database, mysqldump(database), options);
    VERIFY_OK(imported);
    QCOMPARE(imported->manifest.parts.size(), 4);
    QCOMPARE(imported->manifest.tables.first().rows, 5000);
    SilentMonitor monitor;
    VERIFY_OK(verifyDump(imported->manifest.folder, monitor));
}

void tst_scriptimport::refusesWhatIsNoWholeDump_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after"); // empty: cut off there
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("line");
    const auto cut = int(DatabaseError::ScriptIncomplete);
    const auto unreadable = int(DatabaseError::ScriptUnreadable);
    const auto unknown = int(DatabaseError::ScriptUnknown);
    QTest::newRow("empty") << QByteArray("/*") << QByteArray() << cut << "line 1";
    QTest::newRow("cut in a string")
        << QByteArray("cond'") << QByteArray() << cut << "string that begins in line ";
    QTest::newRow("cut between statements")
        << QByteArray("UNLOCK TABLES;") << QByteArray() << cut << "line ";
    QTest::newRow("a string that does not end")
        << QByteArray("'second'") << QByteArray("'second") << unreadable << "does not end";
    QTest::newRow("other statements") << QByteArray("UNLOCK TABLES;")
                                      << QByteArray("GRANT ALL ON *.* TO x;") << unknown << "line ";
    QTest::newRow("rows of another table")
        << QByteArray("INSERT INTO `t`") << QByteArray("INSERT INTO `u`") << unknown << "line ";
    QTest::newRow("a value that the table cannot hold")
        << QByteArray("(1,") << QByteArray("(1,2,") << int(DatabaseError::StatementFailed)
        << "line ";
}

void tst_scriptimport::refusesWhatIsNoWholeDump()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    QFETCH(const int, code);
    QFETCH(const QString, line);
    const auto database = m_server->createDatabase();
    m_server->runSql("CREATE TABLE t (a INT, b TEXT); INSERT INTO t VALUES (1, 'first'), (2, "
                     "'second')",
                     database);
    QFile file(mysqldump(database));
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto script = file.readAll();
    const auto place = script.indexOf(before);
    QVERIFY(place >= 0);
    if (after.isEmpty())
        script.truncate(place);
    else
        script.replace(place, before.size(), after);
    const auto state = m_server->mariadbDump(database);
    const auto imported = import(database, write(script));
    QVERIFY(imported.isError());
    QVERIFY2(imported.error().has(DatabaseError(code)), qPrintable(factsOf(imported.error())));
    QVERIFY2(factsOf(imported.error()).contains(line), qPrintable(factsOf(imported.error())));
    QVERIFY(!QFileInfo::exists(m_folder.filePath(QString("dump%1/manifest.json").arg(m_names))));
    QCOMPARE(m_server->mariadbDump(database), state);
}

// As MySQL 5.5 wrote views, in a character set of three bytes, without UTC.
void tst_scriptimport::readsOldForms()
{
    const auto database = m_server->createDatabase();
    const auto imported = import(database,
                                 write("-- MySQL dump 10.13\n--\n"
                                       "-- Host: localhost    Database: old\n"
                                       "-- Server version\t5.5.60\n\n"
                                       "/*!40101 SET NAMES latin1 */;\n"
                                       "CREATE TABLE `t` (\n  `a` varchar(9) DEFAULT NULL\n"
                                       ") ENGINE=MyISAM AUTO_INCREMENT=7 DEFAULT CHARSET=utf8;\n"
                                       "INSERT INTO `t` VALUES ('\xe4;'),(NULL);\n"
                                       "/*!50001 CREATE TABLE `v` (\n  `a` tinyint NOT NULL\n"
                                       ") ENGINE=MyISAM */;\n"
                                       "/*!50001 DROP TABLE IF EXISTS `v`*/;\n"
                                       "/*!50001 SET character_set_client      = utf8 */;\n"
                                       "/*!50001 CREATE ALGORITHM=UNDEFINED */\n"
                                       "/*!50013 SQL SECURITY INVOKER */\n"
                                       "/*!50001 VIEW `v` AS select `t`.`a` AS `a` from `t` */;\n"
                                       "-- Dump completed on 2020-01-01  0:00:00\n"));
    VERIFY_OK(imported);
    QCOMPARE(imported->characterSet, "latin1");
    QCOMPARE(imported->manifest.serverVersion, "5.5.60");
    QCOMPARE(imported->manifest.tables.first().autoIncrement, 7);
    SilentMonitor monitor;
    VERIFY_OK(restoreDump(
        settingsFor(*m_server, database), imported->manifest.folder, RestoreOptions{}, monitor));
    QCOMPARE(m_server->value("SELECT HEX(a) FROM v WHERE a IS NOT NULL", database), "C3A43B");
}

void tst_scriptimport::needsNoMoreThanTemporaryTables()
{
    const auto database = m_server->createDatabase();
    m_server->runSql("CREATE TABLE t (a INT); INSERT INTO t VALUES (1)", database);
    const auto script = mysqldump(database);
    SilentMonitor monitor;
    DumpOptions options;
    options.folder = m_folder.filePath("rights");
    const auto import = [&](const QString &grant) {
        const auto account = m_server->createUser({grant});
        return importScript(settingsFor(*m_server, database, account), script, options, monitor);
    };
    VERIFY_OK(import("CREATE TEMPORARY TABLES ON `" + database + "`.*"));
    const auto refused = import("SELECT ON `" + database + "`.*");
    QVERIFY(refused.isError());
    QVERIFY2(refused.error().has(DatabaseError::NoRightsOnDatabase)
                 || refused.error().has(DatabaseError::NoRights),
             qPrintable(factsOf(refused.error())));
}

QTEST_GUILESS_MAIN(tst_scriptimport)
#include "tst_scriptimport.moc"
