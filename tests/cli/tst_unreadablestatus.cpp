// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"

#include <QDir>
#include <QTest>

#include <unistd.h>

namespace Banister {

/// A run stands half-way, but what Banister noted of it cannot be read: nothing is told that is not
/// known, and nothing begins.
class TestUnreadableStatus : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void otherUserIsTold_data();
    void otherUserIsTold();
    void damagedJournalIsTold_data();
    void damagedJournalIsTold();
    void namedRestorePointLeadsBackFromDamage();

private:
    static void addCommands(const QStringList &commands);
    QStringList argumentsOf(const QString &command) const;
    CliRun runAsOther(const QStringList &arguments);

    UpgradeScene m_scene;
};

void TestUnreadableStatus::initTestCase()
{
    QCOMPARE(m_scene.build(), QString());
    QCOMPARE(m_scene.sh(QStringLiteral("chmod 755 .. . site && cp '%1' cli").arg(BANISTER_CLI)),
             QString());
}

void TestUnreadableStatus::init()
{
    QCOMPARE(m_scene.sh("[ ! -e site/.banister ] || chmod 700 site/.banister"), QString());
    if (runCli({"status", m_scene.site()}).lines.value(0)["state"].toString() == "stopped")
        return;
    QCOMPARE(m_scene.reset(), QString());
    m_scene.phpOptions("-d memory_limit=8M",
                       "case \"$*\" in *bin/console*) true ;; *) false ;; esac");
    const auto failed = m_scene.upgrade();
    QVERIFY2(failed.status == 1, failed.told().constData());
    QCOMPARE(runCli({"status", m_scene.site()}).lines.value(0)["state"].toString(), "stopped");
}

void TestUnreadableStatus::addCommands(const QStringList &commands)
{
    QTest::addColumn<QString>("command");

    for (const auto &command : commands)
        QTest::newRow(qPrintable(command)) << command;
}

QStringList TestUnreadableStatus::argumentsOf(const QString &command) const
{
    if (command == "upgrade")
        return m_scene.upgradeArguments();
    QStringList arguments{command, m_scene.site()};
    if (command == "rollback")
        arguments.append("--yes");
    return arguments;
}

CliRun TestUnreadableStatus::runAsOther(const QStringList &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    auto words = QStringList{m_scene.folder("cli")} + arguments + QStringList{"--json"};
    if (::geteuid() == 0)
        words = QStringList{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"} + words;
    process.start(words.first(), words.mid(1));
    return finishCli(process);
}

void TestUnreadableStatus::otherUserIsTold_data()
{
    addCommands({"status", "restore-points", "verify", "rollback", "resume", "retry", "upgrade"});
}

void TestUnreadableStatus::otherUserIsTold()
{
    QFETCH(QString, command);
    const bool isRoot = ::geteuid() == 0;
    if (!isRoot)
        QCOMPARE(m_scene.sh("chmod 000 site/.banister"), QString());
    const auto run = runAsOther(argumentsOf(command));
    QCOMPARE(m_scene.sh("chmod 700 site/.banister"), QString());
    QVERIFY2(run.status == 1, run.told().constData());
    QCOMPARE(run.codes(), QStringList{"AssistantError.StatusUnreadable"});
    QVERIFY2(run.facts().contains(m_scene.site(".banister")), run.told().constData());
    if (isRoot)
        QVERIFY2(run.facts().contains("another user (root)"), run.told().constData());
    QCOMPARE(run.lastStep(), QString());
    QCOMPARE(runCli({"status", m_scene.site()}).lines.value(0)["state"].toString(), "stopped");
}

void TestUnreadableStatus::damagedJournalIsTold_data()
{
    addCommands({"status", "rollback", "resume", "retry", "upgrade"});
}

void TestUnreadableStatus::damagedJournalIsTold()
{
    QFETCH(QString, command);
    QCOMPARE(m_scene.sh("cp -a site/.banister/runs kept && "
                        "sed -i '2s/./x/' site/.banister/runs/*/journal*"),
             QString());
    const auto run = runCli(argumentsOf(command));
    QCOMPARE(m_scene.sh("rm -r site/.banister/runs && mv kept site/.banister/runs"), QString());
    QVERIFY2(run.status == 1, run.told().constData());
    QCOMPARE(run.codes(), QStringList{"JournalError.Damaged"});
    QCOMPARE(run.lastStep(), QString());
    QCOMPARE(runCli({"status", m_scene.site()}).lines.value(0)["state"].toString(), "stopped");
}

void TestUnreadableStatus::namedRestorePointLeadsBackFromDamage()
{
    const auto points = QDir(m_scene.points()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(points.size(), 1);
    QCOMPARE(m_scene.sh("sed -i '2s/./x/' site/.banister/runs/*/journal*"), QString());
    QCOMPARE(runCli({"restore-points", m_scene.site()}).status, 0);
    QCOMPARE(runCli({"verify", m_scene.site()}).status, 0);
    const auto back = runCli({"rollback", m_scene.site(), "--to", points.first(), "--yes"});
    QVERIFY2(back.status == 0, back.told().constData());
    QCOMPARE(m_scene.problemOfFiles(), QString());
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestUnreadableStatus)
#include "tst_unreadablestatus.moc"
