// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/mailbox.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace Banister;

class tst_mailbox : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheOrderOfAThread();
    void deliversAFloodAtOnce();
    void joinsWhatWaits();
    void restsBetweenDeliveries();
    void dropsWhatWaitsOnDestruction();
};

void tst_mailbox::keepsTheOrderOfAThread()
{
    QList<int> seen;
    Mailbox<int> mailbox([&](const int &value) { seen.append(value); });
    {
        const std::jthread thread([&] {
            for (int i = 0; i < 1000; ++i)
                mailbox.post(i);
        });
    }
    QTRY_COMPARE(seen.size(), 1000);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(seen.at(i), i);
}

void tst_mailbox::deliversAFloodAtOnce()
{
    int seen = 0;
    Mailbox<int> mailbox([&](const int &) { ++seen; });
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (int i = 0; i < 25'000; ++i)
                    mailbox.post(i);
            });
    }
    QCOMPARE(seen, 0);
    // One event has been posted for all of them.
    QCoreApplication::sendPostedEvents(&mailbox);
    QCOMPARE(seen, 100'000);
}

void tst_mailbox::joinsWhatWaits()
{
    QList<int> seen;
    Mailbox<int> mailbox([&](const int &value) { seen.append(value); },
                         [](std::deque<int> &waiting, int &&value) {
                             if (waiting.empty())
                                 waiting.push_back(value);
                             else
                                 waiting.back() += value;
                         });
    for (const int value : {1, 2, 3})
        mailbox.post(value);
    QCoreApplication::sendPostedEvents(&mailbox);
    mailbox.post(4);
    QCoreApplication::sendPostedEvents(&mailbox);
    QCOMPARE(seen, (QList<int>{6, 4}));
}

void tst_mailbox::restsBetweenDeliveries()
{
    int batches = 0;
    int values = 0;
    Mailbox<int> mailbox(
        [&](const int &value) {
            ++batches;
            values += value;
        },
        [](std::deque<int> &waiting, int &&value) {
            if (waiting.empty())
                waiting.push_back(value);
            else
                waiting.back() += value;
        },
        std::chrono::milliseconds(20));
    QElapsedTimer time;
    time.start();
    {
        // The receiver takes part all the time and would keep up with the poster.
        std::atomic<bool> isOver = false;
        const std::jthread thread([&] {
            for (int i = 0; i < 200; ++i) {
                mailbox.post(1);
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            isOver = true;
        });
        QVERIFY(QTest::qWaitFor([&] { return isOver.load(); }, 20'000));
    }
    QTRY_COMPARE(values, 200);
    QVERIFY2(batches >= 2 && batches <= 2 + time.elapsed() / 19,
             QByteArray::number(batches).constData());
}

void tst_mailbox::dropsWhatWaitsOnDestruction()
{
    int seen = 0;
    {
        Mailbox<int> mailbox([&](const int &) { ++seen; });
        mailbox.post(1);
    }
    QCoreApplication::processEvents();
    QCOMPARE(seen, 0);
}

QTEST_GUILESS_MAIN(tst_mailbox)
#include "tst_mailbox.moc"
