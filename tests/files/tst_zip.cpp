// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/durable.h"
#include "files/fileerror.h"
#include "files/zip.h"
#include "support/scratchfolder.h"
#include "support/smallfilesystem.h"
#include "support/testmonitor.h"
#include "support/treebuilder.h"
#include "support/treesnapshot.h"
#include "support/ziphelper.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Banister;

namespace {

QByteArray noise(int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator generator(42);
    for (auto &byte : bytes)
        byte = char(generator.generate());
    return bytes;
}

QList<RawZipEntry> goodEntries()
{
    return {{.name = "index.php", .content = "<?php\n"},
            {.name = "app/", .isDeflated = false, .unixMode = 040755},
            {.name = "app/bin/console", .content = "#!/usr/bin/php\n", .unixMode = 0100755},
            {.name = "app/noise", .content = noise(300000)},
            {.name = "app/stored", .content = "as it is", .isDeflated = false},
            {.name = "empty", .isDeflated = false},
            {.name = "secret", .content = "x", .unixMode = 0100600},
            {.name = "open", .content = "x", .unixMode = 0106777},
            {.name = "from DOS", .content = "x", .unixMode = 0, .madeBy = 20},
            {.name = "bad\xff name\n", .content = "y", .flags = 0},
            {.name = "\xc3\xbcml\xc3\xa4ut", .content = "z"},
            {.name = "empty folder/", .isDeflated = false, .unixMode = 040700}};
}

} // namespace

class tst_Zip : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder.emplace(); }
    void cleanup() { m_folder.reset(); }
    void inspectsGoodArchives();
    void extractsGoodArchives();
    void keepsSafeModesWhateverTheUmask();
    void readsOneEntry();
    void readsWhatOtherProgramsWrite_data();
    void readsWhatOtherProgramsWrite();
    void refusesHostileArchives_data();
    void refusesHostileArchives();
    void respectsTheLimits();
    void noticesTruncationAnywhere();
    void neverEscapesFromDamage();
    void reportsWhatIsNoZip();
    void warnsOfCollisionsAndTrailingData();
    void isRepeatedAfterCancelling();
    void isRepeatedAfterAFullDisk();
    void replacesLinksInTheTarget();

private:
    QString path(const QString &name = {}) const { return m_folder->filePath(name); }
    QString zip() const { return path("package.zip"); }
    ErrorCode inspectionError(const ZipLimits &limits = {})
    {
        const auto inspected = inspectZip(zip(), limits, m_monitor);
        return inspected.isError() ? inspected.error().code : ErrorCode();
    }

    std::optional<ScratchFolder> m_folder;
    TestMonitor m_monitor;
};

void tst_Zip::inspectsGoodArchives()
{
    writeRawZip(zip(), goodEntries());
    const auto summary = inspectZip(zip(), {}, m_monitor);
    QVERIFY2(summary, summary.isError() ? qPrintable(summary.error().fact) : "");
    QCOMPARE(summary->files, 10);
    QCOMPARE(summary->folders, 2);
    QCOMPARE(summary->entries.size(), 12);
    QCOMPARE(m_monitor.last().done, summary->bytes);
    QCOMPARE(m_monitor.last().total, summary->bytes);
    QVERIFY(summary->collisions.isEmpty());
    QVERIFY(!summary->hasTrailingData);
    writeRawZip(zip(), {});
    QCOMPARE(inspectionError(), ErrorCode());
    QVERIFY(extractZip(zip(), path("out"), m_monitor));
}

void tst_Zip::extractsGoodArchives()
{
    writeRawZip(zip(), goodEntries());
    for (int round = 0; round < 2; ++round) {
        const auto summary = extractZip(zip(), path("out"), m_monitor);
        QVERIFY2(summary, summary.isError() ? qPrintable(summary.error().fact) : "");
        const auto snapshot = snapshotOf(path("out"));
        for (const auto &entry : goodEntries()) {
            const bool isFolder = entry.name.endsWith('/');
            const auto name = isFolder ? entry.name.chopped(1) : entry.name;
            QVERIFY2(snapshot.contains(name), name.constData());
            QCOMPARE(snapshot.value(name).type, isFolder ? 'd' : 'f');
        }
        QCOMPARE(snapshot.size(), goodEntries().size() + 2); // the root and app/bin
        QCOMPARE(readWhole(path("out/app/noise"), 1 << 20).value(), noise(300000));
        QCOMPARE(readWhole(path("out/app/stored"), 100).value(), "as it is");
    }
}

