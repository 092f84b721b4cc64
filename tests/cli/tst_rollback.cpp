// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"
#include "support/smallfilesystem.h"
#include "support/treesnapshot.h"

#include <QProcess>
#include <QScopeGuard>
#include <QTest>

#include <csignal>

using namespace Banister;

/// Rollbacks of a site that people and cron jobs went on using.
class TestRollback : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void init();

    void keepsWhatWasChangedInUse();
    void goesOnWithoutAMailThatWasSentBeforeTheMove();
    void givesModesBack();
    void noticesALostFormerFile();
    void leavesTheSiteFreeWhenNothingWasChanged();
    void leavesTheWayOnOpenWhenTheWayBackIsDamaged();
    void leavesTheWayOnOpenWhenThePresentCannotBeKept();
    void bringsNoPartBackBetweenTwoVersions();
    void isNotSpoiltByVisitors();
    void letsNobodyElseIn();
    void findsTheRestorePointByAnotherPath();
    void recipeBringsTheSiteBackWithoutBanister();

private:
    CliRun rollBack() const { return runCli({"rollback", m_scene.site(), "--yes"}); }
    void stopInTheFirstMigrations();
    QString losePartOfTheDump() const;
    QStringList migrations() const
    {
        return m_scene.sql("SELECT version FROM migrations ORDER BY version");
    }
    /// Without what a run of Banister leaves.
    TreeSnapshot files() const;
    QString difference() const { return snapshotDifferences(m_before, files()).join('\n'); }

    UpgradeScene m_scene;
    TreeSnapshot m_before;
};

void TestRollback::init()
{
    QCOMPARE(m_scene.reset(), QString());
    m_before = files();
}

TreeSnapshot TestRollback::files() const
{
    auto snapshot = snapshotOf(m_scene.site());
    // The console of a check fills the cache.
    snapshot.removeIf([](const auto &entry) {
        return entry.key().startsWith(".banister") || entry.key().startsWith("app/cache")
               || entry.key() == "app" || entry.key().isEmpty();
    });
    return snapshot;
}

void TestRollback::stopInTheFirstMigrations()
{
    m_scene.reopenMigrations2();
    m_scene.beforePhp(atCalls(ConsoleCall::Migrate2, "exit 255"));
    const auto stopped = m_scene.upgrade();
    QVERIFY2(stopped.status == 1, stopped.told().constData());
    m_scene.plainPhp();
}

void TestRollback::keepsWhatWasChangedInUse()
{
    stopInTheFirstMigrations();
    const QByteArray removed = "media/images/custom/logo.png";
    const QByteArray edited = "themes/blank/custom.css";
    QVERIFY2(m_before.contains(removed) && m_before.contains(edited),
             qPrintable(QString::fromUtf8(m_before.keys().join('\n'))));
    QVERIFY(QFile::remove(m_scene.site(removed)));
    m_scene.write(m_scene.site(edited), "edited meanwhile");
    const auto rolledBack = rollBack();
    QVERIFY2(rolledBack.status == 0, rolledBack.told().constData());
    QVERIFY(!QFile::exists(m_scene.site(removed)));
    QCOMPARE(m_scene.read(m_scene.site(edited)), "edited meanwhile");
    const auto again = m_scene.upgrade();
    QVERIFY2(again.status == 0, again.told().constData());
}

void TestRollback::goesOnWithoutAMailThatWasSentBeforeTheMove()
{
    stopInTheFirstMigrations();
    const QByteArray removed = "app/spool/default/Xk2pQ7.message";
    QVERIFY(QFile::remove(m_scene.site(removed)));
    const auto finished = m_scene.retry();
    QVERIFY2(finished.status == 0, finished.told().constData());
    const auto rolledBack = rollBack();
    QVERIFY2(rolledBack.status == 0, rolledBack.told().constData());
    QVERIFY(!QFile::exists(m_scene.site(removed)));
    m_before.remove(removed);
    QCOMPARE(difference(), QString());
}

