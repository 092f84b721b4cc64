// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/overallprogress.h"

#include <QTest>

using namespace Banister;
using namespace std::chrono_literals;

class tst_overallprogress : public QObject
{
    Q_OBJECT

private slots:
    void joinsStepsByWeight();
    void leavesUnknownTotalsOut();
    void neverGoesBack();
    void estimatesFromItsOwnSpeed();
    void doesNotCountEarlierGoesAsSpeed();
};

void tst_overallprogress::joinsStepsByWeight()
{
    OverallMeter meter({10, 80, 10});
    meter.begin(0);
    QCOMPARE(meter.update({5, 10, {}}).fraction, 0.05);
    QCOMPARE(meter.end().fraction, 0.1);
    meter.begin(1);
    QCOMPARE(meter.update({1, 2, {}}).fraction, 0.5);
    QCOMPARE(meter.end().fraction, 0.9);
    meter.begin(2);
    QCOMPARE(meter.end().fraction, 1.0);
}

void tst_overallprogress::leavesUnknownTotalsOut()
{
    OverallMeter meter({0, 1});
    meter.begin(0);
    QCOMPARE(meter.update({500, 0, {}}).fraction, 0.0);
    QCOMPARE(meter.end().fraction, 0.5);
}

void tst_overallprogress::neverGoesBack()
{
    OverallMeter meter({1});
    meter.begin(0);
    QCOMPARE(meter.update({1, 2, {}}).fraction, 0.5);
    QCOMPARE(meter.update({1, 4, {}}).fraction, 0.5);
    QCOMPARE(meter.update({9, 4, {}}).fraction, 1.0);
}

void tst_overallprogress::estimatesFromItsOwnSpeed()
{
    std::chrono::steady_clock::time_point now;
    OverallMeter meter({100, 300}, [&now] { return now; });
    meter.begin(0);
    now += 1s;
    QVERIFY(!meter.update({50, 100, {}}).remaining);
    now += 9s;
    // 50 in 10 s: 10 s for the rest of this step, 60 s for the next one.
    QCOMPARE(meter.update({50, 100, {}}).remaining->count(), 70'000);
    now += 10s;
    QCOMPARE(meter.end().remaining->count(), 60'000);
    meter.begin(1);
    now += 10s;
    // This step is slower than the first: 10 s for a tenth.
    QCOMPARE(meter.update({1, 10, {}}).remaining->count(), 90'000);
}

void tst_overallprogress::doesNotCountEarlierGoesAsSpeed()
{
    std::chrono::steady_clock::time_point now;
    OverallMeter meter({900, 100}, [&now] { return now; });
    meter.skip(0);
    meter.begin(1);
    now += 10s;
    QCOMPARE(meter.update({5, 10, {}}).fraction, 0.95);
    QCOMPARE(meter.update({5, 10, {}}).remaining->count(), 10'000);
}

QTEST_GUILESS_MAIN(tst_overallprogress)
#include "tst_overallprogress.moc"
