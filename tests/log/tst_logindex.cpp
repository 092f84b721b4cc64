// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/logerror.h"
#include "log/logindex.h"
#include "log/logsearch.h"
#include "log/newlines.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Banister;

class tst_logindex : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void countsNewlines();
    void findsEveryLine_data();
    void findsEveryLine();
    void growsWithTheFile();
    void growsInTheMiddleOfALine();
    void noticesOtherFiles_data();
    void noticesOtherFiles();
    void staysSmall();
    void cutsLongLines();
    void finds_data();
    void finds();
    void findsInLargeFiles();
    void namesSoManyHitsOnly();
    void knowsWhatEachMatchHas_data();
    void knowsWhatEachMatchHas();
    void failsWithReason();
    void canBeCancelled();

private:
    void write(const QByteArray &content, QIODevice::OpenMode mode = QIODevice::Truncate);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    SilentMonitor m_monitor;
};

namespace {

/// Lines of very different lengths, empty ones too.
QByteArray manyLines(int count, quint32 seed = 1)
{
    QRandomGenerator random(seed);
    QByteArray result;
    for (int i = 0; i < count; ++i) {
        result += QByteArray::number(i);
        result += QByteArray(random.bounded(8) ? random.bounded(100) : 0, 'x') + '\n';
        if (!random.bounded(10))
            result += QByteArray(random.bounded(100), '\n');
    }
    return result;
}

QStringList linesOf(const QByteArray &content)
{
    auto lines = QString::fromUtf8(content).split('\n');
    if (lines.constLast().isEmpty())
        lines.removeLast();
    return lines;
}

class CancelledMonitor : public SilentMonitor
{
public:
    bool isCancelRequested() const override { return true; }
};

} // namespace

void tst_logindex::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath("log.txt");
}

void tst_logindex::write(const QByteArray &content, QIODevice::OpenMode mode)
{
    QFile file(m_path);
    if (!file.open(QIODevice::WriteOnly | mode) || file.write(content) != content.size())
        qFatal("The log cannot be written");
}

void tst_logindex::countsNewlines()
{
    const auto bytes = manyLines(3000);
    for (const auto start : {0, 1, 63, 64, 100}) {
        qint64 wanted = start;
        QList<qsizetype> wantedMarks;
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            if (bytes.at(at) == '\n' && ++wanted % 64 == 0)
                wantedMarks += at + 1;
        }
        QList<qsizetype> marks;
        QCOMPARE(countNewlines(bytes, start, [&](qsizetype at) { marks += at; }), wanted);
        QCOMPARE(marks, wantedMarks);
    }
    QCOMPARE(countNewlines(QByteArray(64, '\n')), 64);
}

