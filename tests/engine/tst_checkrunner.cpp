// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkrunner.h"
#include "support/fakecheck.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <stdexcept>

using namespace Banister;
using namespace std::chrono_literals;
using Test::FakeCheck;

class tst_checkrunner : public QObject
{
    Q_OBJECT

private slots:
    void blocksByFindings_data();
    void blocksByFindings();
    void deliversFindingsAsTheyAreKnown();
    void checksOneAgain();
    void takesAcceptanceBackWithAnotherFinding();
    void survivesWhatACheckThrows();
    void endsWaitingForASlowCheck();
    void cancels();
    void stopsOnDestruction();
    void runsWithoutAnEventLoop();
};

static const Finding fine{Severity::Ok, "Fine.", {}, {}, {}};
static const Finding doubtful{Severity::Warning, "Doubtful.", "Look at it.", {}, {}};
static const Finding wrong{Severity::Error, "Wrong.", "Repair it.", {}, {}};

template<typename... Given>
static Checks checksOf(Given &&...given)
{
    Checks checks;
    (checks.push_back(std::move(given)), ...);
    return checks;
}

template<typename Answer>
static std::unique_ptr<Check> check(const QString &code, Answer answer)
{
    return std::make_unique<FakeCheck>(code, std::move(answer));
}

static Finding waitForCancel(Monitor &monitor)
{
    while (!monitor.isCancelRequested())
        std::this_thread::yield();
    return fine;
}