void tst_Zip::keepsSafeModesWhateverTheUmask()
{
    writeRawZip(zip(), goodEntries());
    const auto old = umask(0077);
    const auto extracted = extractZip(zip(), path("out"), m_monitor);
    umask(old);
    QVERIFY(extracted);
    const auto snapshot = snapshotOf(path("out"));
    QCOMPARE(snapshot.value("index.php").mode, 0644U);
    QCOMPARE(snapshot.value("app/bin/console").mode, 0755U);
    QCOMPARE(snapshot.value("app/bin").mode, 0755U);
    QCOMPARE(snapshot.value("secret").mode, 0644U);
    QCOMPARE(snapshot.value("open").mode, 0775U);
    QCOMPARE(snapshot.value("from DOS").mode, 0644U);
    QCOMPARE(snapshot.value("empty folder").mode, 0755U);
    const auto time = QDateTime(QDate(2020, 6, 15), QTime(12, 30));
    QCOMPARE(snapshot.value("index.php").modifiedNs, time.toMSecsSinceEpoch() * 1000000);
}

void tst_Zip::readsOneEntry()
{
    writeRawZip(zip(), goodEntries());
    QCOMPARE(readZipEntry(zip(), "app/noise", 1 << 20).value(), noise(300000));
    QCOMPARE(readZipEntry(zip(), "empty", 0).value(), QByteArray());
    QCOMPARE(readZipEntry(zip(), "bad\xff name\n", 10).value(), "y");
    QCOMPARE(readZipEntry(zip(), "app/noise", 299999).error().code, ErrorCode(FileError::TooLarge));
    const auto missing = readZipEntry(zip(), "app/none", 10);
    QCOMPARE(missing.error().code, ErrorCode(FileError::NotFound));
    QVERIFY(missing.error().fact.contains("app/none"));
    QVERIFY(missing.error().fact.contains(zip()));
}

void tst_Zip::readsWhatOtherProgramsWrite_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("Info-ZIP") << "zip" << QStringList{"-qr", "../package.zip", "."};
    QTest::newRow("Info-ZIP from a pipe, zip64")
        << "sh" << QStringList{"-c", "zip -q -r - . | cat > ../package.zip"};
    QTest::newRow("bsdtar, data descriptors")
        << "bsdtar" << QStringList{"-a", "-cf", "../package.zip", "."};
    QTest::newRow("PHP ZipArchive")
        << "php"
        << QStringList{"-r",
                       "$z = new ZipArchive; $z->open('../package.zip', ZipArchive::CREATE);"
                       "$i = new RecursiveIteratorIterator(new RecursiveDirectoryIterator('.',"
                       "FilesystemIterator::SKIP_DOTS));"
                       "foreach ($i as $f) $z->addFile($f, substr($f, 2)); $z->close();"};
}

void tst_Zip::readsWhatOtherProgramsWrite()
{
    QFETCH(QString, program);
    QFETCH(QStringList, arguments);
    using namespace TreeItems;
    buildTree(path("tree"),
              {file("index.php", "<?php\n"),
               file("app/big", noise(200000) + QByteArray(500000, 'x')),
               file("app/script", "#!/bin/sh\n", 0755),
               file("with space/\xc3\xa4 '\"", "a"),
               file("empty")});
    QProcess process;
    process.setWorkingDirectory(path("tree"));
    process.start(program, arguments);
    QVERIFY2(process.waitForFinished(), qPrintable(program));
    QCOMPARE(process.exitCode(), 0);
    // bsdtar puts "./" in front of all names, which is refused with a clear reason.
    if (program == "bsdtar") {
        process.start(program,
                      {"-a", "-cf", "../package.zip", "index.php", "app", "with space", "empty"});
        QVERIFY(process.waitForFinished());
    }
    const auto inspected = inspectZip(zip(), {}, m_monitor);
    QVERIFY2(inspected, inspected.isError() ? qPrintable(inspected.error().fact) : "");
    QVERIFY(extractZip(zip(), path("out"), m_monitor));
    auto expected = snapshotOf(path("tree"), SnapshotTimes::None);
    auto actual = snapshotOf(path("out"), SnapshotTimes::None);
    expected[""].mode = actual[""].mode;
    QCOMPARE(snapshotDifferences(expected, actual), QStringList());
}

