// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "engine/session.h"
#include "support/fakesteps.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Banister;
using Test::Diary;

class tst_session : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void keepsOthersOut();
    void makesPrivateFolders();
    void resumesFromItsSettings();
    void refusesWhatCannotBeResumed_data();
    void refusesWhatCannotBeResumed();
    void findsTheLatestRun();
    void sortsRunsThoughTheClockWasSetBack();
    void isAbandoned();
    void stopsWhenTheLockWasBroken();
    void handsLinesToTheLog();
    void refusesOddIds();
    void explainsItsErrors();

private:
    QString place() const { return m_folder->filePath("banister"); }
    Session::PlanFactory factory(const QStringList &codes)
    {
        return [this, codes](const QString &, const QJsonObject &) -> Result<Plan> {
            return Test::planOf(codes, m_diary);
        };
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Diary m_diary;
    RunListener m_listener;
    RunRequests m_requests;
};

void tst_session::keepsOthersOut()
{
    {
        const auto session = Session::begin(place(), Test::planOf({"a"}, m_diary));
        QVERIFY(session.isOk());
        const auto second = Session::begin(place(), Test::planOf({"a"}, m_diary));
        QVERIFY(second.isError());
        QCOMPARE(second.error().code.toString(), "LockError.Held");
        QCOMPARE(RunFolder::list(place()).size(), 1);
        // Looking is free.
        QCOMPARE(Session::look(place(), (*session)->id())->phase, RunPhase::NotStarted);
    }
    QVERIFY(Session::begin(place(), Test::planOf({"a"}, m_diary)).isOk());
}

void tst_session::makesPrivateFolders()
{
    const auto session = Session::begin(place(), Test::planOf({"a"}, m_diary));
    QVERIFY(session.isOk());
    for (const auto &path : {place(), place() + "/runs", (*session)->folder().path()}) {
        struct stat info = {};
        QCOMPARE(::stat(qPrintable(path), &info), 0);
        QCOMPARE(info.st_mode & 07777U, 0700U);
    }
    const auto lost = Session::begin(m_folder->filePath("not/there"), Test::planOf({"a"}, m_diary));
    QCOMPARE(lost.error().code, ErrorCode(EngineError::CannotCreateRun));
}

void tst_session::resumesFromItsSettings()
{
    QString id;
    const QJsonObject settings{{"package", "/tmp/a b.zip"}, {"files", 7}};
    const Error broken{ErrorCode::fromString("Broken"), "It broke.", {}, {}};
    {
        auto plan = Test::planOf({"a"}, m_diary);
        plan.settings = settings;
        Test::add(plan, "b", m_diary, broken);
        auto session = Session::begin(place(), std::move(plan));
        id = (*session)->id();
        QCOMPARE((*session)->run(m_listener, m_requests).ending, Ending::Failed);
    }
    QCOMPARE(Session::look(place(), id)->step("b")->error->fact, "It broke.");
    QJsonObject seen;
    auto session = Session::resume(
        place(), id, [&](const QString &kind, const QJsonObject &told) -> Result<Plan> {
            seen = told;
            seen.insert("kind", kind);
            return Test::planOf({"a", "b"}, m_diary);
        });
    QVERIFY(session.isOk());
    auto expected = settings;
    expected.insert("kind", "upgrade");
    QCOMPARE(seen, expected);
    QCOMPARE((*session)->state().title, "Three to four");
    QVERIFY((*session)->run(m_listener, m_requests).isSuccess());
    QCOMPARE(Session::look(place(), id)->step("a")->tries, 1);
    QCOMPARE(Session::look(place(), id)->step("b")->tries, 2);
}

void tst_session::refusesWhatCannotBeResumed_data()
{
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<bool>("isFinished");
    QTest::addColumn<QByteArray>("appended");
    QTest::addColumn<QString>("code");
    const QByteArray none;
    QTest::newRow("another order")
        << QStringList{"b", "a"} << false << none << "EngineError.PlanChanged";
    QTest::newRow("a step more") << QStringList{"a", "b", "c"} << false << none
                                 << "EngineError.PlanChanged";
    QTest::newRow("a step less") << QStringList{"a"} << false << none << "EngineError.PlanChanged";
    QTest::newRow("finished") << QStringList{"a", "b"} << true << none << "EngineError.RunIsOver";
    QTest::newRow("damaged") << QStringList{"a", "b"} << false << QByteArray("hello\n")
                             << "JournalError.Damaged";
    QTest::newRow("another kind of record")
        << QStringList{"a", "b"} << false << QByteArray("record") << "EngineError.UnreadableRun";
    QTest::newRow("an unknown step")
        << QStringList{"a", "b"} << false << QByteArray("step") << "EngineError.UnreadableRun";
}

