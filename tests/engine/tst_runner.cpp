// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runner.h"
#include "support/fakesteps.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <stdexcept>
#include <thread>

using namespace Banister;
using Test::Diary;

Q_DECLARE_METATYPE(Banister::Outcome)

enum class Thrown { StandardException, OutOfMemory, SomethingElse };

/// Keeps what it was told, as text.
class Listener : public RunListener
{
public:
    void runStarted(const RunState &state) override
    {
        events.append(QString("started %1").arg(state.current()));
    }
    void stepStarted(const StepCode &step, int attempt) override
    {
        events.append(QString("%1 started %2").arg(step).arg(attempt));
        progress.clear();
    }
    void progressed(const StepCode &, const Progress &now, const OverallProgress &overall) override
    {
        progress.append(now);
        fractions.append(overall.fraction);
    }
    void logged(const StepCode &step, const QString &line) override
    {
        lines.append(step + ": " + line);
    }
    void stepEnded(const StepCode &step, const Outcome &outcome) override
    {
        const auto state = QMetaEnum::fromType<StepState>().valueToKey(int(stateOf(outcome)));
        events.append(step + ' ' + state);
    }
    void runEnded(const RunEnd &end) override
    {
        events.append(QMetaEnum::fromType<Ending>().valueToKey(int(end.ending)));
    }

    QStringList events;
    QStringList lines;
    QList<Progress> progress;
    QList<double> fractions;
};

class tst_runner : public QObject
{
    Q_OBJECT

private slots:
    void endsAsTheStepDoes_data();
    void endsAsTheStepDoes();
    void retriesWhereItStopped();
    void tellsWhatHappens();
    void survivesWhatAStepThrows_data();
    void survivesWhatAStepThrows();
    void pausesAfterTheStep();
    void cancelsWithinAndBetweenSteps();
    void skipsOnlyWhatCanBeSkipped();
    void keepsIntentionsOfFormerTries();
    void stopsWhenAnIntentionIsNotOnDisk();
    void stopsWithoutPermission();
    void thinsOutReports();
    void deliversTheLastReportOfASilentStep();
    void takesReportsOfManyThreads();

private:
    RunJournal makeJournal(const Plan &plan)
    {
        RunStarted start{"id", plan.kind, plan.title, plan.settings, {}, "1", "here"};
        for (const auto &step : plan.steps)
            start.steps.append({step->code(), step->title()});
        auto journal = RunJournal::create(m_folder.filePath(QString::number(++m_journals)), start);
        return std::move(*journal);
    }
    QString journalPath() const { return m_folder.filePath(QString::number(m_journals)); }

    QTemporaryDir m_folder;
    int m_journals = 0;
    Listener m_listener;
    RunRequests m_requests;
};

static Error broken()
{
    return Error{ErrorCode::fromString("ProductFailed"), "The product failed.", {}, {}}.because(
        {ErrorCode::fromString("DiskError.Full"), "The disk is full.", "ENOSPC", "freeSpace"});
}

void tst_runner::endsAsTheStepDoes_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<RunPhase>("phase");
    QTest::addColumn<QStringList>("diary");
    const QStringList all{"a", "b", "c"};
    const QStringList two{"a", "b"};
    QTest::newRow("works") << Outcome(Done{"All is well."}) << Ending::Finished
                           << RunPhase::Finished << all;
    QTest::newRow("has nothing to do")
        << Outcome(Skipped{"No cache."}) << Ending::Finished << RunPhase::Finished << all;
    QTest::newRow("fails") << Outcome(broken()) << Ending::Failed << RunPhase::Failed << two;
    QTest::newRow("is cancelled") << Outcome(Cancelled{}) << Ending::Cancelled << RunPhase::Stopped
                                  << two;
}

