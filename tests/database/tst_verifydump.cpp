// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"
#include "database/databaseerror.h"
#include "database/dump.h"
#include "database/verifydump.h"
#include "dumptest.h"
#include "files/copytree.h"
#include "support/testmonitor.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

using namespace Banister;

class tst_verifydump : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void acceptsWhatWasWritten_data();
    void acceptsWhatWasWritten();
    void namesTheDamagedFile_data();
    void namesTheDamagedFile();
    void findsWhatTheHashDoesNotTell_data();
    void findsWhatTheHashDoesNotTell();
    void refusesAManifestOfTheFuture();
    void canBeCancelled();

private:
    QString dump(Compression compression = Compression::Zstd);

    std::unique_ptr<TestServer> m_server;
    QString m_database;
    QTemporaryDir m_temporary;
    QHash<Compression, QString> m_originals;
    int m_dumps = 0;
};

// Line breaks wherever there can be one: rows are counted by them.
void tst_verifydump::initTestCase()
{
    m_server = std::make_unique<TestServer>();
    m_database = m_server->createDatabase();
    m_server->runSql(R"(
        CREATE TABLE rows_ (id INT PRIMARY KEY, t TEXT, b BLOB);
        INSERT INTO rows_ SELECT seq, '\n(\r\n),\n(', UNHEX('0A280A') FROM seq_1_to_30000;
        CREATE TABLE `a\n(b ``) VALUES` (`c\n(d ``) VALUES\n` INT, e TEXT CHARACTER SET latin1);
        INSERT INTO `a\n(b ``) VALUES` VALUES (1, '\n'), (2, '\n\n'), (3, NULL);
        ANALYZE TABLE rows_;
        CREATE TABLE none (id INT);
        CREATE VIEW v AS SELECT id FROM rows_;
        CREATE FUNCTION f() RETURNS TEXT DETERMINISTIC RETURN ';\n';)",
                     m_database);
}

// A copy: all are of the same dump.
QString tst_verifydump::dump(Compression compression)
{
    auto &original = m_originals[compression];
    SilentMonitor monitor;
    if (original.isEmpty()) {
        original = m_temporary.filePath("original" + suffixOf(compression));
        DumpOptions options;
        options.folder = original;
        options.compression = compression;
        options.bytesPerChunk = 512LL * 1024;
        const auto dumped = dumpDatabase(settingsFor(*m_server, m_database), options, monitor);
        if (!dumped)
            qFatal("%s", qPrintable(factsOf(dumped.error())));
    }
    auto folder = m_temporary.filePath(QString("dump%1").arg(++m_dumps));
    if (const auto copied = copyTree(original, folder, {.durable = false}, monitor); !copied)
        qFatal("%s", qPrintable(factsOf(copied.error())));
    return folder;
}

void tst_verifydump::acceptsWhatWasWritten_data()
{
    QTest::addColumn<Compression>("compression");
    QTest::newRow("zstd") << Compression::Zstd;
    QTest::newRow("gzip") << Compression::Gzip;
    QTest::newRow("none") << Compression::None;
}

