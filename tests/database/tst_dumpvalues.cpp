// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/comparedatabase.h"
#include "database/dump.h"
#include "database/verifydump.h"
#include "dumptest.h"
#include "support/schemagenerator.h"
#include "support/testmonitor.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Banister;

/// What other dumps are known to spoil, each in a database of its own: dumped, loaded by hand with
/// the programs of MariaDB, and compared by the server and by mariadb-dump.
class tst_dumpvalues : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void anySchemaComesBack_data();
    void anySchemaComesBack();
    void keepsAViewThatNoLongerWorks();
    void noticesEveryChange_data();
    void noticesEveryChange();

private:
    void roundTrip(const QString &source, QString *target);

    std::unique_ptr<TestServer> m_server;
    QTemporaryDir m_folder;
    int m_dumps = 0;
};

void tst_dumpvalues::initTestCase()
{
    m_server = std::make_unique<TestServer>(QStringList{"--event-scheduler=OFF"});
}

// Fails the test where something did not come back.
void tst_dumpvalues::roundTrip(const QString &source, QString *target)
{
    const auto before = m_server->mariadbDump(source).replace(source.toUtf8(), "").split('\n');
    DumpOptions options;
    options.folder = m_folder.filePath(QString::number(++m_dumps));
    options.bytesPerChunk = 16 * 1024;
    TestMonitor monitor;
    const auto manifest = dumpDatabase(settingsFor(*m_server, source), options, monitor);
    VERIFY_OK(manifest);
    VERIFY_OK(verifyDump(options.folder, monitor));
    *target = m_server->createDatabase();
    QCOMPARE(loadByHand(*m_server, options.folder, *target), QString());
    const auto after = m_server->mariadbDump(*target).replace(target->toUtf8(), "").split('\n');
    for (qsizetype line = 0; line < std::max(before.size(), after.size()); ++line)
        QCOMPARE(after.value(line), before.value(line));
    QCOMPARE(m_server->checksums(*target), m_server->checksums(source));
    const auto differences =
        compareWithManifest(settingsFor(*m_server, *target), *manifest, monitor);
    VERIFY_OK(differences);
    QVERIFY2(differences->isEmpty(), qPrintable(differences->value(0).table));
}