void tst_runner::endsAsTheStepDoes()
{
    QFETCH(const Outcome, outcome);
    Diary diary;
    auto plan = Test::planOf({"a"}, diary);
    Test::add(plan, "b", diary, outcome);
    Test::add(plan, "c", diary);
    auto journal = makeJournal(plan);
    Runner runner(plan, journal);
    const auto end = runner.run(m_listener, m_requests);
    QTEST(end.ending, "ending");
    QTEST(diary.lines(), "diary");
    const auto state = RunState::fromRecords(*Journal::read(journalPath()));
    QVERIFY(state.isOk());
    QTEST(state->phase, "phase");
    QCOMPARE(state->step("b")->state, stateOf(outcome));
    if (std::holds_alternative<Error>(outcome)) {
        QCOMPARE(end.step, "b");
        QCOMPARE(end.error->root().code.toString(), "DiskError.Full");
        QCOMPARE(state->step("b")->error->toJson(), broken().toJson());
    }
    if (const auto *skipped = std::get_if<Skipped>(&outcome)) {
        QCOMPARE(state->step("b")->text, skipped->reason);
    }
}

void tst_runner::retriesWhereItStopped()
{
    Diary diary;
    auto plan = Test::planOf({"a"}, diary);
    Test::add(plan, "b", diary, broken());
    Test::add(plan, "c", diary);
    auto journal = makeJournal(plan);
    Runner runner(plan, journal);
    QCOMPARE(runner.run(m_listener, m_requests).ending, Ending::Failed);
    QCOMPARE(journal.state().current(), 1);
    m_listener.events.clear();
    QVERIFY(runner.run(m_listener, m_requests).isSuccess());
    QCOMPARE(
        m_listener.events,
        (QStringList{"started 1", "b started 2", "b Done", "c started 1", "c Done", "Finished"}));
    QCOMPARE(journal.state().step("a")->tries, 1);
    QCOMPARE(journal.state().step("b")->tries, 2);
    QVERIFY(!journal.state().step("b")->error);
}

void tst_runner::tellsWhatHappens()
{
    Diary diary;
    auto plan = Test::planOf({"a"}, diary);
    Test::add(plan, "b", diary).doing([](StepContext &context) {
        context.log("one");
        context.report({1, 2, "half"});
        return Done{};
    });
    auto journal = makeJournal(plan);
    m_listener = {};
    QVERIFY(Runner(plan, journal).run(m_listener, m_requests).isSuccess());
    QCOMPARE(
        m_listener.events,
        (QStringList{"started 0", "a started 1", "a Done", "b started 1", "b Done", "Finished"}));
    QCOMPARE(m_listener.lines, QStringList{"b: one"});
    QCOMPARE(m_listener.progress.size(), 1);
    QCOMPARE(m_listener.progress.first().text, "half");
    QCOMPARE(m_listener.fractions.last(), 0.75);
    for (const auto &step : journal.state().steps) {
        QVERIFY(step.started.isValid());
        QVERIFY(step.ended >= step.started);
    }
}

void tst_runner::survivesWhatAStepThrows_data()
{
    QTest::addColumn<int>("thrown");
    QTest::addColumn<QString>("code");
    QTest::newRow("exception") << int(Thrown::StandardException) << "EngineError.StepThrew";
    QTest::newRow("no memory") << int(Thrown::OutOfMemory) << "EngineError.OutOfMemory";
    QTest::newRow("no exception") << int(Thrown::SomethingElse) << "EngineError.StepThrew";
}

void tst_runner::survivesWhatAStepThrows()
{
    QFETCH(const int, thrown);
    Diary diary;
    Plan plan;
    Test::add(plan, "a", diary).doing([thrown](StepContext &context) -> Outcome {
        context.report({1, 2, {}});
        if (thrown == int(Thrown::StandardException))
            throw std::runtime_error("no wheels");
        if (thrown == int(Thrown::OutOfMemory))
            throw std::bad_alloc();
        throw 7;
    });
    auto journal = makeJournal(plan);
    const auto end = Runner(plan, journal).run(m_listener, m_requests);
    QCOMPARE(end.ending, Ending::Failed);
    QTEST(end.error->code.toString(), "code");
    QVERIFY(thrown != int(Thrown::StandardException) || end.error->details == "no wheels");
    QCOMPARE(journal.state().phase, RunPhase::Failed);
}

