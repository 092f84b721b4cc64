// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/comparedatabase.h"
#include "database/databaseerror.h"
#include "database/dump.h"
#include "database/verifydump.h"
#include "dumptest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

using namespace Banister;

// Everything that a table can hold and that dumps are known to spoil.
static const QByteArray HostileSchema = R"SQL(
SET sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES', time_zone='+00:00';
CREATE TABLE kinds (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, tiny TINYINT, big BIGINT UNSIGNED,
  dec1 DECIMAL(65,30), fl FLOAT, db DOUBLE, b1 BIT(1), b64 BIT(64), d DATE, dt DATETIME(6),
  ts TIMESTAMP(3) NULL, t TIME(6), y YEAR, c CHAR(10), v VARCHAR(300), bi BINARY(8), vb VARBINARY(300),
  tx LONGTEXT, bl LONGBLOB, e ENUM('a','it''s',''), s SET('x','y','z'), j JSON, g GEOMETRY,
  total INT GENERATED ALWAYS AS (tiny * 2) VIRTUAL, stored INT GENERATED ALWAYS AS (tiny + 1) STORED,
  UNIQUE KEY u (v)) DEFAULT CHARSET=utf8mb4 COMMENT='a;\nb ''quoted'' \\';
INSERT INTO kinds (id,tiny,big,dec1,fl,db,b1,b64,d,dt,ts,t,y,c,v,bi,vb,tx,bl,e,s,j,g) VALUES
 (0,-128,18446744073709551615,-0.000000000000000000000000000001,3.14159265,1.7976931348623157e308,1,
  0xFFFFFFFFFFFFFFFF,'0000-00-00','0000-00-00 00:00:00','1970-01-01 00:00:01','-838:59:59.000000',1901,
  'ab','emoji \xF0\x9F\x98\x80 ''q'' "d" \\ back',0x0001FF,0x00270A0D5C1A,'line\nline\r\ntab\t;\n-- x',
  0x00FF00270A,'it''s','x,z','{"a": [1, 2, "\xC3\xA4"]}',ST_GeomFromText('POINT(1 2)')),
 (5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL),
 (7,127,0,99999999999999999999999999999999999.999999999999999999999999999999,-1.17549e-38,0.1,0,0,
  '9999-12-31','2026-02-31 23:59:59.999999','2038-01-19 03:14:07.999','838:59:59.999999',2155,'','',
  '','','','','','','[]',NULL);
CREATE TABLE latin (t VARCHAR(20), x TEXT CHARACTER SET utf8mb3) DEFAULT CHARSET=latin1;
INSERT INTO latin VALUES ('\xC3\xA9\xC3\xBC\xC3\x9F', '\xE2\x82\xAC');
CREATE TABLE `odd ``name; --` (`col`` ; '` INT, `gro\xC3\x9F` TEXT) DEFAULT CHARSET=utf8mb4;
INSERT INTO `odd ``name; --` VALUES (1, ';\n');
CREATE TABLE empty_one (id INT PRIMARY KEY);
CREATE TABLE nokey (a INT, b INT) ENGINE=MyISAM;
INSERT INTO nokey VALUES (1,1),(1,1),(2,NULL);
CREATE TABLE parent (id INT PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE child (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES parent (id) ON DELETE CASCADE);
INSERT INTO parent VALUES (1),(2); INSERT INTO child VALUES (1,1),(2,2);
CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2;
CREATE VIEW z_first AS SELECT id, twice(id) AS double_id FROM parent;
CREATE VIEW a_second AS SELECT * FROM z_first WHERE id > 0;
CREATE TRIGGER tr BEFORE INSERT ON child FOR EACH ROW SET NEW.p = NEW.p;
CREATE PROCEDURE pr() SELECT 1;
CREATE EVENT ev ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM parent WHERE id = -1;
)SQL";

class tst_dump : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void roundTripByHand_data();
    void roundTripByHand();
    void dividesLargeTables();
    void seesOneInstant();
    void takesOnlyThePrefix();
    void reportsARowTooLarge();
    void reportsMissingRights();
    void reportsALostConnection();
    void canBeCancelledAndRepeated();

private:
    DumpOptions options(const QString &name);
    QByteArrayList dumped(const QString &database);

    std::unique_ptr<TestServer> m_server;
    QTemporaryDir m_folder;
};

void tst_dump::initTestCase()
{
    m_server = std::make_unique<TestServer>(QStringList{"--event-scheduler=OFF"});
}

DumpOptions tst_dump::options(const QString &name)
{
    DumpOptions options;
    options.folder = m_folder.filePath(name);
    return options;
}

// As mariadb-dump sees it, without the name of the database.
QByteArrayList tst_dump::dumped(const QString &database)
{
    return m_server->mariadbDump(database).replace(database.toUtf8(), "").split('\n');
}