void tst_dumpvalues::comesBackAsItWas_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("witness"); // says the same of both databases
    const auto row = [](const char *name, const QByteArray &sql, const QByteArray &witness = {}) {
        QTest::newRow(name) << sql << (witness.isEmpty() ? "SELECT 1" : witness);
    };
    row("FLOAT with all its bits",
        "CREATE TABLE t (f FLOAT, g FLOAT(9,3), d DOUBLE, e DOUBLE(12,4)); INSERT INTO t VALUES "
        "(0.1,0.123,0.1,0.12345),(16777217,123456.789,1e-320,99999999.9999),"
        "(3.4028235e38,0,2.2250738585072014e-308,-1),(1.17549e-38,-5,123456789.123456789,0)",
        "SELECT GROUP_CONCAT(f*1e0,' ',g*1e0,' ',d,' ',e*1e0) FROM t");
    row("minus zero",
        "CREATE TABLE t (f FLOAT, d DOUBLE); INSERT INTO t VALUES (-0e0, -0e0)",
        "SELECT CONCAT(f, ' ', d) FROM t");
    row("ENUM with an empty value and with a wrong one",
        "SET sql_mode=''; CREATE TABLE t (id INT, e ENUM('a','','b'), f ENUM('a') ); "
        "INSERT INTO t VALUES (1,'a','a'),(2,'','x'),(3,'wrong',''),(4,NULL,NULL)",
        "SELECT GROUP_CONCAT(id, ' ', e+0, ' ', f+0 ORDER BY id) FROM t");
    row("SET of all kinds",
        "CREATE TABLE t (s SET('a','b','it''s')); INSERT INTO t VALUES "
        "('a,b'),(''),(NULL),('a,it''s')");
    row("texts in other character sets",
        "CREATE TABLE t (a VARCHAR(20) CHARACTER SET latin1, b VARCHAR(20) CHARACTER SET cp1251, "
        "c VARCHAR(20) CHARACTER SET sjis, d VARCHAR(20) CHARACTER SET ucs2, e TEXT CHARACTER SET "
        "utf16, f TEXT CHARACTER SET gbk, g VARCHAR(20) CHARACTER SET ascii, h TEXT CHARACTER SET "
        "utf32, i TEXT CHARACTER SET cp932, j TEXT CHARACTER SET big5); INSERT INTO t VALUES "
        "(_latin1 0x8180E99F, _cp1251 0xCFF0E8, _sjis 0x835C5C7E, 'x\xC3\xA4', 'y', "
        "_gbk 0xB0A15C27, 'ascii', 'u', _cp932 0x815F879A, _big5 0xA45CA4A4)",
        "SELECT GROUP_CONCAT(HEX(a),' ',HEX(b),' ',HEX(c),' ',HEX(d),' ',HEX(e),' ',HEX(f),' ',"
        "HEX(g),' ',HEX(h),' ',HEX(i),' ',HEX(j)) FROM t");
    row("every byte in text and blob",
        "CREATE TABLE t (n INT, b VARBINARY(10), l VARCHAR(10) CHARACTER SET latin1, PRIMARY KEY "
        "(n)); "
        "INSERT INTO t SELECT seq, UNHEX(LPAD(HEX(seq),2,'0')), UNHEX(LPAD(HEX(seq),2,'0')) FROM "
        "seq_0_to_255",
        "SELECT MD5(GROUP_CONCAT(HEX(b), HEX(l) ORDER BY n)) FROM t");
    row("invisible and generated columns",
        "CREATE TABLE t (a INT, h INT INVISIBLE DEFAULT 3, g INT AS (a+1) PERSISTENT, v INT AS "
        "(a*2)); INSERT INTO t (a, h) VALUES (1, 7), (2, NULL)",
        "SELECT GROUP_CONCAT(a, h, g, v) FROM t");
    row("key on a generated column",
        "CREATE TABLE t (a INT, g INT AS (a+1) PERSISTENT, PRIMARY KEY (a), UNIQUE (g)); INSERT "
        "INTO t (a) SELECT seq FROM seq_1_to_3000");
    row("a key with negative numbers",
        "CREATE TABLE t (a INT PRIMARY KEY, b CHAR(100)); INSERT INTO t SELECT CAST(seq AS SIGNED) "
        "- 1500, 'x' "
        "FROM seq_1_to_3000; ANALYZE TABLE t");
    row("a key beyond 2^63",
        "CREATE TABLE t (a BIGINT UNSIGNED PRIMARY KEY, b CHAR(100)); INSERT INTO t SELECT "
        "18446744073709551615 - seq * 1000000000000000, 'x' FROM seq_0_to_3000; ANALYZE TABLE t");
    row("a key of two columns and one of text",
        "CREATE TABLE t (a INT, b VARCHAR(50), c CHAR(100), PRIMARY KEY (a, b)); INSERT INTO t "
        "SELECT seq DIV 10, seq, 'x' FROM seq_1_to_3000; CREATE TABLE u (a VARCHAR(50) PRIMARY "
        "KEY, c CHAR(200)); INSERT INTO u SELECT seq, 'x' FROM seq_1_to_3000; ANALYZE TABLE t, u");
    row("partitions",
        "CREATE TABLE t (a INT PRIMARY KEY) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN "
        "(10), PARTITION p1 VALUES LESS THAN MAXVALUE); INSERT INTO t VALUES (1),(11)");
    row("a sequence",
        "CREATE SEQUENCE s START WITH 5 INCREMENT BY 3; SELECT NEXTVAL(s), NEXTVAL(s); SELECT "
        "SETVAL(s, 5000)");
    row("system versioning",
        "CREATE TABLE t (a INT) WITH SYSTEM VERSIONING; INSERT INTO t VALUES (1),(2)");
    row("views whose names stand in each other",
        "CREATE TABLE t (`b` INT, `a` INT); CREATE VIEW a AS SELECT `b` FROM t; CREATE VIEW b AS "
        "SELECT `a` FROM t; CREATE VIEW c AS SELECT a.b FROM a JOIN b");
    row("names that look like statements",
        "CREATE TABLE `a;\nb` (`x;\ny` INT, `--` INT, `\xE2\x82\xAC 'q'` INT); INSERT INTO `a;\nb` "
        "VALUES (1,2,3)");
    row("comments that look like statements",
        "CREATE TABLE t (a INT COMMENT 'x;\ny', b TEXT DEFAULT 'p;\nq') COMMENT 'r;\ns'; INSERT "
        "INTO t VALUES (1, ';\n'), (2, ''), (3, ');\nINSERT INTO t VALUES (')");
    row("programs made in latin1",
        "CREATE TABLE t (a VARCHAR(10)); SET NAMES latin1; CREATE TRIGGER tr BEFORE INSERT ON t "
        "FOR EACH ROW SET NEW.a = '\xE9'; CREATE FUNCTION f() RETURNS VARCHAR(9) DETERMINISTIC "
        "RETURN '\xFC'; CREATE VIEW v AS SELECT '\xE4' AS u; CREATE EVENT e ON SCHEDULE EVERY 1 "
        "DAY DISABLE DO INSERT INTO t VALUES ('\xE9')",
        "SELECT CONCAT(HEX(u), HEX(f())) FROM v");
    row("programs of several statements",
        "CREATE TABLE t (a INT); CREATE PROCEDURE p() BEGIN DECLARE x INT; /* c;\n */ SET x = 1; "
        "-- d;\n SELECT ';;', '$$', '//' , \"it's\"; END; CREATE TRIGGER t1 BEFORE INSERT ON t FOR "
        "EACH ROW BEGIN SET NEW.a = 1; END; CREATE TRIGGER t2 BEFORE INSERT ON t FOR EACH ROW "
        "PRECEDES t1 SET NEW.a = 2");
    row("another engine and its options",
        "CREATE TABLE t (a INT, b TEXT, FULLTEXT (b)) ENGINE=Aria; INSERT INTO t VALUES (1, 'x "
        "y'); "
        "CREATE TABLE m (a INT) ENGINE=MEMORY; INSERT INTO m VALUES (4); CREATE TABLE c (a INT NOT "
        "NULL) ENGINE=CSV; INSERT INTO c VALUES (9)");
    row("INET6, UUID, TIME and YEAR",
        "CREATE TABLE t (i INET6, u UUID, t TIME(3), y YEAR, z TIMESTAMP NOT NULL DEFAULT "
        "'0000-00-00 00:00:00'); INSERT INTO t VALUES ('::1', "
        "'123e4567-e89b-12d3-a456-426655440000', '-01:02:03.004', 0, '0000-00-00 00:00:00')",
        "SELECT CONCAT(i,u,t,y,z) FROM t");
    row("geometry with a reference system",
        "CREATE TABLE t (g GEOMETRY NOT NULL, SPATIAL KEY (g)); INSERT INTO t VALUES "
        "(ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))', 4326))",
        "SELECT CONCAT(ST_AsText(g), ST_SRID(g)) FROM t");
    row("a CHECK and a foreign key on itself",
        "CREATE TABLE t (a INT PRIMARY KEY, p INT, CHECK (a > 0), FOREIGN KEY (p) REFERENCES t "
        "(a)); INSERT INTO t VALUES (2, NULL), (1, 2)");
    row("no columns but generated ones",
        "CREATE TABLE t (a INT AS (1)); INSERT INTO t VALUES (),()");
}