void tst_runner::pausesAfterTheStep()
{
    Diary diary;
    RunRequests requests;
    Plan plan;
    Test::add(plan, "a", diary).doing([&requests](StepContext &) {
        requests.pause.request();
        return Done{};
    });
    Test::add(plan, "b", diary);
    auto journal = makeJournal(plan);
    Runner runner(plan, journal);
    const auto end = runner.run(m_listener, requests);
    QCOMPARE(end.ending, Ending::Paused);
    QCOMPARE(end.step, "b");
    QCOMPARE(journal.state().phase, RunPhase::Stopped);
    requests.pause.reset();
    QVERIFY(runner.run(m_listener, requests).isSuccess());
    QCOMPARE(diary.lines(), (QStringList{"a", "b"}));
}

void tst_runner::cancelsWithinAndBetweenSteps()
{
    Diary diary;
    RunRequests requests;
    Plan plan;
    Test::add(plan, "deaf", diary).doing([&requests](StepContext &) {
        requests.cancel.request();
        return Done{};
    });
    Test::add(plan, "listening", diary).doing([&requests](StepContext &context) -> Outcome {
        requests.cancel.request();
        return context.isCancelRequested() ? Outcome(Cancelled{}) : Outcome(Done{});
    });
    auto journal = makeJournal(plan);
    Runner runner(plan, journal);
    auto end = runner.run(m_listener, requests);
    QCOMPARE(end.ending, Ending::Cancelled);
    QCOMPARE(end.step, "listening");
    QCOMPARE(journal.state().step("listening")->state, StepState::Pending);
    requests.cancel.reset();
    end = runner.run(m_listener, requests);
    QCOMPARE(end.ending, Ending::Cancelled);
    QCOMPARE(journal.state().step("listening")->state, StepState::Cancelled);
}

void tst_runner::skipsOnlyWhatCanBeSkipped()
{
    Diary diary;
    Plan plan;
    Test::add(plan, "a", diary, broken());
    Test::add(plan, "b", diary, broken()).skippable("The cache stays old.");
    auto journal = makeJournal(plan);
    Runner runner(plan, journal);
    QCOMPARE(runner.run(m_listener, m_requests).step, "a");
    QCOMPARE(runner.skip("a", "Why not").error().code, ErrorCode(EngineError::CannotSkip));
    QCOMPARE(runner.skip("b", "Too early").error().code, ErrorCode(EngineError::CannotSkip));
    QCOMPARE(runner.run(m_listener, m_requests).step, "b");
    QVERIFY(runner.skip("b", "Nobody needs it.").isOk());
    QCOMPARE(journal.state().step("b")->text, "Nobody needs it.");
    QVERIFY(!journal.state().step("b")->error || journal.state().phase != RunPhase::Failed);
    QVERIFY(runner.run(m_listener, m_requests).isSuccess());
    QCOMPARE(runner.skip("b", "Too late").error().code, ErrorCode(EngineError::CannotSkip));
}

void tst_runner::keepsIntentionsOfFormerTries()
{
    Diary diary;
    QList<qsizetype> seen;
    Plan plan;
    Test::add(plan, "a", diary).doing([&seen](StepContext &context) -> Outcome {
        seen.append(context.intentions().size());
        if (seen.size() == 1)
            return broken();
        return Done{};
    });
    auto journal = makeJournal(plan);
    Runner runner(plan, journal);
    runner.run(m_listener, m_requests);
    runner.run(m_listener, m_requests);
    QCOMPARE(seen, (QList<qsizetype>{1, 2}));
}