void tst_logindex::findsEveryLine_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one line") << QByteArray("one\n");
    QTest::newRow("no newline at the end") << QByteArray("one\ntwo");
    QTest::newRow("empty lines") << QByteArray("\n\n\n");
    QTest::newRow("64 lines") << QByteArray("a\n").repeated(64);
    QTest::newRow("65 lines") << QByteArray("a\n").repeated(65);
    QTest::newRow("UTF-8") << QByteArray("ä€\n\xff\n");
    QTest::newRow("many lines") << manyLines(20'000);
    QTest::newRow("two threads") << manyLines(100'000);
}

void tst_logindex::findsEveryLine()
{
    QFETCH(const QByteArray, content);
    write(content);
    LogIndex index(m_path);
    QVERIFY(index.update(m_monitor).isOk());
    const auto wanted = linesOf(content);
    QCOMPARE(index.lineCount(), wanted.size());
    QCOMPARE(index.lines(0, wanted.size() + 10).value(), wanted);
    QRandomGenerator random(2);
    for (int i = 0; i < 50 && !wanted.isEmpty(); ++i) {
        const auto first = random.bounded(wanted.size());
        QCOMPARE(index.lines(first, 50).value(), wanted.mid(first, 50));
    }
    QVERIFY(index.lines(wanted.size(), 5).value().isEmpty());
    QVERIFY(index.lines(0, 0).value().isEmpty());
}

void tst_logindex::growsWithTheFile()
{
    LogIndex index(m_path);
    QByteArray all;
    for (quint32 round = 0; round < 20; ++round) {
        const auto more = manyLines(500, round);
        all += more;
        write(more, QIODevice::Append);
        QCOMPARE(index.update(m_monitor).value(), LogIndex::Change::Grown);
        QCOMPARE(index.update(m_monitor).value(), LogIndex::Change::None);
        QCOMPARE(index.lines(0, index.lineCount()).value(), linesOf(all));
    }
    const auto large = manyLines(100'000); // a second thread's part
    all += large + "end\n";
    write(large, QIODevice::Append);
    QVERIFY(index.update(m_monitor).isOk());
    write("end\n", QIODevice::Append);
    QVERIFY(index.update(m_monitor).isOk());
    const auto wanted = linesOf(all);
    QCOMPARE(index.lineCount(), wanted.size());
    for (qint64 line = 0; line < wanted.size(); line += 997)
        QCOMPARE(index.lines(line, 1).value(), wanted.mid(line, 1));
    QCOMPARE(index.lines(wanted.size() - 1, 1).value(), QStringList("end"));
}

void tst_logindex::growsInTheMiddleOfALine()
{
    write("one\ntw");
    LogIndex index(m_path);
    QVERIFY(index.update(m_monitor).isOk());
    QCOMPARE(index.lineCount(), 2);
    write("o\nthree", QIODevice::Append);
    QVERIFY(index.update(m_monitor).isOk());
    QCOMPARE(index.lines(0, 9).value(), QStringList({"one", "two", "three"}));
}

void tst_logindex::noticesOtherFiles_data()
{
    QTest::addColumn<QString>("how");
    for (const auto *how : {"cut", "cut and longer again", "replaced", "same length"})
        QTest::newRow(how) << how;
}

void tst_logindex::noticesOtherFiles()
{
    QFETCH(const QString, how);
    write("one\ntwo\nthree\n");
    LogIndex index(m_path);
    QVERIFY(index.update(m_monitor).isOk());
    QByteArray other = "new\n";
    if (how == "cut and longer again")
        other = "new 1\nnew 2\nnew 3\nnew 4\n";
    else if (how == "same length")
        other = "one\nTWO\nthree\n";
    if (how == "replaced")
        QVERIFY(QFile::rename(m_path, m_path + ".1"));
    write(other);
    QCOMPARE(index.update(m_monitor).value(), LogIndex::Change::Restarted);
    QCOMPARE(index.lines(0, 9).value(), linesOf(other));
}

void tst_logindex::staysSmall()
{
    write(QByteArray("a\n").repeated(5'000'000));
    LogIndex index(m_path);
    QVERIFY(index.update(m_monitor).isOk());
    QCOMPARE(index.lineCount(), 5'000'000);
    QVERIFY(index.memoryInBytes() < index.lineCount() / 5);
}

void tst_logindex::cutsLongLines()
{
    write("a\n" + QByteArray(200'000, 'x') + "\nb\n");
    LogIndex index(m_path);
    QVERIFY(index.update(m_monitor).isOk());
    const auto lines = index.lines(0, 3).value();
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines.at(1), QString(65536, 'x') + u'…');
    QCOMPARE(lines.at(2), "b");
}

void tst_logindex::finds_data()
{
    QTest::addColumn<LogQuery>("query");
    QTest::addColumn<QList<qint64>>("lines");
    QTest::newRow("text") << LogQuery{"beta"} << QList<qint64>{1, 4};
    QTest::newRow("any case") << LogQuery{"beta", false, false} << QList<qint64>{1, 2, 4};
    QTest::newRow("special characters") << LogQuery{"a.c", false, false} << QList<qint64>{3};
    QTest::newRow("expression") << LogQuery{"b.ta \\d+", true} << QList<qint64>{4};
    QTest::newRow("expression in any case")
        << LogQuery{"^B.TA", true, false} << QList<qint64>{1, 2};
    QTest::newRow("either") << LogQuery{"alpha|a\\.c", true} << QList<qint64>{0, 3, 4};
    QTest::newRow("anchored") << LogQuery{"beta$", true} << QList<qint64>{1};
    QTest::newRow("empty lines") << LogQuery{"^$", true} << QList<qint64>{5};
    QTest::newRow("UTF-8") << LogQuery{"ÄÖ", false, false} << QList<qint64>{6};
    QTest::newRow("not over lines") << LogQuery{"BETA\\sa", true} << QList<qint64>{};
    QTest::newRow("nothing") << LogQuery{"gamma"} << QList<qint64>{};
    QTest::newRow("last line") << LogQuery{"end"} << QList<qint64>{7};
}

void tst_logindex::finds()
{
    write("alpha\nbeta\nBETA BETA\na.c\nalpha beta beta 12\n\näö\nthe end");
    LogIndex index(m_path);
    QVERIFY(index.update(m_monitor).isOk());
    QFETCH(const LogQuery, query);
    QFETCH(const QList<qint64>, lines);
    const auto hits = index.search(query, m_monitor);
    QVERIFY(hits.isOk());
    QCOMPARE(hits->lines, lines);
    QCOMPARE(hits->count, lines.size());
}

void tst_logindex::findsInLargeFiles()
{
    const auto content = manyLines(100'000);
    write(content);
    LogIndex index(m_path);
    QVERIFY(index.update(m_monitor).isOk());
    QList<qint64> wanted;
    const auto lines = linesOf(content);
    for (qsizetype line = 0; line < lines.size(); ++line) {
        if (lines.at(line).contains("777x"))
            wanted += line;
    }
    for (const auto &query :
         {LogQuery{"777x"}, LogQuery{"7{2}7x+", true}, LogQuery{"777X", false, false}})
        QCOMPARE(index.search(query, m_monitor)->lines, wanted);
}

void tst_logindex::namesSoManyHitsOnly()
{
    write(QByteArray("hit\nmiss\n").repeated(600'000));
    LogIndex index(m_path);
    QVERIFY(index.update(m_monitor).isOk());
    LogQuery query{"hit"};
    query.maximumHits = 5;
    const auto hits = index.search(query, m_monitor);
    QCOMPARE(hits->count, 600'000);
    QCOMPARE(hits->lines, QList<qint64>({0, 2, 4, 6, 8}));
}

void tst_logindex::knowsWhatEachMatchHas_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("literal");
    const auto row = [](const char *expression, const char *literal) {
        QTest::newRow(expression) << expression << literal;
    };
    row("abc", "abc");
    row("ab.*cdef", "cdef");
    row("colou?r", "colo");
    row("a+bcd", "bcd");
    row("ab{0,2}cd", "cd");
    row("\\[error\\] \\d+", "[error] ");
    row("a|b", "");
    row("(abc)?", "");
    row("[abc]d", "");
    row("\\x41bc", "");
    row("\\Qa.b\\E", "");
    row("x{", "");
}

void tst_logindex::knowsWhatEachMatchHas()
{
    QFETCH(const QString, expression);
    QTEST(LogSearch::literalIn(expression), "literal");
}

void tst_logindex::failsWithReason()
{
    LogIndex missing(m_path);
    const auto updated = missing.update(m_monitor);
    QVERIFY(updated.isError());
    QCOMPARE(updated.error().code, ErrorCode(LogError::ReadFailed));
    QVERIFY(updated.error().fact.contains(m_path));
    LogIndex folder(m_folder->path());
    QCOMPARE(folder.update(m_monitor).error().code, ErrorCode(LogError::ReadFailed));

    write("one\n");
    QVERIFY(missing.update(m_monitor).isOk()); // it came later
    const auto searched = missing.search({"a(", true}, m_monitor);
    QVERIFY(searched.isError());
    QCOMPARE(searched.error().code, ErrorCode(LogError::BadPattern));
    QVERIFY(QFile::resize(m_path, 0));
    QVERIFY(missing.lines(0, 1).isError()); // cut since the last look
}

void tst_logindex::canBeCancelled()
{
    write(manyLines(100'000));
    LogIndex index(m_path);
    CancelledMonitor cancelled;
    QVERIFY(index.update(cancelled).isCancelled());
    QCOMPARE(index.lineCount(), 0);
    QVERIFY(index.update(m_monitor).isOk());
    QVERIFY(index.search({"a"}, cancelled).isCancelled());
}

QTEST_GUILESS_MAIN(tst_logindex)
#include "tst_logindex.moc"
