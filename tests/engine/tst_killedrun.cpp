// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session.h"
#include "support/fakesteps.h"
#include "support/reexecute.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Banister;
using Test::Diary;

/// A run in a process of its own that is killed at a journal record, each of them in turn.
class tst_killedrun : public QObject
{
    Q_OBJECT

private slots:
    void endsLikeAnUndisturbedOne_data();
    void endsLikeAnUndisturbedOne();
    void isKilledAgainAndAgain();
};

// Four steps, three intentions each, and one that failed once: a plan as they are.
static Plan makePlan(Diary &diary)
{
    Plan plan{"upgrade", "Killed", QJsonObject{{"number", 4}}, {}};
    for (const auto *code : {"one", "two", "three", "four"}) {
        const QString name = code;
        Test::add(plan, name, diary).doing([&diary, name](StepContext &context) -> Outcome {
            for (const auto *part : {"/x", "/y"}) {
                if (auto written = context.intend({{"write", name + part}}); !written)
                    return outcomeOf(written.failure());
                diary.write(name + part);
            }
            return Done{};
        });
    }
    return plan;
}

// What the command line does with "upgrade" and with "resume".
static int runInFolder(const QString &folder)
{
    const auto place = folder + "/banister";
    Diary diary(folder + "/diary");
    const auto latest = Session::latest(place);
    auto session =
        latest.isEmpty()
            ? Session::begin(place, makePlan(diary))
            : Session::resume(
                place, latest, [&diary](const QString &, const QJsonObject &) -> Result<Plan> {
                    return makePlan(diary);
                });
    if (session.isError() && session.error().code == ErrorCode(EngineError::RunIsOver))
        return 0;
    if (!session) {
        std::fputs(qPrintable(factsOf(session.error())), stderr);
        return 1;
    }
    RunListener listener;
    const RunRequests requests;
    return (*session)->run(listener, requests).isSuccess() ? 0 : 1;
}

static Test::ChildEnd runChild(const QString &folder, const QString &variable, int record)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.remove("BANISTER_TEST_KILL_BEFORE_RECORD");
    environment.remove("BANISTER_TEST_KILL_AFTER_RECORD");
    if (!variable.isEmpty())
        environment.insert(variable, QString::number(record));
    QProcess child;
    Test::startSelf(child, {"--run", folder}, environment);
    return Test::waitFor(child);
}

static QStringList undisturbed()
{
    QStringList lines;
    for (const auto *step : {"one", "two", "three", "four"})
        lines += {step, QString(step) + "/x", QString(step) + "/y"};
    return lines;
}

// Start and end of the run, and five records a step.
constexpr int recordsOfARun = 2 + 4 * 5;

static void compareEnd(const QString &folder)
{
    QCOMPARE(Diary(folder + "/diary").lines(), undisturbed());
    const auto place = folder + "/banister";
    const auto state = Session::look(place, Session::latest(place));
    QVERIFY(state.isOk());
    QCOMPARE(state->phase, RunPhase::Finished);
    for (const auto &step : state->steps) {
        QCOMPARE(step.state, StepState::Done);
        QVERIFY(step.tries >= 1);
        QVERIFY(step.intentions.size() >= 3);
    }
}

void tst_killedrun::endsLikeAnUndisturbedOne_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<int>("record");
    for (int record = 1; record <= recordsOfARun; ++record) {
        QTest::addRow("before record %d", record) << "BANISTER_TEST_KILL_BEFORE_RECORD" << record;
        QTest::addRow("after record %d", record) << "BANISTER_TEST_KILL_AFTER_RECORD" << record;
    }
}

void tst_killedrun::endsLikeAnUndisturbedOne()
{
    QFETCH(const QString, variable);
    QFETCH(const int, record);
    const QTemporaryDir folder;
    const auto killed = runChild(folder.path(), variable, record);
    QVERIFY2(killed.wasKilled, killed.output.constData());
    const auto place = folder.filePath("banister");
    QVERIFY(!RunLock::holder(place));
    if (const auto id = Session::latest(place); !id.isEmpty())
        QVERIFY(Session::look(place, id).isOk());
    const auto resumed = runChild(folder.path(), {}, 0);
    QVERIFY2(!resumed.wasKilled && resumed.exitCode == 0, resumed.output.constData());
    compareEnd(folder.path());
}

void tst_killedrun::isKilledAgainAndAgain()
{
    const QTemporaryDir folder;
    int kills = 0;
    // Each child lives for six records: resumed, and one step.
    while (runChild(folder.path(), "BANISTER_TEST_KILL_AFTER_RECORD", 6).wasKilled && kills < 100)
        ++kills;
    QVERIFY2(kills >= 3 && kills < 100, QByteArray::number(kills).constData());
    compareEnd(folder.path());
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--run")
        return runInFolder(arguments.value(2));
    tst_killedrun test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killedrun.moc"