void tst_dump::roundTripByHand_data()
{
    QTest::addColumn<int>("compression");
    QTest::newRow("zstd") << int(Compression::Zstd);
    QTest::newRow("gzip") << int(Compression::Gzip);
    QTest::newRow("none") << int(Compression::None);
}

void tst_dump::roundTripByHand()
{
    QFETCH(const int, compression);
    const auto source = m_server->createDatabase();
    QCOMPARE(m_server->trySql(HostileSchema, source), QString());
    const auto before = dumped(source);
    auto wanted = options(QString("hostile-%1").arg(compression));
    wanted.compression = Compression(compression);
    SilentMonitor monitor;
    const auto manifest = dumpDatabase(settingsFor(*m_server, source), wanted, monitor);
    VERIFY_OK(manifest);
    VERIFY_OK(verifyDump(wanted.folder, monitor));
    const auto target = m_server->createDatabase();
    QCOMPARE(loadByHand(*m_server, wanted.folder, target), QString());
    const auto after = dumped(target);
    for (qsizetype line = 0; line < std::max(before.size(), after.size()); ++line)
        QCOMPARE(after.value(line), before.value(line));
    QCOMPARE(m_server->checksums(target), m_server->checksums(source));
    const auto read = readDumpManifest(wanted.folder);
    VERIFY_OK(read);
    const auto differences = compareWithManifest(settingsFor(*m_server, target), *read, monitor);
    VERIFY_OK(differences);
    QVERIFY2(differences->isEmpty(), qPrintable(differences->value(0).table));
    m_server->runSql("UPDATE kinds SET tiny = 3 WHERE id = 5", target);
    m_server->runSql("DROP VIEW a_second", target);
    const auto changed = compareWithManifest(settingsFor(*m_server, target), *read, monitor);
    VERIFY_OK(changed);
    QCOMPARE(changed->size(), 2);
}

void tst_dump::dividesLargeTables()
{
    const auto source = m_server->createDatabase();
    m_server->runSql("CREATE TABLE big (id INT AUTO_INCREMENT PRIMARY KEY, t VARCHAR(200))",
                     source);
    m_server->runSql(
        "INSERT INTO big (t) SELECT REPEAT(CHAR(97 + seq % 26), 200) FROM seq_1_to_20000", source);
    m_server->runSql("DELETE FROM big WHERE id BETWEEN 3000 AND 9000; ANALYZE TABLE big", source);
    auto wanted = options("big");
    wanted.bytesPerChunk = 256 * 1024;
    SilentMonitor monitor;
    const auto manifest = dumpDatabase(settingsFor(*m_server, source), wanted, monitor);
    VERIFY_OK(manifest);
    QVERIFY(manifest->parts.size() > 8);
    QCOMPARE(manifest->table("big")->rows, 20000 - 6001);
    const auto target = m_server->createDatabase();
    QCOMPARE(loadByHand(*m_server, wanted.folder, target), QString());
    QCOMPARE(m_server->checksums(target), m_server->checksums(source));
}

void tst_dump::seesOneInstant()
{
    // Two tables that a writer keeps equal: a dump of two instants would tell them apart.
    const auto source = m_server->createDatabase();
    m_server->runSql("CREATE TABLE a (n INT) ENGINE=InnoDB; CREATE TABLE b (n INT) ENGINE=InnoDB; "
                     "INSERT INTO a VALUES (0); INSERT INTO b VALUES (0)",
                     source);
    m_server->runSql("CREATE TABLE filler (id INT AUTO_INCREMENT PRIMARY KEY, t VARCHAR(200))",
                     source);
    m_server->runSql("INSERT INTO filler (t) SELECT REPEAT('x', 200) FROM seq_1_to_100000", source);
    std::atomic<bool> stop = false;
    std::atomic<int> writes = 0;
    std::thread writer([&] {
        while (!stop) {
            m_server->runSql(
                "START TRANSACTION; UPDATE a SET n = n + 1; UPDATE b SET n = n + 1; COMMIT",
                source);
            ++writes;
        }
    });
    SilentMonitor monitor;
    for (int round = 0; round < 3; ++round) {
        const auto wanted = options(QString("instant-%1").arg(round));
        const auto manifest = dumpDatabase(settingsFor(*m_server, source), wanted, monitor);
        if (!manifest) {
            stop = true;
            writer.join();
            QFAIL(qPrintable(factsOf(manifest.error())));
        }
        const auto target = m_server->createDatabase();
        const auto problem = loadByHand(*m_server, wanted.folder, target);
        const auto first = m_server->value("SELECT n FROM a", target);
        const auto second = m_server->value("SELECT n FROM b", target);
        if (!problem.isEmpty() || first != second) {
            stop = true;
            writer.join();
            QFAIL(qPrintable(problem + first + " != " + second));
        }
    }
    stop = true;
    writer.join();
    QVERIFY(writes > 0);
}

