// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowdiff.h"
#include "restoretest.h"
#include "support/schemagenerator.h"
#include "support/testmonitor.h"

#include <QTest>

using namespace Banister;

namespace {

/// "t by id,k: +1 ~2 -3 of 10; columns +new -old !retyped"
QString summary(const TableRowDiff &diff)
{
    using Kind = TableRowDiff::Kind;
    if (diff.kind == Kind::OnlyInDump)
        return QString("%1 only in the dump: %2").arg(diff.table).arg(diff.removed);
    if (diff.kind == Kind::OnlyInDatabase)
        return QString("%1 only now: %2").arg(diff.table).arg(diff.added);
    auto text = diff.table;
    if (diff.method == TableRowDiff::Method::Key)
        text += " by " + diff.key.join(',');
    else if (diff.method == TableRowDiff::Method::WholeRows)
        text += " whole";
    text += diff.kind == Kind::Equal ? QString(": equal")
                                     : QString(": +%1 ~%2 -%3")
                                           .arg(QString::number(diff.added),
                                                QString::number(diff.changed),
                                                QString::number(diff.removed));
    text += QString(" of %1").arg(diff.rowsThen);
    for (const auto &[sign, columns] : {std::pair('+', diff.addedColumns),
                                        std::pair('-', diff.removedColumns),
                                        std::pair('!', diff.changedColumns)}) {
        for (const auto &column : columns)
            text += QString(" %1%2").arg(sign).arg(column);
    }
    return text;
}

QString summary(const QList<TableRowDiff> &diffs)
{
    QStringList lines;
    for (const auto &diff : diffs)
        lines.append(summary(diff));
    return lines.join('\n');
}

/// Peak resident memory of this program, in kB.
qint64 peakMemory()
{
    QFile status("/proc/self/status");
    if (!status.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(status.errorString()));
    const auto text = status.readAll();
    return text.mid(text.indexOf("VmHWM:") + 6).simplified().split(' ').constFirst().toLongLong();
}

/// Sets the peak back to what is in use now.
qint64 startPeakMemory()
{
    QFile file("/proc/self/clear_refs");
    if (!file.open(QIODevice::WriteOnly) || file.write("5") != 1 || !file.flush())
        qFatal("%s", qPrintable(file.errorString()));
    return peakMemory();
}

QString shown(const LiteralValue &value)
{
    return value.isNull ? QString("NULL") : value.text;
}

QString shown(const QList<RowSample> &rows)
{
    QStringList lines;
    for (const auto &row : rows) {
        QStringList values;
        for (const auto &[column, value] : row.values)
            values.append(column + '=' + shown(value));
        lines.append(values.join(' '));
    }
    return lines.join('\n');
}

QString shown(const QList<ChangedRow> &rows)
{
    QStringList lines;
    for (const auto &row : rows) {
        QStringList values;
        for (const auto &[column, value] : row.key)
            values.append(column + '=' + shown(value));
        for (const auto &[column, then, now] : row.values)
            values.append(column + ':' + shown(then) + "->" + shown(now));
        lines.append(values.join(' '));
    }
    return lines.join('\n');
}

} // namespace

class tst_rowdiff : public QObject, private RestoreTest
{
    Q_OBJECT

private slots:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void tellsWhatHasChanged_data();
    void tellsWhatHasChanged();
    void showsRows();
    void looksAtSomeTablesOnly();
    void comparesLargeTablesBySum();
    void comparesInChunks();
    void noticesADumpThatIsNotWhatItWas_data();
    void noticesADumpThatIsNotWhatItWas();
    void readsAnySchemaBack_data();
    void readsAnySchemaBack();
    void canBeCancelled();

private:
    Result<QList<TableRowDiff>>
    compare(const QString &database, const QString &folder, const RowDiffOptions &options = {})
    {
        const auto manifest = readDumpManifest(folder);
        if (!manifest)
            return manifest.failure();
        SilentMonitor monitor;
        return compareRows(settingsFor(*m_server, database), *manifest, options, monitor);
    }
};