void tst_verifydump::acceptsWhatWasWritten()
{
    QFETCH(const Compression, compression);
    const auto folder = dump(compression);
    TestMonitor monitor;
    VERIFY_OK(verifyDump(folder, monitor));
    QVERIFY(monitor.last().total > 0);
    QCOMPARE(monitor.last().done, monitor.last().total);
    const auto manifest = readDumpManifest(folder);
    QCOMPARE(manifest->table("rows_")->rows, 30'000);
    QVERIFY(manifest->parts.size() > 7); // rows_ in parts
}

void tst_verifydump::namesTheDamagedFile_data()
{
    QTest::addColumn<Compression>("compression");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<QString>("code");
    const QString damaged = "DatabaseError.DumpDamaged";
    const QString incomplete = "DatabaseError.DumpIncomplete";
    for (const auto compression : {Compression::Zstd, Compression::Gzip, Compression::None}) {
        for (const auto *pattern : {"10-*rows_*", "20-*rows_.0001*", "80-*objects*"}) {
            const auto add = [&](const char *name, Damage damage, const QString &code) {
                QTest::addRow("%s: %s%s", name, pattern, qPrintable(suffixOf(compression)))
                    << compression << QString(pattern) << damage << code;
            };
            add("flipped bit", Damage::FlippedBit, damaged);
            add("cut short", Damage::CutShort, damaged);
            add("missing", Damage::Missing, incomplete);
        }
    }
    QTest::newRow("no manifest") << Compression::Zstd << "manifest.json" << Damage::Missing
                                 << "DatabaseError.ManifestUnreadable";
}

void tst_verifydump::namesTheDamagedFile()
{
    QFETCH(const Compression, compression);
    QFETCH(const QString, pattern);
    QFETCH(const Damage, damage);
    const auto folder = dump(compression);
    const auto name = damagePart(folder, pattern, damage);
    SilentMonitor monitor;
    const auto verified = verifyDump(folder, monitor);
    QVERIFY(verified.isError());
    QTEST(verified.error().code.toString(), "code");
    QVERIFY2(verified.error().fact.contains(name), qPrintable(verified.error().fact));
}

namespace {

using Spoil = std::function<void(DumpManifest &manifest)>;

DumpPart &partOf(DumpManifest &manifest, const QString &beginning)
{
    for (auto &part : manifest.parts) {
        if (part.file.startsWith(beginning))
            return part;
    }
    qFatal("no part %s", qPrintable(beginning));
}

// As if the dump had been written like this: the hash is that of the file as it is then.
void rewrite(DumpManifest &manifest,
             const QString &beginning,
             const std::function<QByteArray(const QByteArray &)> &change)
{
    auto &part = partOf(manifest, beginning);
    QFile file(manifest.folder + '/' + part.file);
    if (!file.open(QIODevice::ReadWrite))
        qFatal("%s", qPrintable(file.errorString()));
    const auto content = change(file.readAll());
    file.resize(0);
    file.seek(0);
    file.write(content);
    Sha256 hash;
    hash.add(content);
    part.sha256 = hash.result();
}

void removePart(DumpManifest &manifest, const QString &beginning)
{
    const auto file = partOf(manifest, beginning).file;
    QFile::remove(manifest.folder + '/' + file);
    manifest.parts.removeIf([&file](const DumpPart &part) { return part.file == file; });
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

void tst_verifydump::findsWhatTheHashDoesNotTell_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const char *code, const char *named, const Spoil &spoil) {
        QTest::newRow(name) << spoil << "DatabaseError." + QString(code) << QString(named);
    };
    row("file that cannot be unpacked", "DumpDamaged", "rows_.0001.sql.zst", [](auto &manifest) {
        rewrite(manifest, "20-00002-rows_.0001", [](auto bytes) {
            return bytes.replace(bytes.size() / 2, 4, "1234");
        });
    });
    row("file that ends too early", "DumpDamaged", "rows_.0001.sql.zst", [](auto &manifest) {
        rewrite(manifest, "20-00002-rows_.0001", [](auto bytes) { return bytes.chopped(5); });
    });
    row("statement that does not end", "DumpDamaged", "rows_.0001.sql.zst", [](auto &manifest) {
        rewrite(manifest, "20-00002-rows_.0001", [](auto) {
            return QByteArray("INSERT INTO `rows_` VALUES\n('1);\n");
        });
    });
    row("file of nothing", "DumpDamaged", "rows_.0001.sql.zst", [](auto &manifest) {
        rewrite(manifest, "20-00002-rows_.0001", [](auto) { return QByteArray(); });
    });
    row("file too many", "DumpDamaged", "99-extra.sql.zst", [](auto &manifest) {
        QFile::copy(manifest.folder + '/' + manifest.parts.first().file,
                    manifest.folder + "/99-extra.sql.zst");
    });
    row("number of statements", "DumpDamaged", "rows_.0000.sql.zst", [](auto &manifest) {
        ++partOf(manifest, "20-00002-rows_.0000").statements;
    });
    row("number of rows", "DumpDamaged", "rows_", [](auto &manifest) {
        manifest.tables[2].rows += 1;
    });
    row("rows left out", "DumpDamaged", "rows_", [](auto &manifest) {
        removePart(manifest, "20-00002-rows_.0001");
    });
    row("definition left out", "DumpIncomplete", "rows_", [](auto &manifest) {
        removePart(manifest, "10-00002");
    });
}

void tst_verifydump::findsWhatTheHashDoesNotTell()
{
    QFETCH(const Spoil, spoil);
    QFETCH(const QString, named);
    auto manifest = readDumpManifest(dump());
    QCOMPARE(manifest->tables.value(2).name, "rows_");
    spoil(*manifest);
    VERIFY_OK(writeDumpManifest(*manifest));
    SilentMonitor monitor;
    const auto verified = verifyDump(manifest->folder, monitor);
    QVERIFY(verified.isError());
    QTEST(verified.error().code.toString(), "code");
    QVERIFY2(verified.error().fact.contains(named), qPrintable(verified.error().fact));
}

void tst_verifydump::refusesAManifestOfTheFuture()
{
    const auto folder = dump();
    QFile file(folder + "/manifest.json");
    QVERIFY(file.open(QIODevice::ReadWrite));
    auto json = QJsonDocument::fromJson(file.readAll()).object();
    json["format"] = json["format"].toInt() + 1;
    file.resize(0);
    file.seek(0);
    file.write(QJsonDocument(json).toJson());
    file.close();
    SilentMonitor monitor;
    const auto verified = verifyDump(folder, monitor);
    QVERIFY(verified.isError());
    QCOMPARE(verified.error().code, ErrorCode(DatabaseError::ManifestUnreadable));
    QVERIFY2(verified.error().fact.contains("newer"), qPrintable(verified.error().fact));
}

void tst_verifydump::canBeCancelled()
{
    const auto folder = dump();
    for (const int questions : {0, 3, 12}) {
        TestMonitor impatient(questions);
        QVERIFY(verifyDump(folder, impatient).isCancelled());
    }
}

QTEST_GUILESS_MAIN(tst_verifydump)
#include "tst_verifydump.moc"