void tst_session::refusesWhatCannotBeResumed()
{
    QFETCH(const QStringList, codes);
    QFETCH(const bool, isFinished);
    QFETCH(const QByteArray, appended);
    QString id;
    QString path;
    {
        auto session = Session::begin(place(), Test::planOf({"a", "b"}, m_diary));
        id = (*session)->id();
        path = (*session)->folder().journalPath();
        if (isFinished)
            QVERIFY((*session)->run(m_listener, m_requests).isSuccess());
    }
    if (appended.endsWith('\n')) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write(appended);
    } else if (!appended.isEmpty()) {
        auto journal = Journal::open(path);
        const auto record = appended == "step"
                                ? QJsonObject{{"record", "stepStarted"}, {"step", "z"}}
                                : QJsonObject{{"record", "dance"}};
        QVERIFY(journal->append(record).isOk());
    }
    const auto session = Session::resume(place(), id, factory(codes));
    QVERIFY(session.isError());
    QTEST(session.error().code.toString(), "code");
    // Nothing is held after a refusal.
    QVERIFY(!RunLock::holder(place()));
}

void tst_session::findsTheLatestRun()
{
    QCOMPARE(Session::latest(place()), QString());
    const auto first = (*Session::begin(place(), Test::planOf({"a"}, m_diary)))->id();
    const auto second = (*Session::begin(place(), Test::planOf({"a"}, m_diary)))->id();
    QVERIFY(second > first);
    QCOMPARE(Session::latest(place()), second);
    // Killed before the first record.
    const auto empty = RunFolder::create(place());
    QVERIFY(Journal::create(empty->journalPath()).isOk());
    QCOMPARE(Session::latest(place()), second);
    QCOMPARE(RunFolder::list(place()).first().id(), empty->id());
    QCOMPARE(Session::look(place(), empty->id())->phase, RunPhase::NotStarted);
    QCOMPARE(Session::resume(place(), empty->id(), factory({"a"})).error().code,
             ErrorCode(EngineError::NoSuchRun));
}

void tst_session::sortsRunsThoughTheClockWasSetBack()
{
    const QString future = "20991231T235959999Z-0123456789abcdef0123456789abcdef";
    QVERIFY(QDir().mkpath(place() + "/runs/" + future));
    const auto run = RunFolder::create(place());
    QVERIFY(run.isOk());
    QCOMPARE(RunFolder::list(place()).first().id(), run->id());
    QVERIFY(run->id().startsWith("21000101T000000000Z-"));
}

void tst_session::isAbandoned()
{
    QString id;
    {
        auto session = Session::begin(place(), Test::planOf({"a"}, m_diary));
        id = (*session)->id();
    }
    auto rollback = Session::begin(place(), Test::planOf({"back"}, m_diary));
    QCOMPARE(Session::abandon(place(), id, "Rolled back.").error().code.toString(),
             "LockError.Held");
    QVERIFY(Session::abandonOther(place(), id, "Rolled back.").isOk());
    QVERIFY(Session::abandonOther(place(), id, "Once more.").isOk());
    QCOMPARE(Session::look(place(), id)->phase, RunPhase::Abandoned);
    QCOMPARE(Session::look(place(), id)->reason, "Rolled back.");
    QVERIFY((*rollback)->abandon("Changed my mind.").isOk());
    const auto other = (*rollback)->id();
    *rollback = nullptr;
    QCOMPARE(Session::look(place(), other)->phase, RunPhase::Abandoned);
    QCOMPARE(Session::resume(place(), id, factory({"a"})).error().code,
             ErrorCode(EngineError::RunIsOver));
}

void tst_session::stopsWhenTheLockWasBroken()
{
    auto plan = Test::planOf({}, m_diary);
    Test::add(plan, "a", m_diary).doing([this](StepContext &) {
        QFile::remove(place() + "/lock");
        return Done{};
    });
    Test::add(plan, "b", m_diary);
    auto session = Session::begin(place(), std::move(plan));
    const auto end = (*session)->run(m_listener, m_requests);
    QCOMPARE(end.ending, Ending::Failed);
    QCOMPARE(end.error->code.toString(), "LockError.Lost");
    QCOMPARE(end.step, "b");
}

void tst_session::handsLinesToTheLog()
{
    QStringList lines;
    auto plan = Test::planOf({}, m_diary);
    Test::add(plan, "a", m_diary).doing([](StepContext &context) {
        context.log("hello");
        return Done{};
    });
    auto session =
        Session::begin(place(), std::move(plan), [&](const QString &line) { lines.append(line); });
    QVERIFY((*session)->run(m_listener, m_requests).isSuccess());
    QCOMPARE(lines, QStringList{"hello"});
}

void tst_session::refusesOddIds()
{
    for (const auto *id : {"", "..", "../runs", "x", "/etc"})
        QCOMPARE(Session::look(place(), id).error().code, ErrorCode(EngineError::NoSuchRun));
}

void tst_session::explainsItsErrors()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue.isOk());
    const auto type = QMetaEnum::fromType<EngineError>();
    for (int i = 0; i < type.keyCount(); ++i)
        QVERIFY2(catalogue->find(EngineError(type.value(i))), type.key(i));
}

QTEST_GUILESS_MAIN(tst_session)
#include "tst_session.moc"