void tst_runner::stopsWhenAnIntentionIsNotOnDisk()
{
    Diary diary;
    Plan plan;
    const auto path = m_folder.filePath(QString::number(m_journals + 1));
    Test::add(plan, "careless", diary).doing([&path](StepContext &context) {
        QFile::remove(path);
        const auto ignored = context.intend({{"more", 1}});
        Q_UNUSED(ignored)
        return Done{};
    });
    Test::add(plan, "next", diary);
    auto journal = makeJournal(plan);
    const auto end = Runner(plan, journal).run(m_listener, m_requests);
    QCOMPARE(end.ending, Ending::Failed);
    QCOMPARE(end.error->code.toString(), "JournalError.Gone");
    QCOMPARE(diary.lines(), QStringList{"careless"});
}

void tst_runner::stopsWithoutPermission()
{
    Diary diary;
    auto plan = Test::planOf({"a", "b"}, diary);
    auto journal = makeJournal(plan);
    int asked = 0;
    const auto end = Runner(plan, journal, [&asked]() -> Result<> {
                         if (++asked == 2)
                             return broken();
                         return Success;
                     }).run(m_listener, m_requests);
    QCOMPARE(end.ending, Ending::Failed);
    QCOMPARE(end.step, "b");
    QCOMPARE(diary.lines(), QStringList{"a"});
    QCOMPARE(journal.state().step("b")->state, StepState::Pending);
}

void tst_runner::thinsOutReports()
{
    Diary diary;
    Plan plan;
    Test::add(plan, "a", diary).doing([](StepContext &context) {
        QElapsedTimer time;
        time.start();
        qint64 i = 0;
        while (time.elapsed() < 300)
            // Every third report goes back, the total grows, and is unknown at times.
            context.report({(++i % 3) ? i : i / 2, (i % 7) ? 1'000'000'000 + i : 0, "x"});
        context.report({1, 1, "last"});
        return Done{};
    });
    auto journal = makeJournal(plan);
    m_listener = {};
    QVERIFY(Runner(plan, journal).run(m_listener, m_requests).isSuccess());
    const auto &progress = m_listener.progress;
    QVERIFY2(progress.size() >= 2 && progress.size() <= 13,
             QByteArray::number(progress.size()).constData());
    QCOMPARE(progress.last().text, "last");
    QCOMPARE(progress.last().done, 1);
    double reached = 0;
    for (const auto &each : progress) {
        const auto fraction = each.total > 0 ? double(each.done) / double(each.total) : 0.0;
        QVERIFY(fraction >= reached);
        reached = fraction;
    }
    QVERIFY(std::is_sorted(m_listener.fractions.begin(), m_listener.fractions.end()));
}

void tst_runner::deliversTheLastReportOfASilentStep()
{
    class Waiting : public RunListener
    {
    public:
        void progressed(const StepCode &, const Progress &now, const OverallProgress &) override
        {
            isSecondSeen = isSecondSeen || now.text == "second";
        }
        std::atomic<bool> isSecondSeen = false;
    } listener;
    Diary diary;
    Plan plan;
    bool isSeenInTime = false;
    Test::add(plan, "a", diary).doing([&](StepContext &context) {
        context.report({1, 4, "first"});
        context.report({2, 4, "second"});
        isSeenInTime = QTest::qWaitFor([&] { return listener.isSecondSeen.load(); }, 5000);
        return Done{};
    });
    auto journal = makeJournal(plan);
    QVERIFY(Runner(plan, journal).run(listener, m_requests).isSuccess());
    QVERIFY(isSeenInTime);
}

void tst_runner::takesReportsOfManyThreads()
{
    Diary diary;
    Plan plan;
    Test::add(plan, "a", diary).doing([](StepContext &context) {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&context] {
                for (int i = 0; i < 1000; ++i) {
                    context.report({i, 1000, {}});
                    context.log("line");
                }
            });
        return Done{};
    });
    auto journal = makeJournal(plan);
    m_listener = {};
    QVERIFY(Runner(plan, journal).run(m_listener, m_requests).isSuccess());
    QCOMPARE(m_listener.lines.size(), 4000);
}

QTEST_GUILESS_MAIN(tst_runner)
#include "tst_runner.moc"