void tst_rowdiff::tellsWhatHasChanged_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("expected");
    const auto row =
        [](const char *name, const char *before, const char *change, const char *expected) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(change) << QString(expected);
        };
    row("nothing",
        "CREATE TABLE t (id INT PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'), (2, NULL)",
        "UPDATE t SET a = 'x' WHERE id = 1",
        "t: equal of 2");
    row("each sort",
        "CREATE TABLE t (id INT PRIMARY KEY, a TEXT); "
        "INSERT INTO t SELECT seq, seq FROM seq_1_to_100",
        "UPDATE t SET a = 'x' WHERE id IN (4, 9); DELETE FROM t WHERE id = 7; "
        "INSERT INTO t VALUES (0, ''), (-5, NULL), (1000, 'y')",
        "t by id: +3 ~2 -1 of 100");
    row("composite key in another order than the columns",
        "CREATE TABLE t (a TEXT, x INT, y VARCHAR(9), PRIMARY KEY (y, x)); "
        "INSERT INTO t VALUES ('a', 1, 'k'), ('b', 2, 'k'), ('c', 1, 'l')",
        "UPDATE t SET a = '1,''k''' WHERE x = 2; UPDATE t SET x = 3 WHERE y = 'l'",
        "t by y,x: +1 ~1 -1 of 3");
    row("keys that the collation does not tell apart",
        "CREATE TABLE t (k VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY, a INT) "
        "CHARSET utf8mb4; INSERT INTO t VALUES ('a', 1), ('😀', 2), ('b', 3)",
        "UPDATE t SET k = 'A' WHERE a = 1; UPDATE t SET k = '😀 ' WHERE a = 2; "
        "UPDATE t SET a = 4 WHERE k = 'B'",
        "t by k: +2 ~1 -2 of 3");
    row("hostile keys",
        "CREATE TABLE t (k VARCHAR(40) PRIMARY KEY, a INT); INSERT INTO t VALUES "
        "('),\\n(''', 1), ('\\\\', 2), ('\\0', 3), ('NULL', 4), ('', 5)",
        "UPDATE t SET a = 0 WHERE k IN ('\\\\', 'NULL'); DELETE FROM t WHERE k = '),\\n('''",
        "t by k: +0 ~2 -1 of 5");
    row("binary keys",
        "CREATE TABLE t (k BINARY(4) PRIMARY KEY, a BLOB); INSERT INTO t VALUES "
        "(0x00000000, ''), (0x27275C0A, 0x27), (0xFFFFFFFF, NULL)",
        "UPDATE t SET a = 0x5C WHERE k = 0x27275C0A; UPDATE t SET a = '' WHERE a IS NULL",
        "t by k: +0 ~2 -0 of 3");
    row("unique key that is never NULL",
        "CREATE TABLE t (a INT, k INT NOT NULL, n INT, UNIQUE KEY (n), UNIQUE KEY (k)); "
        "INSERT INTO t VALUES (1, 1, NULL), (2, 2, NULL), (3, 3, 3)",
        "UPDATE t SET n = 9, a = NULL WHERE k = 2; INSERT INTO t VALUES (3, 4, NULL)",
        "t by k: +1 ~1 -0 of 3");
    row("no key",
        "CREATE TABLE t (a INT, b INT); INSERT INTO t VALUES (1, 1), (1, 1), (1, 1), (2, 2), "
        "(NULL, 3)",
        "DELETE FROM t WHERE a = 1 LIMIT 2; UPDATE t SET b = 4 WHERE a IS NULL; "
        "INSERT INTO t VALUES (2, 2)",
        "t whole: +2 ~0 -3 of 5");
    row("columns added, dropped and moved",
        "CREATE TABLE t (gone INT, id INT PRIMARY KEY, a TEXT); "
        "INSERT INTO t VALUES (1, 1, 'x'), (2, 2, 'y')",
        "ALTER TABLE t DROP gone, ADD new INT DEFAULT 5 FIRST, MODIFY id INT AFTER a; "
        "INSERT INTO t (id) VALUES (3); UPDATE t SET a = 'z' WHERE id = 2",
        "t by id: +1 ~1 -0 of 2 +new -gone");
    row("column added, rows unchanged",
        "CREATE TABLE t (id INT PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x')",
        "ALTER TABLE t ADD new INT DEFAULT 5 AFTER id, ADD KEY (new); UPDATE t SET new = 6",
        "t: equal of 1 +new");
    row("retyped, written alike",
        "CREATE TABLE t (id INT UNSIGNED PRIMARY KEY, a VARCHAR(20) CHARACTER SET latin1, d "
        "DECIMAL(5,2), f FLOAT, e ENUM('x','y')); "
        "INSERT INTO t VALUES (1, 'é', 1.5, 0.1, 'x'), (2, '', -2.25, 1e20, 'y')",
        "ALTER TABLE t MODIFY id BIGINT AUTO_INCREMENT, MODIFY a LONGTEXT CHARACTER SET utf8mb4, "
        "MODIFY d DECIMAL(12,2), MODIFY f DOUBLE, MODIFY e VARCHAR(3); UPDATE t SET d = 3 WHERE "
        "id = 2",
        "t by id: +0 ~1 -0 of 2");
    row("retyped, written otherwise",
        "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(20), d DECIMAL(5,1), s TIMESTAMP(0) NULL); "
        "INSERT INTO t VALUES (1, 'x', 1.5, NULL), (2, 'y', 2, NULL)",
        "ALTER TABLE t MODIFY d DECIMAL(5,2), MODIFY s TIMESTAMP(3) NULL; UPDATE t SET a = '' "
        "WHERE id = 1; UPDATE t SET d = 9 WHERE id = 2",
        "t by id: +0 ~1 -0 of 2 !d !s");
    row("key retyped, written otherwise",
        "CREATE TABLE t (k INT PRIMARY KEY, u INT NOT NULL, a INT, UNIQUE KEY (u)); "
        "INSERT INTO t VALUES (1, 1, 1), (2, 2, 2)",
        "ALTER TABLE t MODIFY k VARCHAR(9); UPDATE t SET a = 0 WHERE u = 2",
        "t by u: +0 ~1 -0 of 2 !k");
    row("other key since",
        "CREATE TABLE t (a INT PRIMARY KEY, b INT); INSERT INTO t VALUES (1, 1), (2, 1)",
        "ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (a, b); INSERT INTO t VALUES (1, 2)",
        "t by a,b: +1 ~0 -0 of 2");
    row("tables come and gone",
        "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (id INT); INSERT INTO b VALUES (1)",
        "DROP TABLE b; CREATE TABLE c (id INT); INSERT INTO c VALUES (1), (2)",
        "a: equal of 0\nb only in the dump: 1\nc only now: 2");
    row("generated columns",
        "CREATE TABLE t (id INT PRIMARY KEY, a INT, g INT AS (a * 2) STORED, v INT AS (a)); "
        "INSERT INTO t (id, a) VALUES (1, 1), (2, 2)",
        "ALTER TABLE t DROP g, ADD g INT DEFAULT 7; UPDATE t SET a = 5 WHERE id = 1",
        "t by id: +0 ~1 -0 of 2 !g");
    row("nothing but generated columns",
        "CREATE TABLE t (g INT AS (1)); INSERT INTO t () VALUES (), ()",
        "INSERT INTO t () VALUES ()",
        "t whole: +1 ~0 -0 of 2");
    row("types of all sorts",
        "SET sql_mode = ''; CREATE TABLE t (id BIT(9) PRIMARY KEY, j JSON, b LONGBLOB, s "
        "VARCHAR(9) CHARACTER SET "
        "sjis, u CHAR(9) CHARACTER SET ucs2, p POINT, e ENUM('','x')); INSERT INTO t VALUES "
        "(1, '{\"a\": \"\\\\n\"}', REPEAT(0x00, 1100000), 'ソ', '表', POINT(1, 2), 1), "
        "(2, '[]', '', 'a', 'é', NULL, 0)",
        "UPDATE t SET b = CONCAT(b, 0x00) WHERE id = 1; UPDATE t SET s = 'ソソ' WHERE id = 2; "
        "INSERT INTO t (id) VALUES (256)",
        "t by id: +1 ~2 -0 of 2");
    row("names of all sorts",
        "CREATE TABLE `a``\n(x)` (`i,``\n'` INT PRIMARY KEY COMMENT 'a''\\n), `b` (', `) VALUES` "
        "INT DEFAULT '3'); INSERT INTO `a``\n(x)` VALUES (1, 1), (2, 2)",
        "UPDATE `a``\n(x)` SET `) VALUES` = 3 WHERE `i,``\n'` = 2",
        "a`\n(x) by i,`\n': +0 ~1 -0 of 2");
    row("tables without transactions",
        "CREATE TABLE m (id INT PRIMARY KEY, a INT) ENGINE=MyISAM; INSERT INTO m VALUES (1, 1); "
        "CREATE TABLE n (a INT) ENGINE=Aria; INSERT INTO n VALUES (1); "
        "CREATE TABLE t (id INT PRIMARY KEY)",
        "UPDATE m SET a = 2; INSERT INTO n VALUES (2); INSERT INTO t VALUES (1)",
        "m by id: +0 ~1 -0 of 1\nn whole: +1 ~0 -0 of 1\nt by id: +1 ~0 -0 of 0");
}