void tst_dumpvalues::comesBackAsItWas()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QByteArray, witness);
    const auto source = m_server->createDatabase();
    QCOMPARE(m_server->trySql("SET sql_mode='ALLOW_INVALID_DATES'; " + sql, source), QString());
    QString target;
    roundTrip(source, &target);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(m_server->value(witness, target), m_server->value(witness, source));
}

void tst_dumpvalues::anySchemaComesBack_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void tst_dumpvalues::anySchemaComesBack()
{
    QFETCH(const quint32, seed);
    const auto source = m_server->createDatabase();
    QCOMPARE(m_server->trySql(SchemaGenerator(seed).joined(), source), QString());
    QString target;
    roundTrip(source, &target);
}

void tst_dumpvalues::keepsAViewThatNoLongerWorks()
{
    const auto source = m_server->createDatabase();
    m_server->runSql("CREATE TABLE t (a INT); CREATE TABLE gone (b INT); CREATE VIEW broken AS "
                     "SELECT b FROM gone; CREATE VIEW fine AS SELECT a FROM t; DROP TABLE gone",
                     source);
    DumpOptions options;
    options.folder = m_folder.filePath("broken");
    TestMonitor monitor;
    const auto manifest = dumpDatabase(settingsFor(*m_server, source), options, monitor);
    VERIFY_OK(manifest);
    QVERIFY(monitor.lines().join('\n').contains("broken"));
    const auto target = m_server->createDatabase();
    QCOMPARE(loadByHand(*m_server, options.folder, target), QString());
    const auto differences =
        compareWithManifest(settingsFor(*m_server, target), *manifest, monitor);
    VERIFY_OK(differences);
    QVERIFY(differences->isEmpty());
}