void TestRollback::givesModesBack()
{
    const auto migrationsBefore = migrations();
    const auto finished = m_scene.upgrade();
    QVERIFY2(finished.status == 0, finished.told().constData());
    QCOMPARE(m_scene.sh("chmod -R g+w '" + m_scene.site() + "'"), QString());
    const auto rolledBack = rollBack();
    QVERIFY2(rolledBack.status == 0, rolledBack.told().constData());
    QCOMPARE(difference(), QString());
    QCOMPARE(migrations(), migrationsBefore);
}

void TestRollback::noticesALostFormerFile()
{
    const auto finished = m_scene.upgrade();
    QVERIFY2(finished.status == 0, finished.told().constData());
    QCOMPARE(
        m_scene.sh("rm '" + m_scene.site() + "'/var/mautic-2-backup-files-*/site/app/version.txt"),
        QString());
    const auto rolledBack = rollBack();
    QVERIFY2(rolledBack.status == 1, rolledBack.told().constData());
    QVERIFY2(rolledBack.codes().contains("RestoreError.PointDamaged"),
             rolledBack.told().constData());
}

QString TestRollback::losePartOfTheDump() const
{
    return m_scene.sh("part=\"$(ls site-restore-points/*/database/20-*.zst | head -n 1)\""
                      " && mv \"$part\" \"${part%/*}/../away\"");
}

void TestRollback::leavesTheSiteFreeWhenNothingWasChanged()
{
    stopInTheFirstMigrations();
    QCOMPARE(losePartOfTheDump(), QString());
    const auto failed = rollBack();
    QVERIFY2(failed.status == 1, failed.told().constData());
    const auto again = m_scene.upgrade();
    QVERIFY2(again.status == 1, again.told().constData());
    QCOMPARE(again.codes(), QStringList{"AssistantError.RunUnfinished"});
    const auto finished = m_scene.retry();
    QVERIFY2(finished.status == 0, finished.told().constData());
}