void tst_rowdiff::tellsWhatHasChanged()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, change);
    const auto database = newDatabase(*m_server, before);
    const auto folder = dump(*m_server, database);
    m_server->runSql(change, database);
    const auto diffs = compare(database, folder);
    VERIFY_OK(diffs);
    QTEST(summary(*diffs), "expected");
}

void tst_rowdiff::showsRows()
{
    const auto database = newDatabase(
        *m_server,
        "CREATE TABLE t (a VARCHAR(3000), id INT PRIMARY KEY, b BLOB, u VARCHAR(9) CHARACTER SET "
        "utf16, old INT); INSERT INTO t VALUES ('it''s\\n', 1, 0x00FF, 'é😀', 1), (NULL, 2, '', "
        "NULL, 2), ('gone', 3, NULL, '', 3)");
    const auto folder = dump(*m_server, database);
    m_server->runSql(
        "ALTER TABLE t DROP old, ADD new INT DEFAULT 5 FIRST; INSERT INTO t (id, a) VALUES "
        "(4, REPEAT('😀', 300)), (5, ''); UPDATE t SET a = REPEAT('x', 201), u = NULL WHERE id = "
        "1; UPDATE t SET b = NULL WHERE id = 2; DELETE FROM t WHERE id = 3",
        database);
    const auto diffs = compare(database, folder);
    VERIFY_OK(diffs);
    const auto &diff = diffs->constFirst();
    QCOMPARE(shown(diff.addedSamples),
             "new=5 a=" + QString("😀").repeated(100) + "… id=4 b=NULL u=NULL\n"
                 + "new=5 a= id=5 b=NULL u=NULL");
    QCOMPARE(shown(diff.removedSamples), QString("a=gone id=3 b=NULL u= old=3"));
    QCOMPARE(shown(diff.changedSamples),
             "id=1 a:it's\n->" + QString("x").repeated(200) + "… u:é😀->NULL\n" + "id=2 b:0x->NULL");
}