static bool finishedOf(CheckRunner &runner)
{
    return QTest::qWaitFor([&] { return !runner.isRunning(); }, 20'000);
}

void tst_checkrunner::blocksByFindings_data()
{
    QTest::addColumn<int>("severity");
    QTest::addColumn<QStringList>("accepted");
    QTest::addColumn<bool>("blocked");
    QTest::newRow("fine") << int(Severity::Ok) << QStringList() << false;
    QTest::newRow("warning") << int(Severity::Warning) << QStringList() << true;
    QTest::newRow("another accepted") << int(Severity::Warning) << QStringList{"y"} << true;
    QTest::newRow("accepted") << int(Severity::Warning) << QStringList{"y", "x"} << false;
    QTest::newRow("error") << int(Severity::Error) << QStringList() << true;
    QTest::newRow("error cannot be accepted") << int(Severity::Error) << QStringList{"x"} << true;
}

void tst_checkrunner::blocksByFindings()
{
    QFETCH(const int, severity);
    QFETCH(const QStringList, accepted);
    const Finding finding{Severity(severity), "Fact.", {}, {}, {}};
    const CancelFlag cancel;
    auto states = runChecks(checksOf(check("w", fine), check("x", finding)), cancel);
    accept(states, accepted);
    QTEST(isBlocked(states), "blocked");
}

void tst_checkrunner::deliversFindingsAsTheyAreKnown()
{
    CheckRunner runner(checksOf(check("a", fine), check("b", doubtful), check("c", wrong)));
    QVERIFY(runner.isBlocked());
    QStringList known;
    connect(&runner, &CheckRunner::changed, this, [&](const CheckState &state) {
        if (state.phase == CheckPhase::Known)
            known.append(state.code + ' ' + state.finding.fact);
    });
    QSignalSpy finished(&runner, &CheckRunner::finished);
    runner.start();
    QVERIFY(finished.wait());
    QCOMPARE(known, (QStringList{"a Fine.", "b Doubtful.", "c Wrong."}));
    QCOMPARE(runner.states().at(1).title, "Title of b");
    QVERIFY(runner.isBlocked());
    QCOMPARE(finished.size(), 1);
}

void tst_checkrunner::checksOneAgain()
{
    int runs = 0;
    CheckRunner runner(checksOf(check("a", fine),
                                check("b", [&](Monitor &) { return ++runs == 1 ? wrong : fine; })));
    runner.start();
    QVERIFY(finishedOf(runner));
    QVERIFY(runner.isBlocked());
    runner.again("b");
    QVERIFY(runner.isBlocked());
    QVERIFY(finishedOf(runner));
    QVERIFY(!runner.isBlocked());
    QCOMPARE(runs, 2);
}

void tst_checkrunner::takesAcceptanceBackWithAnotherFinding()
{
    int runs = 0;
    CheckRunner runner(checksOf(check("a", [&](Monitor &) {
        auto finding = doubtful;
        finding.items = QStringList(++runs > 2 ? 2 : 1, "plugin");
        return finding;
    })));
    runner.start();
    QVERIFY(finishedOf(runner));
    runner.setAccepted("a", true);
    QVERIFY(!runner.isBlocked());
    runner.again("a");
    QVERIFY(finishedOf(runner));
    QVERIFY(!runner.isBlocked());
    runner.again("a");
    QVERIFY(finishedOf(runner));
    QVERIFY(runner.isBlocked());
    runner.setAccepted("a", true);
    runner.setAccepted("a", false);
    QVERIFY(runner.isBlocked());
}

void tst_checkrunner::survivesWhatACheckThrows()
{
    CheckRunner runner(
        checksOf(check("a", [](Monitor &) -> Finding { throw std::runtime_error("no wheels"); }),
                 check("b", [](Monitor &) -> Finding { throw 7; }),
                 check("c", fine)));
    runner.start();
    QVERIFY(finishedOf(runner));
    QCOMPARE(runner.states().at(0).finding.severity, Severity::Error);
    QVERIFY(runner.states().at(0).finding.details.contains("no wheels"));
    QVERIFY(runner.states().at(0).finding.details.contains("EngineError.CheckThrew"));
    QCOMPARE(runner.states().at(1).finding.severity, Severity::Error);
    QCOMPARE(runner.states().at(2).finding.severity, Severity::Ok);
}

void tst_checkrunner::endsWaitingForASlowCheck()
{
    CheckRunner runner(checksOf(check("slow", waitForCancel), check("b", fine)), nullptr, 100ms);
    runner.start();
    QVERIFY(finishedOf(runner));
    const auto &finding = runner.states().at(0).finding;
    QCOMPARE(finding.severity, Severity::Error);
    QVERIFY2(finding.fact.contains("slow"), qPrintable(finding.fact));
    QCOMPARE(runner.states().at(1).finding.severity, Severity::Ok);
}

void tst_checkrunner::cancels()
{
    CheckRunner runner(checksOf(check("a", fine), check("b", waitForCancel), check("c", fine)));
    runner.start();
    QTRY_COMPARE(runner.states().at(1).phase, CheckPhase::Running);
    runner.cancel();
    QVERIFY(finishedOf(runner));
    QCOMPARE(runner.states().at(0).phase, CheckPhase::Known);
    QCOMPARE(runner.states().at(1).phase, CheckPhase::Waiting);
    QCOMPARE(runner.states().at(2).phase, CheckPhase::Waiting);
    runner.again("c");
    QVERIFY(finishedOf(runner));
    QCOMPARE(runner.states().at(2).phase, CheckPhase::Known);
}

void tst_checkrunner::stopsOnDestruction()
{
    QElapsedTimer time;
    time.start();
    {
        CheckRunner runner(checksOf(check("a", waitForCancel), check("b", waitForCancel)));
        runner.start();
        QTRY_COMPARE(runner.states().at(0).phase, CheckPhase::Running);
    }
    QVERIFY(time.elapsed() < 10'000);
}

void tst_checkrunner::runsWithoutAnEventLoop()
{
    CancelFlag cancel;
    QStringList known;
    const auto states = runChecks(checksOf(check("a", doubtful),
                                           check("b",
                                                 [&](Monitor &) {
                                                     cancel.request();
                                                     return fine;
                                                 }),
                                           check("c", fine)),
                                  cancel,
                                  [&](const CheckState &state) { known.append(state.code); });
    QCOMPARE(known, QStringList{"a"});
    QCOMPARE(states.size(), 3);
    QCOMPARE(states.at(2).phase, CheckPhase::Waiting);
}

QTEST_GUILESS_MAIN(tst_checkrunner)
#include "tst_checkrunner.moc"
