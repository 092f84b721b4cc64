// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/logring.h"
#include "log/messagehandler.h"
#include "log/redactor.h"

#include <QLoggingCategory>
#include <QTest>

#include <thread>
#include <vector>

using namespace Banister;

class tst_logring : public QObject
{
    Q_OBJECT

private slots:
    void givesWhatIsNew();
    void forgetsTheOldest();
    void numbersLinesOfThreads();
    void takesMessagesWithoutSecrets();
};

void tst_logring::givesWhatIsNew()
{
    LogRing ring;
    QVERIFY(ring.after(0).isEmpty());
    ring.append("one\ntwo\n");
    ring.append("three");
    QCOMPARE(ring.lastNumber(), 3);
    const auto lines = ring.after(1);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.at(0).number, 2);
    QCOMPARE(lines.at(0).text, "two");
    QCOMPARE(lines.at(1).text, "three");
    QVERIFY(ring.after(3).isEmpty());
    QVERIFY(ring.after(99).isEmpty());
}

void tst_logring::forgetsTheOldest()
{
    LogRing ring(3);
    for (int i = 1; i <= 10; ++i)
        ring.append(QString::number(i));
    const auto lines = ring.after(2);
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines.constFirst().number, 8);
    QCOMPARE(lines.constFirst().text, "8");
    QCOMPARE(ring.lastNumber(), 10);
}

void tst_logring::numbersLinesOfThreads()
{
    LogRing ring(100);
    {
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&ring] {
                for (int i = 0; i < 500; ++i)
                    ring.append("line");
            });
        }
        for (qint64 seen = 0; seen < 2000;) {
            const auto lines = ring.after(seen);
            for (const auto &line : lines)
                QVERIFY(line.number > std::exchange(seen, line.number));
        }
    }
    QCOMPARE(ring.lastNumber(), 2000);
}

void tst_logring::takesMessagesWithoutSecrets()
{
    LogRing ring;
    Redactor redactor;
    redactor.addSecret("s3cr3t");
    {
        const MessageHandler handler(redactor, &ring);
        qWarning("The word is %s\x1b[1m", "s3cr3t");
        qCritical("password=other");
    }
    const auto lines = ring.after(0);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.at(0).text, "warning default: The word is [removed]\\x1b[1m");
    QCOMPARE(lines.at(1).text, "error default: password=[removed]");
}

QTEST_GUILESS_MAIN(tst_logring)
#include "tst_logring.moc"