void tst_Zip::refusesHostileArchives_data()
{
    QTest::addColumn<QList<RawZipEntry>>("entries");
    QTest::addColumn<FileError>("code");
    QTest::addColumn<QString>("named");
    const auto unsafeName = [](const char *row, const QByteArray &name, const QString &named) {
        QTest::newRow(row) << QList<RawZipEntry>{{.name = "good"}, {.name = name, .content = "x"}}
                           << FileError::ZipUnsafeEntry << named;
    };
    unsafeName("leads up", "../evil", "../evil");
    unsafeName("leads up inside", "a/../../evil", "a/../../evil");
    unsafeName("leads up at the end", "a/..", "a/..");
    unsafeName("folder that leads up", "../", "../");
    unsafeName("absolute", "/etc/evil", "/etc/evil");
    unsafeName("backslashes", "..\\evil", "..\\evil");
    unsafeName("drive letter", "C:evil", "C:evil");
    unsafeName("NUL", QByteArray("good.php\0.txt", 13), "good.php%00.txt");
    unsafeName("no name", "", "package.zip");
    unsafeName("empty part", "a//b", "a//b");
    unsafeName("dot", "./a", "./a");
    unsafeName("part of 256 bytes", QByteArray(256, 'n'), "nnn");
    unsafeName("path of 4096 bytes", QByteArray("ab/").repeated(1365) + 'c', "ab/ab");
    const auto special = [](const char *row, quint32 mode, quint16 madeBy = (3 << 8) | 20) {
        QTest::newRow(row) << QList<RawZipEntry>{{.name = "special",
                                                  .content = "/etc/passwd",
                                                  .unixMode = mode,
                                                  .madeBy = madeBy}}
                           << FileError::ZipUnsafeEntry << "special";
    };
    special("link", 0120777);
    special("link that claims to be from DOS", 0120777, 20);
    special("device", 0020600);
    special("block device", 0060600);
    special("pipe", 0010600);
    special("socket", 0140600);
    special("folder without a slash", 0040755);
    const RawZipEntry plain{.name = "a", .content = "content"};
    const auto broken = [&](const char *row, auto change, FileError code) {
        auto entry = plain;
        change(entry);
        QTest::newRow(row) << QList<RawZipEntry>{{.name = "good"}, entry} << code << "a";
    };
    broken(
        "wrong checksum", [](auto &e) { e.crc = 1; }, FileError::ZipCorrupt);
    broken(
        "encrypted", [](auto &e) { e.flags |= 1; }, FileError::ZipEncrypted);
    broken(
        "strongly encrypted", [](auto &e) { e.flags |= 0x40; }, FileError::ZipEncrypted);
    broken(
        "masked headers", [](auto &e) { e.flags |= 0x2000; }, FileError::ZipEncrypted);
    broken(
        "unknown method", [](auto &e) { e.method = 14; }, FileError::ZipUnsupported);
    broken(
        "other name in the local header",
        [](auto &e) { e.localName = "b"; },
        FileError::ZipCorrupt);
    broken(
        "longer name in the local header",
        [](auto &e) { e.localName = "../a"; },
        FileError::ZipCorrupt);
    broken(
        "other method in the local header",
        [](auto &e) { e.localMethod = 0; },
        FileError::ZipCorrupt);
    broken(
        "other size in the local header", [](auto &e) { e.localSize = 6; }, FileError::ZipCorrupt);
    broken(
        "size too small", [](auto &e) { e.size = 6; }, FileError::ZipCorrupt);
    broken(
        "size too large", [](auto &e) { e.size = 8; }, FileError::ZipCorrupt);
    broken(
        "header elsewhere", [](auto &e) { e.dataOffset = 5; }, FileError::ZipCorrupt);
    broken(
        "header of another entry", [](auto &e) { e.dataOffset = 0; }, FileError::ZipCorrupt);
    broken(
        "header behind the end", [](auto &e) { e.dataOffset = 0x7fffffff; }, FileError::ZipCorrupt);
    broken(
        "zip64 without its field",
        [](auto &e) { e.dataOffset = 0xffffffff; },
        FileError::ZipCorrupt);
    broken(
        "stored with deflated data",
        [](auto &e) { e.method = e.localMethod = 0; },
        FileError::ZipCorrupt);
    broken(
        "deflated with stored data",
        [](auto &e) {
            e.isDeflated = false;
            e.method = e.localMethod = 8;
        },
        FileError::ZipCorrupt);
    QTest::newRow("folder with content")
        << QList<RawZipEntry>{{.name = "d/", .content = "x", .unixMode = 040755}}
        << FileError::ZipCorrupt << "d/";
    QTest::newRow("twice") << QList<RawZipEntry>{plain, plain} << FileError::ZipUnsafeEntry << "a";
    QTest::newRow("file and folder")
        << QList<RawZipEntry>{plain, {.name = "a/b"}} << FileError::ZipUnsafeEntry << "a";
    QTest::newRow("folder and file")
        << QList<RawZipEntry>{{.name = "a/", .isDeflated = false, .unixMode = 040755}, plain}
        << FileError::ZipUnsafeEntry << "a";
    QTest::newRow("sharing data")
        << QList<RawZipEntry>{plain, {.name = "a", .content = "content", .dataOffset = 0}}
        << FileError::ZipUnsafeEntry << "a";
    QTest::newRow("bomb") << QList<RawZipEntry>{{.name = "bomb",
                                                 .content = QByteArray(20 << 20, 0)}}
                          << FileError::ZipTooLarge << "bomb";
    QTest::newRow("claims four gigabytes")
        << QList<RawZipEntry>{{.name = "a", .content = "x", .size = 0xfffffffe}}
        << FileError::ZipTooLarge << "a";
}

