// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/keptoutput.h"
#include "process/linesplitter.h"

#include <QByteArrayList>
#include <QTest>

using namespace Banister;

class tst_linesplitter : public QObject
{
    Q_OBJECT

private slots:
    void cutsIntoLines_data();
    void cutsIntoLines();
    void keepsBothEnds_data();
    void keepsBothEnds();
};

void tst_linesplitter::cutsIntoLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::newRow("nothing") << QByteArray() << QByteArrayList();
    QTest::newRow("lines") << QByteArray("a\nb\n") << QByteArrayList{"a", "b"};
    QTest::newRow("no break at the end") << QByteArray("a\nb") << QByteArrayList{"a", "b"};
    QTest::newRow("empty lines") << QByteArray("\n\na\n") << QByteArrayList{"", "", "a"};
    QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n") << QByteArrayList{"a", "b"};
    QTest::newRow("empty CRLF lines") << QByteArray("\r\n\r\n") << QByteArrayList{"", ""};
    QTest::newRow("progress") << QByteArray("1%\r2%\r3%\n") << QByteArrayList{"1%", "2%", "3%"};
    QTest::newRow("long") << QByteArray("0123456789abcdefghij\n")
                          << QByteArrayList{"01234567", "89abcdef", "ghij"};
    QTest::newRow("long with characters of several bytes")
        << QByteArray("0123456é89€€€€\n") << QByteArrayList{"0123456", "é89€", "€€", "€"};
    QTest::newRow("long without any character")
        << QByteArray(18, '\x80')
        << QByteArrayList{QByteArray(5, '\x80'), QByteArray(5, '\x80'), QByteArray(8, '\x80')};
}

void tst_linesplitter::cutsIntoLines()
{
    QFETCH(const QByteArray, bytes);
    // The same lines, however the bytes arrive.
    for (qsizetype part = std::max(qsizetype(1), bytes.size()); part > 0; --part) {
        QByteArrayList lines;
        LineSplitter splitter([&lines](const QByteArray &line) { lines.append(line); }, 8);
        for (qsizetype i = 0; i < bytes.size(); i += part)
            splitter.add(bytes.mid(i, part));
        splitter.finish();
        if (!bytes.contains('\x80'))
            QTEST(lines, "lines");
        QCOMPARE(lines.join(), QByteArray(bytes).replace("\r", "").replace("\n", ""));
        for (const auto &line : lines)
            QVERIFY(line.size() <= 8);
    }
}

void tst_linesplitter::keepsBothEnds_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("isTruncated");
    for (const int size : {0, 1, 10, 19, 20, 21, 40, 41, 1000})
        QTest::addRow("%d bytes", size) << size << (size > 20);
}

void tst_linesplitter::keepsBothEnds()
{
    QFETCH(const int, size);
    QByteArray all;
    for (int i = 0; i < size; ++i)
        all += char('a' + i % 26);
    for (int part = 1; part <= std::max(size, 1); part += 7) {
        KeptOutput kept(20);
        for (int i = 0; i < size; i += part)
            kept.add(all.mid(i, part));
        QTEST(kept.isTruncated(), "isTruncated");
        if (size <= 20)
            QCOMPARE(kept.toBytes(), all);
        else
            QCOMPARE(kept.toBytes(),
                     all.left(10) + "\n[... " + QByteArray::number(size - 20)
                         + " bytes left out ...]\n" + all.right(10));
    }
}

QTEST_GUILESS_MAIN(tst_linesplitter)
#include "tst_linesplitter.moc"