void tst_rowdiff::looksAtSomeTablesOnly()
{
    const auto database = newDatabase(*m_server,
                                      "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (id INT "
                                      "PRIMARY KEY); CREATE TABLE c (id INT)");
    const auto folder = dump(*m_server, database);
    m_server->runSql("INSERT INTO a VALUES (1); INSERT INTO b VALUES (1); DROP TABLE c", database);
    RowDiffOptions options;
    options.tables = {"b", "c"};
    const auto diffs = compare(database, folder, options);
    VERIFY_OK(diffs);
    QCOMPARE(summary(*diffs), QString("b by id: +1 ~0 -0 of 0\nc only in the dump: 0"));
}

void tst_rowdiff::comparesLargeTablesBySum()
{
    const auto database = newDatabase(
        *m_server,
        "CREATE TABLE a (id INT PRIMARY KEY, x INT); INSERT INTO a SELECT seq, seq FROM "
        "seq_1_to_30; CREATE TABLE b LIKE a; INSERT INTO b SELECT * FROM a; CREATE "
        "TABLE c LIKE a; INSERT INTO c SELECT * FROM a");
    const auto folder = dump(*m_server, database);
    m_server->runSql("UPDATE a SET x = 0 WHERE id = 3; ALTER TABLE b DROP x; ALTER TABLE c DROP x; "
                     "DELETE FROM c WHERE id = 1",
                     database);
    RowDiffOptions options;
    options.mostRows = 29;
    const auto diffs = compare(database, folder, options);
    VERIFY_OK(diffs);
    QCOMPARE(summary(*diffs),
             QString("a: +-1 ~-1 --1 of 30\nb: equal of 30 -x\nc: +-1 ~-1 --1 of 30 -x"));
    QCOMPARE(diffs->constLast().rowsNow, 29);
}