void tst_Zip::refusesHostileArchives()
{
    QFETCH(QList<RawZipEntry>, entries);
    QFETCH(FileError, code);
    QFETCH(QString, named);
    writeRawZip(zip(), entries);
    const auto before = snapshotOf(path()).size();
    const auto inspected = inspectZip(zip(), {}, m_monitor);
    QVERIFY(inspected.isError());
    QCOMPARE(inspected.error().code, ErrorCode(code));
    QVERIFY2(inspected.error().fact.contains(zip()), qPrintable(inspected.error().fact));
    QVERIFY2(inspected.error().fact.contains(named), qPrintable(inspected.error().fact));
    const auto extracted = extractZip(zip(), path("out"), m_monitor);
    QVERIFY(extracted.isError());
    QCOMPARE(extracted.error().code, ErrorCode(code));
    // Nothing outside of the folder, nothing but what is right in it, and no part of a file.
    const auto after = snapshotOf(path());
    for (auto it = after.begin(); it != after.end(); ++it)
        QVERIFY2(it.key().isEmpty() || it.key() == "package.zip" || it.key() == "out"
                     || it.key() == "out/good",
                 it.key().constData());
    QVERIFY(after.size() <= before + 2);
}

void tst_Zip::respectsTheLimits()
{
    writeRawZip(zip(), goodEntries());
    QCOMPARE(inspectionError(), ErrorCode());
    QCOMPARE(inspectionError({.bytes = 300000}), ErrorCode(FileError::ZipTooLarge));
    QCOMPARE(inspectionError({.entries = 11}), ErrorCode(FileError::ZipTooLarge));
    QCOMPARE(inspectionError({.entries = 12}), ErrorCode());
    writeRawZip(zip(), {{.name = "zeros", .content = QByteArray(1 << 20, 0)}});
    QCOMPARE(inspectionError(), ErrorCode());
    QCOMPARE(inspectionError({.ratioFreeBytes = 1000}), ErrorCode(FileError::ZipTooLarge));
    QCOMPARE(inspectionError({.ratio = 1032, .ratioFreeBytes = 1000}), ErrorCode());
}

void tst_Zip::noticesTruncationAnywhere()
{
    const auto whole = rawZip(goodEntries());
    for (int i = 0; i < 64; ++i) {
        const auto size = i < 32 ? whole.size() - 1 - i * 5 : whole.size() * (i - 31) / 34;
        QVERIFY(writeDurably(zip(), whole.left(size)));
        const auto error = inspectionError().toString();
        QVERIFY2(error == "FileError.ZipTruncated",
                 qPrintable(QString("%1 bytes: %2").arg(size).arg(error)));
        QVERIFY(extractZip(zip(), path("out"), m_monitor).isError());
        QVERIFY(!QFile::exists(path("out")));
    }
}

// Any single damaged byte: an error, or nothing that matters; never a crash, never a file outside.
void tst_Zip::neverEscapesFromDamage()
{
    auto entries = goodEntries();
    entries[3].content.truncate(40);
    const auto whole = rawZip(entries);
    int refused = 0;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        auto damaged = whole;
        damaged[i] = char(damaged.at(i) ^ (1 << (i % 8)));
        QFile file(zip());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(damaged);
        file.close();
        refused += inspectZip(zip(), {}, m_monitor).isError() ? 1 : 0;
        if (i % 16 == 0)
            (void)extractZip(zip(), path("out"), m_monitor);
    }
    QVERIFY2(refused > whole.size() / 2, qPrintable(QString::number(refused)));
    QCOMPARE(QDir(path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             (QStringList{"out", "package.zip"}));
}

