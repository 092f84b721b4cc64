// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowexport.h"
#include "files/fileerror.h"
#include "restoretest.h"
#include "support/testmonitor.h"

#include <QTest>

#include <utility>

using namespace Banister;

namespace {

/// Records of an RFC 4180 file; a null QByteArray is an empty field without quotes.
QList<QByteArrayList> readCsv(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(path));
    const auto bytes = file.readAll();
    QList<QByteArrayList> records;
    QByteArrayList record;
    for (qsizetype at = 0; at < bytes.size();) {
        QByteArray field;
        if (bytes.at(at) == '"') {
            field = "";
            for (++at; bytes.at(at) != '"' || bytes.mid(at + 1, 1) == "\""; ++at)
                field.append(bytes.at(bytes.at(at) == '"' ? ++at : at));
            ++at;
        }
        record.append(field);
        if (bytes.at(at) == ',') {
            ++at;
            continue;
        }
        if (bytes.mid(at, 2) != "\r\n")
            qFatal("%s: no end of a record at %lld", qPrintable(path), qint64(at));
        records.append(std::exchange(record, {}));
        at += 2;
    }
    return records;
}

} // namespace

class tst_rowexport : public QObject, private RestoreTest
{
    Q_OBJECT

private slots:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void exportsWhatWouldBeLost();
    void exportsTextsAndBytes();
    void exportsWhatComesBackAfterARollback();
    void exportsAllOrNothing();

private:
    Result<RowExport>
    exportTo(const QString &target, const QString &database, const QString &folder)
    {
        const auto manifest = readDumpManifest(folder);
        if (!manifest)
            return manifest.failure();
        SilentMonitor monitor;
        return exportRows(settingsFor(*m_server, database), *manifest, target, {}, monitor);
    }
    /// Every SQL file of an export, by the mariadb client.
    void loadExport(const QString &target, const QString &database)
    {
        const auto files = QDir(target).entryList({"*.sql"});
        QVERIFY(!files.isEmpty());
        for (const auto &file : files)
            QCOMPARE(m_server->runClient(database, target + '/' + file), QString());
    }
};

void tst_rowexport::exportsWhatWouldBeLost()
{
    const auto database = newDatabase(
        *m_server,
        "CREATE TABLE parent (id INT PRIMARY KEY); INSERT INTO parent VALUES (1); CREATE TABLE t "
        "(a TEXT, id INT PRIMARY KEY, g INT AS (id * 2), p INT, FOREIGN KEY (p) REFERENCES parent "
        "(id)); INSERT INTO t (id, a, p) VALUES (1, 'x', 1), (2, 'y', 1), (3, 'z', 1); "
        "CREATE TABLE `no key` (a INT); INSERT INTO `no key` VALUES (1); "
        "CREATE TABLE no_key (a INT); CREATE TABLE same (a INT); INSERT INTO same VALUES (1)");
    const auto folder = dump(*m_server, database);
    m_server->runSql("UPDATE t SET a = 'new' WHERE id = 2; DELETE FROM t WHERE id = 3; INSERT INTO "
                     "t (id, a, p) VALUES (4, NULL, 1), (5, '', NULL); INSERT INTO `no key` VALUES "
                     "(1), (2); INSERT INTO no_key VALUES (3); CREATE TABLE came (id INT PRIMARY "
                     "KEY, b BIT(3)); INSERT INTO came VALUES (1, 5); CREATE TABLE empty (a INT)",
                     database);
    const auto target = m_temporary.filePath("export");
    const auto done = exportTo(target, database, folder);
    VERIFY_OK(done);
    QCOMPARE(done->folder, target);
    QCOMPARE(done->added, 6);
    QCOMPARE(done->changed, 1);
    QCOMPARE(done->files,
             QStringList({"READ-ME.txt",
                          "came.added.csv",
                          "came.added.sql",
                          "no_key-2.added.csv",
                          "no_key-2.added.sql",
                          "no_key.added.csv",
                          "no_key.added.sql",
                          "t.added.csv",
                          "t.added.sql",
                          "t.changed.csv",
                          "t.changed.sql"}));
    QVERIFY(!QFile::exists(target + ".banister-unfinished"));
    const auto own = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    for (const auto &file : done->files)
        QCOMPARE(QFile::permissions(target + '/' + file), own);
    QCOMPARE(QFile::permissions(target), own | QFile::ExeOwner | QFile::ExeUser);

    const auto empty = m_server->createDatabase();
    loadExport(target, empty);
    const auto rows = [&](const char *query, const QString &where) {
        return m_server->runSql(query, where);
    };
    QCOMPARE(rows("SELECT * FROM t ORDER BY id", empty),
             rows("SELECT * FROM t WHERE id IN (2, 4, 5) ORDER BY id", database));
    QCOMPARE(rows("SELECT * FROM came", empty), rows("SELECT * FROM came", database));
    QCOMPARE(rows("SELECT * FROM `no key` ORDER BY a", empty),
             rows("SELECT * FROM `no key` ORDER BY a LIMIT 1, 2", database));
    QCOMPARE(readCsv(target + "/t.added.csv"),
             QList<QByteArrayList>({{"a", "id", "p"}, {{}, "4", "1"}, {"", "5", {}}}));
    QVERIFY(readCsv(target + "/t.added.csv").at(1).at(0).isNull());
    QVERIFY(!readCsv(target + "/t.added.csv").at(2).at(0).isNull());
    QCOMPARE(readCsv(target + "/came.added.csv"),
             QList<QByteArrayList>({{"id", "b"}, {"1", "0x05"}}));
}