// Several files and several threads, and a look at the first rows of each sort.
void tst_rowdiff::comparesInChunks()
{
    const auto database =
        newDatabase(*m_server,
                    "CREATE TABLE t (a CHAR(250) CHARACTER SET latin1, id INT PRIMARY KEY); INSERT "
                    "INTO t SELECT "
                    "REPEAT(CHAR(97 + seq % 26), 250), seq FROM seq_1_to_100000; ANALYZE TABLE t");
    DumpOptions dumpOptions;
    dumpOptions.folder = m_temporary.filePath("chunks");
    dumpOptions.bytesPerChunk = 4'000'000;
    SilentMonitor monitor;
    VERIFY_OK(dumpDatabase(settingsFor(*m_server, database), dumpOptions, monitor));
    QVERIFY(QDir(dumpOptions.folder).entryList({"20-*"}).size() > 3);
    m_server->runSql("DELETE FROM t WHERE id % 1000 = 1; UPDATE t SET a = 'x' WHERE id % 1000 = 2; "
                     "INSERT INTO t SELECT '', seq FROM seq_100001_to_110000; ANALYZE TABLE t",
                     database);
    RowDiffOptions options;
    options.samples = 3;
    options.bytesPerChunk = dumpOptions.bytesPerChunk;
    const auto before = startPeakMemory();
    const auto diffs = compare(database, dumpOptions.folder, options);
    const auto taken = peakMemory() - before;
    VERIFY_OK(diffs);
    QCOMPARE(summary(*diffs), QString("t by id: +10000 ~100 -100 of 100000"));
    const auto &diff = diffs->constFirst();
    QCOMPARE(shown(diff.addedSamples), QString("a= id=100001\na= id=100002\na= id=100003"));
    QStringList gone;
    for (const auto &row : diff.removedSamples)
        gone.append(shown(row.values.constLast().value));
    QCOMPARE(gone, QStringList({"1", "1001", "2001"}));
    QCOMPARE(diff.changedSamples.size(), 3);
    QCOMPARE(shown(diff.changedSamples.constLast().key.constFirst().value), QString("2002"));
    // The rows alone are 25 MB. Sanitizers keep what was freed.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY2(taken < 20'000, qPrintable(QString::number(taken)));
#else
    Q_UNUSED(taken)
#endif
}

void tst_rowdiff::noticesADumpThatIsNotWhatItWas_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<DatabaseError>("expected");
    QTest::newRow("flipped") << Damage::FlippedBit << DatabaseError::DumpDamaged;
    QTest::newRow("cut") << Damage::CutShort << DatabaseError::DumpDamaged;
    QTest::newRow("missing") << Damage::Missing << DatabaseError::DumpIncomplete;
}

void tst_rowdiff::noticesADumpThatIsNotWhatItWas()
{
    QFETCH(const Damage, damage);
    QFETCH(const DatabaseError, expected);
    const auto database = newDatabase(*m_server,
                                      "CREATE TABLE t (id INT PRIMARY KEY, a TEXT); "
                                      "INSERT INTO t SELECT seq, MD5(seq) FROM seq_1_to_1000");
    const auto folder = dump(*m_server, database);
    m_server->runSql("DELETE FROM t WHERE id = 3", database);
    damagePart(folder, "20-*", damage);
    const auto diffs = compare(database, folder);
    VERIFY_FAILS(diffs, expected);
}

void tst_rowdiff::readsAnySchemaBack_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// Row by row, as the sums are said to differ: each row of the dump has to be found.
void tst_rowdiff::readsAnySchemaBack()
{
    QFETCH(const quint32, seed);
    const auto database = m_server->createDatabase();
    QCOMPARE(m_server->trySql(SchemaGenerator(seed).joined(), database), QString());
    auto manifest = readDumpManifest(dump(*m_server, database));
    VERIFY_OK(manifest);
    for (auto &table : manifest->tables)
        table.checksum.fill('\0');
    SilentMonitor monitor;
    const auto diffs = compareRows(settingsFor(*m_server, database), *manifest, {}, monitor);
    VERIFY_OK(diffs);
    QCOMPARE(diffs->size(), manifest->tables.size());
    for (const auto &diff : *diffs) {
        QVERIFY2(diff.kind == TableRowDiff::Kind::Equal, qPrintable(summary(diff)));
        QVERIFY(diff.rowsThen == 0 || diff.method != TableRowDiff::Method::Checksum);
        QVERIFY2(diff.hasSameColumns(), qPrintable(summary(diff)));
    }
}

void tst_rowdiff::canBeCancelled()
{
    const auto database = newDatabase(*m_server,
                                      "CREATE TABLE t (id INT PRIMARY KEY, a TEXT); "
                                      "INSERT INTO t SELECT seq, MD5(seq) FROM seq_1_to_5000");
    const auto folder = dump(*m_server, database);
    m_server->runSql("DELETE FROM t WHERE id > 3000", database);
    const auto manifest = readDumpManifest(folder);
    VERIFY_OK(manifest);
    TestMonitor patient;
    VERIFY_OK(compareRows(settingsFor(*m_server, database), *manifest, {}, patient));
    QCOMPARE(patient.last().done, patient.last().total);
    for (int questions = 0; questions < patient.questions(); questions += 7) {
        TestMonitor impatient(questions);
        const auto diffs = compareRows(settingsFor(*m_server, database), *manifest, {}, impatient);
        QVERIFY2(diffs.isCancelled(), qPrintable(QString::number(questions)));
    }
}

QTEST_GUILESS_MAIN(tst_rowdiff)
#include "tst_rowdiff.moc"