void tst_Zip::reportsWhatIsNoZip()
{
    QCOMPARE(inspectionError(), ErrorCode(FileError::NotFound));
    for (const QByteArray &content :
         {QByteArray(), QByteArray("<html>404 Not Found</html>"), noise(100000)}) {
        QVERIFY(writeDurably(zip(), content));
        QCOMPARE(inspectionError(), ErrorCode(FileError::ZipUnreadable));
    }
    QVERIFY(QFile::remove(zip()));
    QVERIFY(QDir().mkdir(zip()));
    QCOMPARE(inspectionError(), ErrorCode(FileError::IsAFolder));
}

void tst_Zip::warnsOfCollisionsAndTrailingData()
{
    const auto bytes = rawZip({{.name = "Readme"},
                               {.name = "README"},
                               {.name = "\xc3\xa4"},
                               {.name = "a\xcc\x88"},
                               {.name = "other"}});
    QVERIFY(writeDurably(zip(), bytes + QByteArray(1000, 'x')));
    const auto summary = inspectZip(zip(), {}, m_monitor);
    QVERIFY2(summary, summary.isError() ? qPrintable(summary.error().fact) : "");
    QCOMPARE(summary->collisions, (QList<QByteArray>{"README", "a\xcc\x88"}));
    QVERIFY(summary->hasTrailingData);
    // In front of the archive there is no place for anything.
    QVERIFY(writeDurably(zip(), QByteArray(1000, 'x') + bytes));
    QCOMPARE(inspectionError(), ErrorCode(FileError::ZipCorrupt));
}

void tst_Zip::isRepeatedAfterCancelling()
{
    writeRawZip(zip(), goodEntries());
    QVERIFY(extractZip(zip(), path("reference"), m_monitor));
    int cancelled = 0;
    for (const int questions : {0, 5, 13, 16, 20, 24}) {
        TestMonitor impatient(questions);
        cancelled += extractZip(zip(), path("out"), impatient).isCancelled() ? 1 : 0;
        TestMonitor again(questions);
        (void)inspectZip(zip(), {}, again);
    }
    QVERIFY(cancelled >= 4);
    QVERIFY(extractZip(zip(), path("out"), m_monitor));
    QCOMPARE(snapshotDifferences(snapshotOf(path("reference"), SnapshotTimes::FilesOnly),
                                 snapshotOf(path("out"), SnapshotTimes::FilesOnly)),
             QStringList());
}

void tst_Zip::isRepeatedAfterAFullDisk()
{
    writeRawZip(zip(), goodEntries());
    SmallFileSystem disk(40 * 4096);
    const auto extracted = extractZip(zip(), disk.path("out"), m_monitor);
    QCOMPARE(extracted.error().code, ErrorCode(FileError::DiskFull));
    QVERIFY2(extracted.error().fact.contains(disk.path("out")), qPrintable(extracted.error().fact));
    disk.resize(1 << 20);
    QVERIFY(extractZip(zip(), disk.path("out"), m_monitor));
    QCOMPARE(readWhole(disk.path("out/app/noise"), 1 << 20).value(), noise(300000));
}

void tst_Zip::replacesLinksInTheTarget()
{
    using namespace TreeItems;
    writeRawZip(zip(), goodEntries());
    buildTree(path("outside"), {file("noise", "precious"), file("index", "precious")});
    const auto outside = QFile::encodeName(path("outside"));
    buildTree(path("out"), {linkTo("index.php", outside + "/index")});
    QCOMPARE(
        link((outside + "/noise").constData(), QFile::encodeName(path("out/secret")).constData()),
        0);
    const auto before = snapshotOf(path("outside"));
    QVERIFY(extractZip(zip(), path("out"), m_monitor));
    QCOMPARE(snapshotDifferences(before, snapshotOf(path("outside"))), QStringList());
    QCOMPARE(snapshotOf(path("out")).value("index.php").type, 'f');
    // A linked folder cannot be what a former try left.
    buildTree(path("other"), {linkTo("app", outside)});
    const auto extracted = extractZip(zip(), path("other"), m_monitor);
    QCOMPARE(extracted.error().code, ErrorCode(FileError::UnsafePath));
    QCOMPARE(snapshotDifferences(before, snapshotOf(path("outside"))), QStringList());
}

BANISTER_TEST_MAIN_WITH_MOUNTS(tst_Zip)
#include "tst_zip.moc"