void tst_rowexport::exportsTextsAndBytes()
{
    const auto database = newDatabase(
        *m_server,
        "CREATE TABLE t (id INT PRIMARY KEY, `a \"b\",\nc` LONGTEXT CHARACTER SET utf8mb4, b "
        "LONGBLOB, "
        "d DOUBLE, f FLOAT, u CHAR(9) CHARACTER SET utf32, j JSON, s TIMESTAMP(3) NULL)");
    const auto folder = dump(*m_server, database);
    m_server->runSql(
        "SET time_zone = '+00:00'; INSERT INTO t VALUES (1, 'a\"b\\\\,''\r\n😀\\0\\Z', "
        "0x0027225C, 0.1, 0.5, '😀', '{\"a\": 1}', '2024-03-01 12:00:00.5'), (2, '', '', NULL, "
        "NULL, '', NULL, NULL), (3, REPEAT('ab\"', 400000), REPEAT(0x5C00, 600000), -1e300, 3, "
        "NULL, '[]', 0)",
        database);
    const auto target = m_temporary.filePath("values");
    VERIFY_OK(exportTo(target, database, folder));
    const auto read = readCsv(target + "/t.added.csv");
    QCOMPARE(read.size(), 4);
    QCOMPARE(read.at(0).at(1), QByteArray("a \"b\",\nc"));
    const auto expected = m_server->runSql(
        "SET time_zone = '+00:00'; SELECT id, `a \"b\",\nc`, CONCAT('0x', HEX(b)), d, f, u, j, s "
        "FROM t ORDER BY id",
        database);
    for (int row = 0; row < 3; ++row) {
        const auto record = read.at(row + 1);
        QCOMPARE(record.size(), expected.at(row).size());
        for (qsizetype column = 0; column < record.size(); ++column) {
            const auto wanted = expected.at(row).at(column);
            const auto value = record.at(column);
            QCOMPARE(value.isNull(), wanted.isNull());
            // No bytes are no hexadecimal digits.
            QVERIFY2(value == wanted || (wanted == "0x" && value == "0x"),
                     (value.left(80) + " is not " + wanted.left(80)).constData());
        }
    }
    const auto empty = m_server->createDatabase();
    loadExport(target, empty);
    QCOMPARE(m_server->checksums(empty), m_server->checksums(database));
}

void tst_rowexport::exportsWhatComesBackAfterARollback()
{
    const auto database =
        newDatabase(*m_server,
                    "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, a TEXT, "
                    "n INT UNIQUE); INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2)");
    const auto folder = dump(*m_server, database);
    m_server->runSql("INSERT INTO t (a) VALUES ('new'); UPDATE t SET a = NULL WHERE id = 1",
                     database);
    const auto before = m_server->checksums(database);
    const auto target = m_temporary.filePath("later");
    VERIFY_OK(exportTo(target, database, folder));
    SilentMonitor monitor;
    VERIFY_OK(restoreDump(settingsFor(*m_server, database), folder, {}, monitor));
    QVERIFY(m_server->checksums(database) != before);
    loadExport(target, database);
    QCOMPARE(m_server->checksums(database), before);
}

void tst_rowexport::exportsAllOrNothing()
{
    const auto database = newDatabase(*m_server, "CREATE TABLE t (id INT PRIMARY KEY)");
    const auto folder = dump(*m_server, database);
    m_server->runSql("INSERT INTO t SELECT seq FROM seq_1_to_5000", database);
    const auto target = m_temporary.filePath("once");
    const auto manifest = readDumpManifest(folder);
    VERIFY_OK(manifest);
    TestMonitor impatient(12);
    const auto cancelled =
        exportRows(settingsFor(*m_server, database), *manifest, target, {}, impatient);
    QVERIFY(cancelled.isCancelled());
    QVERIFY(
        QDir(m_temporary.path()).entryList({"once*"}, QDir::AllEntries | QDir::Hidden).isEmpty());
    VERIFY_OK(exportTo(target, database, folder));
    const auto again = exportTo(target, database, folder);
    VERIFY_FAILS(again, FileError::Exists);
    QCOMPARE(again.error().code, ErrorCode(DatabaseError::ExportFailed));
    QCOMPARE(readCsv(target + "/t.added.csv").size(), 5001);
}

QTEST_GUILESS_MAIN(tst_rowexport)
#include "tst_rowexport.moc"
