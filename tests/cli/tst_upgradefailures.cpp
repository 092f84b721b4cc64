// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

namespace Banister {

/// Upgrades that cannot begin, or are held up by other runs.
class TestUpgradeFailures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void init() { QCOMPARE(m_scene.reset(), QString()); }

    void configurationIsUnreadable();
    void folderIsWrong();
    void siteIsUpgradedAlready();
    void otherRunHoldsTheSite_data();
    void otherRunHoldsTheSite();
    void killedRunIsTakenOver();
    void otherComputerHoldsTheSite();

private:
    void startHeldUp(QProcess &upgrade, const QString &call = ConsoleCall::Any);

    UpgradeScene m_scene;
};

void TestUpgradeFailures::startHeldUp(QProcess &upgrade, const QString &call)
{
    m_scene.holdPhp(call);
    startCli(upgrade, m_scene.upgradeArguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_scene.isPhpHeld(), 30'000);
}

void TestUpgradeFailures::configurationIsUnreadable()
{
    m_scene.write(m_scene.site("app/config/local.php"),
                  "<?php\n$parameters = array(\n  'a' => ,\n);\n");
    for (const auto *command : {"detect", "check", "upgrade"}) {
        const auto run = runCli({command, m_scene.site()});
        QVERIFY2(run.status == 1, run.told().constData());
        QCOMPARE(
            run.codes(),
            QStringList({"MauticSiteError.ConfigurationUnreadable", "PhpError.ArrayUnreadable"}));
        QVERIFY2(run.facts().contains("line 3"), run.told().constData());
    }
    QVERIFY(!QFile::exists(m_scene.site(".banister")));
    QCOMPARE(m_scene.sh("cp -p pristine/app/config/local.php site/app/config/"), QString());
    QCOMPARE(runCli({"detect", m_scene.site()}).status, 0);
}

void TestUpgradeFailures::folderIsWrong()
{
    const QStringList commands{"detect",
                               "check",
                               "plan",
                               "upgrade",
                               "status",
                               "resume",
                               "retry",
                               "restore-points",
                               "verify",
                               "rollback",
                               "log"};
    for (const auto &command : commands) {
        const auto run = runCli({command, m_scene.folder("nowhere")});
        const auto told = command.toUtf8() + run.told();
        QVERIFY2(run.status == 1, told.constData());
        QCOMPARE(run.codes(), QStringList{"AssistantError.NoSuchFolder"});
    }
    const auto other = runCli({"upgrade", m_scene.folder("outside"), "--yes"});
    QCOMPARE(other.status, 1);
    QCOMPARE(other.codes(), QStringList{"AssistantError.UnknownSite"});
    QCOMPARE(QDir(m_scene.folder("outside"))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{"not of the site.txt"});
}

void TestUpgradeFailures::siteIsUpgradedAlready()
{
    const auto problem = m_scene.problemOfFinished(m_scene.upgrade());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto second = m_scene.upgrade();
    QVERIFY2(second.status == 3, second.told().constData());
    QCOMPARE(second.failedChecks(), QStringList{"version"});
    QCOMPARE(second.warnedChecks(), QStringList());
    QCOMPARE(second.lastStep(), QString());
    const auto retried = m_scene.retry();
    QVERIFY2(retried.status == 1, retried.told().constData());
    QCOMPARE(retried.codes(), QStringList{"AssistantError.NothingToDo"});
}

void TestUpgradeFailures::otherRunHoldsTheSite_data()
{
    QTest::addColumn<QString>("call");
    QTest::newRow("before anything has moved") << ConsoleCall::Any;
    QTest::newRow("when it is Mautic 3 already") << ConsoleCall::Migrate3;
}

void TestUpgradeFailures::otherRunHoldsTheSite()
{
    QFETCH(const QString, call);
    QProcess first;
    startHeldUp(first, call);
    for (const auto &arguments : {m_scene.upgradeArguments(),
                                  m_scene.upgradeArguments({"--break-lock"}),
                                  QStringList{"retry", m_scene.site()},
                                  QStringList{"resume", m_scene.site(), "--break-lock"}}) {
        const auto second = runCli(arguments);
        QVERIFY2(second.status == 5, second.told().constData());
        QCOMPARE(second.codes(), QStringList{"LockError.Held"});
        QVERIFY(second.facts().contains(QString::number(first.processId())));
        QCOMPARE(second.lastStep(), QString());
    }
    QCOMPARE(runCli({"status", m_scene.site()}).lines.value(0)["state"].toString(), "running");
    m_scene.letPhpGo();
    const auto problem = m_scene.problemOfFinished(finishCli(first));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

// The lock of a process of this computer that is dead needs nobody's leave.
void TestUpgradeFailures::killedRunIsTakenOver()
{
    QProcess first;
    startHeldUp(first);
    QCOMPARE(::kill(pid_t(first.processId()), SIGKILL), 0);
    m_scene.letPhpGo();
    finishCli(first);
    QVERIFY(QFile::exists(m_scene.site(".banister/lock")));
    QCOMPARE(runCli({"status", m_scene.site()}).lines.value(0)["state"].toString(), "stopped");
    const auto problem = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestUpgradeFailures::otherComputerHoldsTheSite()
{
    const auto lock = R"({"host": "web-elsewhere", "machine": "another", "boot": "another",
        "process": 4711, "processStart": 1, "program": "banister-cli", "user": "ada",
        "purpose": "upgrade", "since": "2026-01-02T03:04:05.000Z", "token": "0123456789"})";
    QVERIFY(QDir().mkpath(m_scene.site(".banister")));
    m_scene.write(m_scene.site(".banister/lock"), QByteArray(lock).replace('\n', ' '));
    const auto refused = m_scene.upgrade();
    QVERIFY2(refused.status == 5, refused.told().constData());
    QCOMPARE(refused.codes(), QStringList{"LockError.HeldElsewhere"});
    QVERIFY(refused.err.contains("--break-lock"));
    QCOMPARE(refused.lastStep(), QString());
    const auto broken = m_scene.upgrade({"--break-lock"});
    QVERIFY2(broken.err.contains("user ada") && broken.err.contains("web-elsewhere"),
             broken.err.constData());
    const auto problem = m_scene.problemOfFinished(broken);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestUpgradeFailures)
#include "tst_upgradefailures.moc"