void TestRollback::leavesTheWayOnOpenWhenTheWayBackIsDamaged()
{
    m_scene.beforePhp(atCalls(ConsoleCall::Migrate3, "exit 255"));
    const auto stopped = m_scene.upgrade();
    QVERIFY2(stopped.status == 1, stopped.told().constData());
    m_scene.plainPhp();
    QCOMPARE(losePartOfTheDump(), QString());
    for (int tries = 0; tries < 2; ++tries) {
        const auto failed = rollBack();
        QVERIFY2(failed.codes().contains("DatabaseError.DumpIncomplete"),
                 failed.told().constData());
    }
    const auto held = m_scene.upgrade();
    QCOMPARE(held.codes(), QStringList{"AssistantError.RunUnfinished"});
    const auto problem = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestRollback::leavesTheWayOnOpenWhenThePresentCannotBeKept()
{
    m_scene.beforePhp(atCalls(ConsoleCall::Migrate3, "exit 255"));
    const auto stopped = m_scene.upgrade();
    QVERIFY2(stopped.status == 1, stopped.told().constData());
    m_scene.plainPhp();
    SmallFileSystem disk(64 * 1024);
    const auto failed = runCli({"rollback", m_scene.site(), "--yes", "--backup-dir", disk.path()});
    QVERIFY2(failed.status == 1, failed.told().constData());
    QCOMPARE(failed.lastStep(), "rollbackSafetyPoint");
    const auto held = m_scene.upgrade();
    QCOMPARE(held.codes(), QStringList{"AssistantError.RunUnfinished"});
    const auto problem = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestRollback::bringsNoPartBackBetweenTwoVersions()
{
    stopInTheFirstMigrations();
    for (const auto &part : {QStringList{"--path", "media"}, QStringList{"--only", "database"}}) {
        const auto refused = runCli(QStringList{"rollback", m_scene.site(), "--yes"} + part);
        QVERIFY2(refused.status == 1, refused.told().constData());
        QCOMPARE(refused.codes(), QStringList{"AssistantError.RunUnfinished"});
    }
    const auto finished = m_scene.retry();
    QVERIFY2(finished.status == 0, finished.told().constData());
}

void TestRollback::isNotSpoiltByVisitors()
{
    m_scene.write(m_scene.site("app/logs/mautic_prod.log"), "begin\n");
    m_scene.remember();
    const auto upgraded = m_scene.upgrade();
    QVERIFY2(upgraded.status == 0, upgraded.told().constData());
    // A log that grows, and a cache that comes and goes, all the time.
    QProcess visitors;
    visitors.start("sh",
                   {"-c",
                    "cd \"$1\"; while :; do [ -f app/logs/mautic_prod.log ] && echo visit >> "
                    "app/logs/mautic_prod.log; [ -d app/cache ] && : > app/cache/visit && rm -f "
                    "app/cache/visit; done 2> /dev/null",
                    "sh",
                    m_scene.site()});
    QVERIFY(visitors.waitForStarted());
    const auto run = runCli({"rollback", m_scene.site(), "--yes"});
    visitors.kill();
    visitors.waitForFinished();
    QVERIFY2(run.status == 0, run.told().constData());
    QVERIFY(m_scene.read(m_scene.site("app/logs/mautic_prod.log")).startsWith("begin\nvisit\n"));
    m_scene.forget("app/logs/mautic_prod.log");
    const auto problem = m_scene.problemOfFiles();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestRollback::letsNobodyElseIn()
{
    const auto upgraded = m_scene.upgrade();
    QVERIFY2(upgraded.status == 0, upgraded.told().constData());
    QProcess first;
    startCli(first, {"rollback", m_scene.site(), "--yes"});
    QVERIFY(first.waitForStarted());
    const auto begun = [this] {
        return m_scene.sh("grep -q rollbackSafetyPoint site/.banister/runs/*/journal.jsonl");
    };
    QTRY_COMPARE(begun(), QString());
    const auto goOn = qScopeGuard([&] { ::kill(pid_t(first.processId()), SIGCONT); });
    QCOMPARE(::kill(pid_t(first.processId()), SIGSTOP), 0);
    const QList<QStringList> others{{"rollback", m_scene.site(), "--yes"},
                                    {"restore-points", m_scene.site(), "--make", "--yes"},
                                    {"retry", m_scene.site()},
                                    m_scene.upgradeArguments()};
    for (const auto &arguments : others) {
        const auto refused = runCli(arguments);
        QVERIFY2(refused.status == 5, refused.told().constData());
        QCOMPARE(refused.codes(), QStringList{"LockError.Held"});
    }
    QCOMPARE(::kill(pid_t(first.processId()), SIGCONT), 0);
    const auto rolledBack = finishCli(first);
    QVERIFY2(rolledBack.status == 0, rolledBack.told().constData());
    const auto problem = m_scene.problemOfFiles();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestRollback::findsTheRestorePointByAnotherPath()
{
    const auto backups = m_scene.folder("backups");
    const auto finished = m_scene.upgrade({"--backup-dir", backups});
    QVERIFY2(finished.status == 0, finished.told().constData());
    QVERIFY(QFile::link(m_scene.site(), m_scene.folder("htdocs")));
    const auto rolledBack = runCli({"rollback", m_scene.folder("htdocs"), "--yes"});
    QVERIFY2(rolledBack.status == 0, rolledBack.told().constData());
    QCOMPARE(difference(), QString());
}

// The indented lines of RESTORE.txt, as they stand there.
void TestRollback::recipeBringsTheSiteBackWithoutBanister()
{
    const auto before = m_scene.tableSums();
    QVERIFY(before.size() > 30);
    const auto finished = m_scene.upgrade();
    QVERIFY2(finished.status == 0, finished.told().constData());
    QVERIFY(m_scene.tableSums() != before);
    const auto &database = m_scene.practice().database;
    m_scene.write(m_scene.folder("password"), database.password.toUtf8() + '\n');
    for (int tries = 0; tries < 2; ++tries) {
        // stty finds no terminal here.
        QCOMPARE(m_scene.sh("sed -n 's/^   //p' site-restore-points/*/RESTORE.txt > commands"
                            " && sed -i 's/stty -echo; //; s/stty echo; //' commands"
                            " && sh -e commands < password"),
                 QString());
        QCOMPARE(difference(), QString());
        const auto now = m_scene.tableSums();
        for (const auto &table : before)
            QVERIFY2(now.contains(table), qPrintable(table));
    }
}

BANISTER_TEST_MAIN_WITH_MOUNTS(TestRollback)
#include "tst_rollback.moc"
