// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runcontroller.h"
#include "support/fakesteps.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <stdexcept>

using namespace Banister;
using Test::Diary;

class tst_runcontroller : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_diary = {};
        m_plan = {"upgrade", "Three to four", {}, {}};
    }
    void runsAndTells();
    void retriesAfterAFailure();
    void tellsWhyItDidNotOpen();
    void cancelsARunningStep();
    void pausesAndGoesOn();
    void skipsAndGoesOn();
    void abandons();
    void givesItsSessionAway();
    void stopsOnDestruction();
    void staysResponsiveInAFlood();

private:
    QString place() const { return m_folder->filePath("banister"); }
    static Result<std::shared_ptr<Session>> shared(Result<std::unique_ptr<Session>> session)
    {
        if (!session)
            return session.failure();
        return std::shared_ptr<Session>(std::move(*session));
    }
    RunController::Opener opener()
    {
        return [this] { return shared(Session::begin(place(), std::move(m_plan))); };
    }
    static RunEnd endIn(QSignalSpy &finished)
    {
        if (finished.isEmpty() && !finished.wait(20'000))
            return {Ending::Failed, "no end", {}};
        return finished.takeFirst().first().value<RunEnd>();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Diary m_diary;
    Plan m_plan;
};

static Error broken()
{
    return {ErrorCode::fromString("Broken"), "It broke.", {}, {}};
}

static Outcome waitForCancel(StepContext &context)
{
    while (!context.isCancelRequested())
        std::this_thread::yield();
    return Cancelled{};
}

void tst_runcontroller::runsAndTells()
{
    Test::add(m_plan, "a", m_diary, Done{"Five files."});
    Test::add(m_plan, "b", m_diary, Skipped{"No cache."});
    RunController controller(opener());
    QStringList events;
    connect(&controller, &RunController::opened, this, [&](const RunState &state) {
        events.append(QString("opened %1").arg(state.steps.size()));
    });
    connect(&controller,
            &RunController::stateChanged,
            this,
            [&](const StepCode &step, StepState state, const Error &error, const QString &text) {
                QVERIFY(error.code.isEmpty());
                const auto name = QMetaEnum::fromType<StepState>().valueToKey(int(state));
                events.append(QString("%1 %2 %3").arg(step, name, text).trimmed());
            });
    QSignalSpy finished(&controller, &RunController::finished);
    controller.start();
    controller.start();
    QVERIFY(controller.isRunning());
    QVERIFY(endIn(finished).isSuccess());
    QVERIFY(!controller.isRunning());
    QCOMPARE(
        events,
        (QStringList{
            "opened 2", "a Running", "a Done Five files.", "b Running", "b Skipped No cache."}));
    // The site is released, and a finished run does not begin again.
    QVERIFY(!RunLock::holder(place()));
    controller.start();
    QVERIFY(!controller.isRunning());
}

void tst_runcontroller::retriesAfterAFailure()
{
    Test::add(m_plan, "a", m_diary);
    Test::add(m_plan, "b", m_diary, broken());
    RunController controller(opener());
    QSignalSpy finished(&controller, &RunController::finished);
    QSignalSpy changed(&controller, &RunController::stateChanged);
    controller.start();
    auto end = endIn(finished);
    QCOMPARE(end.ending, Ending::Failed);
    QCOMPARE(end.step, "b");
    QCOMPARE(changed.last().at(2).value<Error>().fact, "It broke.");
    QVERIFY(RunLock::holder(place()).has_value());
    controller.retry();
    end = endIn(finished);
    QVERIFY(end.isSuccess());
    QCOMPARE(m_diary.lines(), (QStringList{"a", "b"}));
}

void tst_runcontroller::tellsWhyItDidNotOpen()
{
    int opened = 0;
    RunController controller([&]() -> Result<std::shared_ptr<Session>> {
        if (++opened == 1)
            return broken();
        if (opened == 2)
            throw std::runtime_error("no wheels");
        Test::add(m_plan, "a", m_diary);
        return shared(Session::begin(place(), std::move(m_plan)));
    });
    QSignalSpy finished(&controller, &RunController::finished);
    controller.start();
    auto end = endIn(finished);
    QCOMPARE(end.error->fact, "It broke.");
    QVERIFY(end.step.isEmpty());
    controller.retry();
    end = endIn(finished);
    QCOMPARE(end.error->details, "no wheels");
    controller.retry();
    QVERIFY(endIn(finished).isSuccess());
}

void tst_runcontroller::cancelsARunningStep()
{
    Test::add(m_plan, "a", m_diary).doing(waitForCancel);
    RunController controller(opener());
    QSignalSpy finished(&controller, &RunController::finished);
    QSignalSpy changed(&controller, &RunController::stateChanged);
    controller.start();
    QVERIFY(changed.wait());
    QVERIFY(!controller.isCancelling());
    controller.cancel();
    QVERIFY(controller.isCancelling());
    QCOMPARE(endIn(finished).ending, Ending::Cancelled);
    QVERIFY(!controller.isCancelling());
    QCOMPARE(changed.last().at(1).value<StepState>(), StepState::Cancelled);
}

void tst_runcontroller::pausesAndGoesOn()
{
    std::atomic<bool> mayEnd = false;
    Test::add(m_plan, "a", m_diary).doing([&](StepContext &) {
        mayEnd.wait(false);
        return Done{};
    });
    Test::add(m_plan, "b", m_diary);
    RunController controller(opener());
    QSignalSpy finished(&controller, &RunController::finished);
    QSignalSpy changed(&controller, &RunController::stateChanged);
    controller.start();
    QVERIFY(changed.wait());
    controller.pauseAfterStep();
    mayEnd = true;
    mayEnd.notify_all();
    QCOMPARE(endIn(finished).ending, Ending::Paused);
    QCOMPARE(m_diary.lines(), QStringList{"a"});
    controller.start();
    QVERIFY(endIn(finished).isSuccess());
}

void tst_runcontroller::skipsAndGoesOn()
{
    Test::add(m_plan, "a", m_diary, broken()).skippable("The cache stays old.");
    Test::add(m_plan, "b", m_diary, broken());
    RunController controller(opener());
    QSignalSpy finished(&controller, &RunController::finished);
    controller.start();
    auto end = endIn(finished);
    QCOMPARE(end.step, "a");
    QCOMPARE(end.skipConsequence, "The cache stays old.");
    controller.skip("a", "Nobody needs it.");
    end = endIn(finished);
    QCOMPARE(end.step, "b");
    QCOMPARE(end.skipConsequence, QString());
    controller.skip("b", "Nor this.");
    QCOMPARE(endIn(finished).error->code, ErrorCode(EngineError::CannotSkip));
    controller.retry();
    QVERIFY(endIn(finished).isSuccess());
}

void tst_runcontroller::abandons()
{
    Test::add(m_plan, "a", m_diary, broken());
    RunController controller(opener());
    QSignalSpy finished(&controller, &RunController::finished);
    controller.start();
    QCOMPARE(endIn(finished).ending, Ending::Failed);
    controller.abandon("Rolled back.");
    QCOMPARE(endIn(finished).ending, Ending::Abandoned);
    QCOMPARE(Session::look(place(), Session::latest(place()))->phase, RunPhase::Abandoned);
    QVERIFY(!RunLock::holder(place()));
}

void tst_runcontroller::givesItsSessionAway()
{
    Test::add(m_plan, "a", m_diary, broken());
    RunController controller(opener());
    QSignalSpy finished(&controller, &RunController::finished);
    controller.start();
    QVERIFY(!controller.takeSession()); // the worker has it
    QCOMPARE(endIn(finished).ending, Ending::Failed);
    auto session = controller.takeSession();
    QVERIFY(session);
    QVERIFY(RunLock::holder(place()).has_value());
    session.reset();
    QVERIFY(!RunLock::holder(place()));
    QVERIFY(!controller.takeSession());
}

void tst_runcontroller::stopsOnDestruction()
{
    Test::add(m_plan, "a", m_diary).doing(waitForCancel);
    {
        RunController controller(opener());
        QSignalSpy changed(&controller, &RunController::stateChanged);
        controller.start();
        QVERIFY(changed.wait());
    }
    const auto state = Session::look(place(), Session::latest(place()));
    QCOMPARE(state->step("a")->state, StepState::Cancelled);
    QVERIFY(!RunLock::holder(place()));
}

void tst_runcontroller::staysResponsiveInAFlood()
{
    // Some 100,000 reports and lines a second for a second, while this thread counts its own turns.
    std::atomic<qint64> sent = 0;
    Test::add(m_plan, "a", m_diary).doing([&](StepContext &context) {
        QElapsedTimer time;
        time.start();
        qint64 number = 0;
        while (number < 100'000 && time.elapsed() < 5000) {
            context.report({++number, 100'000, "x"});
            context.log("line");
        }
        sent = number;
        return Done{};
    });
    RunController controller(opener());
    qint64 lines = 0;
    qint64 deliveries = 0;
    int reports = 0;
    double overall = 0;
    connect(
        &controller, &RunController::logged, this, [&](const QStringList &batch, qint64 dropped) {
            QVERIFY(batch.size() <= maximumOfWaitingLines);
            lines += batch.size() + dropped;
            ++deliveries;
        });
    connect(&controller,
            &RunController::progressed,
            this,
            [&](const StepCode &, const Progress &, const OverallProgress &now) {
                QVERIFY(now.fraction >= overall);
                overall = now.fraction;
                ++reports;
            });
    qint64 longest = 0;
    QElapsedTimer turn;
    turn.start();
    QTimer ticker;
    connect(&ticker, &QTimer::timeout, this, [&] { longest = std::max(longest, turn.restart()); });
    ticker.start(5);
    QSignalSpy finished(&controller, &RunController::finished);
    QElapsedTimer duration;
    duration.start();
    controller.start();
    QVERIFY(endIn(finished).isSuccess());
    QCOMPARE(lines, sent.load());
    // However fast this thread is, it is not woken for each line.
    QVERIFY2(deliveries <= 3 + duration.elapsed() / 15, QByteArray::number(deliveries).constData());
    QVERIFY2(reports >= 1 && reports < 160, QByteArray::number(reports).constData());
    QCOMPARE(overall, 1.0);
    QVERIFY2(longest < 500, QByteArray::number(longest).constData());
}

QTEST_GUILESS_MAIN(tst_runcontroller)
#include "tst_runcontroller.moc"