void tst_dumpvalues::noticesEveryChange_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::newRow("last bit of a FLOAT") << QByteArray("UPDATE t SET f = 16777218 WHERE id = 1");
    QTest::newRow("last bit of a DOUBLE")
        << QByteArray("UPDATE t SET d = 0.1e0 + 1.4e-17 WHERE id = 1");
    QTest::newRow("NULL and empty") << QByteArray("UPDATE t SET s = '' WHERE id = 2");
    QTest::newRow("capital letter") << QByteArray("UPDATE t SET s = 'A' WHERE id = 1");
    QTest::newRow("values of two rows exchanged")
        << QByteArray("UPDATE t SET b = IF(id = 1, 0x02, 0x01)");
    QTest::newRow("one row more, one less")
        << QByteArray("DELETE FROM t WHERE id = 2; INSERT INTO t VALUES (3, 0, 0, NULL, 0x02)");
    QTest::newRow("same row twice") << QByteArray("INSERT INTO t SELECT * FROM t WHERE id = 1");
}

// The test's own witness and the comparison that people rely on.
void tst_dumpvalues::noticesEveryChange()
{
    QFETCH(const QByteArray, change);
    const auto source = m_server->createDatabase();
    m_server->runSql(
        "CREATE TABLE t (id INT, f FLOAT, d DOUBLE, s TEXT, b BLOB); INSERT INTO t VALUES "
        "(1, 16777216, 0.1, 'a', 0x01), (2, 0, 0, NULL, 0x02)",
        source);
    DumpOptions options;
    options.folder = m_folder.filePath(QString::number(++m_dumps));
    TestMonitor monitor;
    const auto manifest = dumpDatabase(settingsFor(*m_server, source), options, monitor);
    VERIFY_OK(manifest);
    const auto before = m_server->checksums(source);
    m_server->runSql(change, source);
    QVERIFY(m_server->checksums(source) != before);
    const auto differences =
        compareWithManifest(settingsFor(*m_server, source), *manifest, monitor);
    VERIFY_OK(differences);
    QCOMPARE(differences->size(), 1);
    QCOMPARE(differences->constFirst().table, "t");
    QCOMPARE(differences->constFirst().kind, TableDifference::Kind::Rows);
}

QTEST_GUILESS_MAIN(tst_dumpvalues)
#include "tst_dumpvalues.moc"
