// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/durable.h"
#include "files/fileerror.h"
#include "files/treemanifest.h"
#include "support/smallfilesystem.h"
#include "support/testmonitor.h"
#include "support/treebuilder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Banister;

class tst_TreeManifest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { removeWholly(m_folder.filePath("tree")); }
    void givesTheTreeBack();
    void keepsOddValues();
    void noticesTruncationAnywhere();
    void noticesEachChangedByte();
    void namesTheLine_data();
    void namesTheLine();
    void reportsAMissingFile();

private:
    bool put(const QByteArray &content) const
    {
        QFile file(path());
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }
    QString path() const { return m_folder.filePath("manifest"); }

    QTemporaryDir m_folder;
};

void tst_TreeManifest::givesTheTreeBack()
{
    const auto root = m_folder.filePath("tree");
    buildTree(root, oddTree());
    TestMonitor monitor;
    const auto tree = readTree(root, {.hash = true, .withRoot = true}, monitor).value();
    QVERIFY(writeTreeManifest(path(), tree));
    const auto read = readTreeManifest(path());
    QVERIFY2(read, read.isError() ? qPrintable(read.error().fact) : "");
    QCOMPARE(*read, tree);
    QVERIFY(writeTreeManifest(path(), {}));
    QVERIFY(readTreeManifest(path())->isEmpty());
}

void tst_TreeManifest::keepsOddValues()
{
    QByteArray all;
    for (int byte = 1; byte < 256; ++byte)
        all += char(byte);
    const Tree tree{{.path = all, .size = qint64(1) << 62, .mode = 07777, .uid = ~0U, .gid = ~0U},
                    {.path = "b", .modifiedNs = -1577880000123456789},
                    {.path = "c", .modifiedNs = 9223372036854775807},
                    {.path = "d", .type = EntryType::Link, .linkTarget = all},
                    {.path = "e", .type = EntryType::Other}};
    QVERIFY(writeTreeManifest(path(), tree));
    const auto read = readTreeManifest(path());
    QVERIFY2(read, read.isError() ? qPrintable(read.error().fact) : "");
    QCOMPARE(*read, tree);
}

void tst_TreeManifest::noticesTruncationAnywhere()
{
    QVERIFY(writeTreeManifest(path(), {{.path = "a"}, {.path = "b"}}));
    const auto whole = readWhole(path(), 10000).value();
    for (qsizetype size = 0; size < whole.size(); ++size) {
        QVERIFY(put(whole.left(size)));
        const auto read = readTreeManifest(path());
        QVERIFY(read.isError());
        QCOMPARE(read.error().code, ErrorCode(FileError::BadManifest));
    }
    QVERIFY(writeDurably(path(), whole + "\n"));
    QVERIFY(readTreeManifest(path()).isError());
}

void tst_TreeManifest::noticesEachChangedByte()
{
    QVERIFY(writeTreeManifest(path(), {{.path = "a", .sha256 = QByteArray(32, 'x')}}));
    const auto whole = readWhole(path(), 10000).value();
    for (qsizetype i = 0; i < whole.size(); ++i) {
        auto changed = whole;
        changed[i] = char(changed.at(i) ^ 1);
        QVERIFY(put(changed));
        QVERIFY2(readTreeManifest(path()).isError(), changed.constData());
    }
}

void tst_TreeManifest::namesTheLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    const QByteArray first = R"({"format":"banister-tree","version":1})"
                             "\n";
    QTest::newRow("empty") << QByteArray() << "line 1";
    QTest::newRow("another format") << QByteArray("{}\n") << "line 1";
    QTest::newRow("no JSON") << first + "hello\n"
                             << "line 2";
    QTest::newRow("bad escape") << first
                                       + R"({"path":"%4","type":"file","mode":"0","modifiedNs":1})"
                                       + "\n"
                                << "line 2";
    QTest::newRow("no type") << first + R"({"path":"a","mode":"0","modifiedNs":1})" + "\n"
                             << "line 2";
    QTest::newRow("no end") << first << "line 2";
}

void tst_TreeManifest::namesTheLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    QVERIFY(writeDurably(path(), text));
    const auto read = readTreeManifest(path());
    QCOMPARE(read.error().code, ErrorCode(FileError::BadManifest));
    QVERIFY2(read.error().fact.contains(place), qPrintable(read.error().fact));
    QVERIFY(read.error().fact.contains(path()));
}

void tst_TreeManifest::reportsAMissingFile()
{
    QCOMPARE(readTreeManifest(m_folder.filePath("x")).error().code, ErrorCode(FileError::NotFound));
}

QTEST_GUILESS_MAIN(tst_TreeManifest)
#include "tst_treemanifest.moc"
