// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"

#include <QTest>

#include <csignal>

namespace Banister {

/// What a run does when its terminal, its reader or a person tells it to stop.
class TestSignals : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void init() { QCOMPARE(m_scene.reset(), QString()); }

    void signalStopsTheRunInOrder_data();
    void signalStopsTheRunInOrder();
    void nohupKeepsTheRunGoing();
    void closedPipeDoesNotStopTheRun();
    void followingEndsWithItsReader();

private:
    UpgradeScene m_scene;
};

void TestSignals::signalStopsTheRunInOrder_data()
{
    QTest::addColumn<int>("number");

    QTest::newRow("SIGHUP") << SIGHUP;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestSignals::signalStopsTheRunInOrder()
{
    QFETCH(int, number);
    m_scene.holdPhp();
    QProcess upgrade;
    startCli(upgrade, m_scene.upgradeArguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_scene.isPhpHeld(), 30'000);
    QCOMPARE(::kill(pid_t(upgrade.processId()), number), 0);
    m_scene.letPhpGo();
    const auto stopped = finishCli(upgrade);
    QVERIFY2(stopped.status == 130, stopped.told().constData());
    QCOMPARE(stopped.lines.last()["event"].toString(), "runEnded");
    QCOMPARE(stopped.lines.last()["ending"].toString(), "cancelled");
    QVERIFY(!QFile::exists(m_scene.site(".banister/lock")));
    QCOMPARE(runCli({"status", m_scene.site()}).lines.value(0)["state"].toString(), "stopped");
    m_scene.plainPhp();
    const auto problem = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestSignals::nohupKeepsTheRunGoing()
{
    m_scene.holdPhp();
    QProcess upgrade;
    upgrade.setChildProcessModifier([] { std::signal(SIGHUP, SIG_IGN); });
    startCli(upgrade, m_scene.upgradeArguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_scene.isPhpHeld(), 30'000);
    QCOMPARE(::kill(pid_t(upgrade.processId()), SIGHUP), 0);
    m_scene.letPhpGo();
    const auto problem = m_scene.problemOfFinished(finishCli(upgrade));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestSignals::closedPipeDoesNotStopTheRun()
{
    QProcess reader;
    QProcess upgrade;
    upgrade.setStandardOutputProcess(&reader);
    startCli(upgrade, m_scene.upgradeArguments());
    reader.start("head", {"-n1"});
    const auto problem = m_scene.problemOfFinished(finishCli(upgrade));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QVERIFY(reader.waitForFinished());
}

void TestSignals::followingEndsWithItsReader()
{
    m_scene.holdPhp();
    QProcess upgrade;
    startCli(upgrade, m_scene.upgradeArguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_scene.isPhpHeld(), 30'000);
    QProcess reader;
    QProcess follow;
    follow.setStandardOutputProcess(&reader);
    startCli(follow, {"log", m_scene.site(), "--follow"});
    reader.start("head", {"-n1"});
    m_scene.letPhpGo();
    QVERIFY(reader.waitForFinished());
    QCOMPARE(finishCli(upgrade).status, 0);
    QVERIFY(finishCli(follow).status != -1);
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestSignals)
#include "tst_signals.moc"