void tst_dump::takesOnlyThePrefix()
{
    const auto source = m_server->createDatabase();
    m_server->runSql(
        "CREATE TABLE m_leads (id INT); CREATE TABLE mxleads (id INT); "
        "CREATE TABLE wp_posts (id INT); CREATE VIEW m_view AS SELECT 1 AS x; "
        "CREATE VIEW wp_view AS SELECT 2 AS x; "
        "CREATE TRIGGER foreign_one BEFORE INSERT ON wp_posts FOR EACH ROW SET NEW.id = 1",
        source);
    auto wanted = options("prefix");
    wanted.tablePrefix = "m_";
    SilentMonitor monitor;
    const auto manifest = dumpDatabase(settingsFor(*m_server, source), wanted, monitor);
    VERIFY_OK(manifest);
    QCOMPARE(manifest->tables.size(), 1);
    QCOMPARE(manifest->tables.first().name, "m_leads");
    QCOMPARE(manifest->objects.keys(), QStringList{"view m_view"});
}

void tst_dump::reportsARowTooLarge()
{
    TestServer tiny({"--max-allowed-packet=1M"});
    const auto source = tiny.createDatabase();
    tiny.runSql(
        "CREATE TABLE t (id INT, b LONGBLOB); INSERT INTO t VALUES (1, REPEAT(0x00, 900000))",
        source);
    SilentMonitor monitor;
    const auto manifest = dumpDatabase(settingsFor(tiny, source), options("packet"), monitor);
    QVERIFY(manifest.isError());
    QVERIFY(manifest.error().has(DatabaseError::PacketTooLarge));
    QVERIFY(factsOf(manifest.error()).contains("table t"));
}

void tst_dump::reportsMissingRights()
{
    const auto source = m_server->createDatabase();
    m_server->runSql("CREATE TABLE t (id INT)", source);
    const auto account = m_server->createUser({"INSERT ON `" + source + "`.*"});
    SilentMonitor monitor;
    const auto manifest =
        dumpDatabase(settingsFor(*m_server, source, account), options("rights"), monitor);
    QVERIFY(manifest.isError());
    QVERIFY(manifest.error().has(DatabaseError::NoRights));
    // Reading alone is enough: without a lock the dump goes over one connection.
    const auto reader =
        m_server->createUser({"SELECT, SHOW VIEW, TRIGGER, EVENT ON `" + source + "`.*"});
    VERIFY_OK(dumpDatabase(settingsFor(*m_server, source, reader), options("reader"), monitor));
}

void tst_dump::reportsALostConnection()
{
    TestServer mortal;
    const auto source = mortal.createDatabase();
    mortal.runSql("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, t VARCHAR(200))", source);
    mortal.runSql("INSERT INTO t (t) SELECT REPEAT('x', 200) FROM seq_1_to_200000", source);
    // Killed while rows are on their way.
    class Killer : public SilentMonitor
    {
    public:
        explicit Killer(TestServer &server)
            : m_server(server)
        {}
        void report(const Progress &progress) override
        {
            if (progress.done > 8000 && !m_isDone.exchange(true))
                m_server.server().kill();
        }

    private:
        TestServer &m_server;
        std::atomic<bool> m_isDone = false;
    } killer(mortal);
    const auto manifest = dumpDatabase(settingsFor(mortal, source), options("lost"), killer);
    QVERIFY(manifest.isError());
    QVERIFY2(manifest.error().has(DatabaseError::ConnectionLost),
             qPrintable(factsOf(manifest.error())));
    mortal.restart();
    SilentMonitor monitor;
    VERIFY_OK(dumpDatabase(settingsFor(mortal, source), options("lost"), monitor));
}

void tst_dump::canBeCancelledAndRepeated()
{
    const auto source = m_server->createDatabase();
    m_server->runSql("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, t VARCHAR(200))", source);
    m_server->runSql("INSERT INTO t (t) SELECT REPEAT('x', 200) FROM seq_1_to_50000", source);
    const auto wanted = options("cancel");
    ImpatientMonitor impatient(2);
    QVERIFY(dumpDatabase(settingsFor(*m_server, source), wanted, impatient).isCancelled());
    QVERIFY(!QFile::exists(wanted.folder + "/manifest.json"));
    SilentMonitor monitor;
    VERIFY_OK(dumpDatabase(settingsFor(*m_server, source), wanted, monitor));
    VERIFY_OK(verifyDump(wanted.folder, monitor));
}

QTEST_GUILESS_MAIN(tst_dump)
#include "tst_dump.moc"
