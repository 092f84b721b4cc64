// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/killablesite.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace Banister;

/// Ways back from an upgrade that was killed, where there is more than one, or none.
class TestUnfinishedUpgrade : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void checkFillsTheCacheOnly();
    void isGivenUpBeforeItsRestorePoint();
    void isNotRolledBackFurtherThanItsBeginning();
    void isNotGivenUpOnceItHasChangedTheSite();
    void rollbackFindsWhatAnotherLeft();

private:
    bool killUpgrade(int record) const
    {
        return m_site.kill({Kill::Program::Upgrade, Kill::Moment::AfterRecord, record}).wasKilled;
    }
    /// The number of the first record that begins or announces something of a step.
    int recordOf(const QString &step, const QString &kind) const;
    QStringList restorePoints() const
    {
        return QDir(m_site.fixture().site().pointsPath())
            .entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    }

    KillableSite m_site;
};

void TestUnfinishedUpgrade::initTestCase()
{
    auto problem = m_site.build(KillableSite::Migrations::Few);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    problem = m_site.measure();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestUnfinishedUpgrade::init()
{
    QCOMPARE(m_site.putBack(), QString());
}

int TestUnfinishedUpgrade::recordOf(const QString &step, const QString &kind) const
{
    const auto &records = m_site.records();
    const auto found = std::find_if(records.begin(), records.end(), [&](const QJsonObject &record) {
        return record["step"] == step && record["record"] == kind;
    });
    return int(found - records.begin()) + 1;
}

void TestUnfinishedUpgrade::checkFillsTheCacheOnly()
{
    const auto removed = runProgram("rm", {"-rf", "--", m_site.fixture().path("app/cache/prod")});
    QCOMPARE(removed.status, 0);
    const auto &site = m_site.fixture().site();
    const auto files = snapshotOf(site.sitePath());
    const auto database = m_site.dump();
    const auto checked = runBanister({"check",
                                      site.sitePath(),
                                      "--package",
                                      site.packagePath,
                                      "--original-package",
                                      site.originalPackagePath,
                                      "--accept-all-warnings"});
    QVERIFY2(checked.status == 0, qPrintable(checked.told()));
    // Its console does that, as the next visitor would; the site is never upgraded without it.
    auto now = snapshotOf(site.sitePath());
    QVERIFY(now.contains("app/cache/prod"));
    now.removeIf([](TreeSnapshot::iterator it) { return it.key().startsWith("app/cache/prod"); });
    now["app/cache"].modifiedNs = files["app/cache"].modifiedNs;
    QCOMPARE(snapshotDifferences(files, now).join('\n'), QString());
    QCOMPARE(m_site.dump(), database);
}

void TestUnfinishedUpgrade::isGivenUpBeforeItsRestorePoint()
{
    const auto record = recordOf("backupDatabase", "intention");
    QVERIFY(killUpgrade(record));
    // What a restore point is made of comes before its manifest.
    const auto half = m_site.lastRecord()["change"].toObject()["restorePoint"].toString();
    QVERIFY(QDir().mkpath(half + "/database"));
    const auto rolledBack = m_site.rollBack();
    QVERIFY2(rolledBack.status == 4, qPrintable(rolledBack.told()));
    QVERIFY2(rolledBack.output.contains("is given up"), qPrintable(rolledBack.told()));
    QCOMPARE(m_site.differenceFromStart(), QString());
    QCOMPARE(m_site.logProblem(), QString());
    QVERIFY(!QFileInfo::exists(half));

    const auto resumed = m_site.resume();
    QVERIFY2(resumed.output.contains("AssistantError.NothingToDo"), qPrintable(resumed.told()));
    const auto upgraded = m_site.upgrade();
    QVERIFY2(upgraded.status == 0, qPrintable(upgraded.told()));
    QCOMPARE(m_site.differenceFromEnd(), QString());
}

void TestUnfinishedUpgrade::isNotRolledBackFurtherThanItsBeginning()
{
    QCOMPARE(m_site.upgrade().status, 0);
    QCOMPARE(m_site.rollBack().status, 0);
    QCOMPARE(restorePoints().size(), 2);
    m_site.fixture().sql("INSERT INTO categories SET is_published = 1, title = 'new since', "
                         "alias = 'new', bundle = 'page'");
    const auto database = m_site.dump();
    QVERIFY(killUpgrade(recordOf("backupDatabase", "intention")));
    const auto rolledBack = m_site.rollBack();
    QVERIFY2(rolledBack.status == 4, qPrintable(rolledBack.told()));
    QCOMPARE(m_site.dump(), database);

    // Who names the older restore point gets what is left of it: its files are in the site already.
    const auto older = runBanister({"rollback",
                                    m_site.fixture().site().sitePath(),
                                    "--yes",
                                    "--only",
                                    "database",
                                    "--to",
                                    restorePoints().value(0)});
    QVERIFY2(older.status == 0, qPrintable(older.told()));
    QCOMPARE(m_site.differenceFromStart(), QString());
}

void TestUnfinishedUpgrade::isNotGivenUpOnceItHasChangedTheSite()
{
    QVERIFY(killUpgrade(recordOf("fetchUpdates", "stepStarted")));
    // Somebody has moved the restore point away, and with it the way back.
    const auto points = m_site.fixture().site().pointsPath();
    const auto elsewhere = m_site.fixture().site().folder + "/elsewhere";
    QVERIFY(QDir().rename(points, elsewhere));
    auto rolledBack = m_site.rollBack();
    QVERIFY2(rolledBack.status == 4, qPrintable(rolledBack.told()));
    QVERIFY2(!rolledBack.output.contains("is given up"), qPrintable(rolledBack.told()));

    QVERIFY(QDir().rename(elsewhere, points));
    rolledBack = m_site.rollBack();
    QVERIFY2(rolledBack.status == 0, qPrintable(rolledBack.told()));
    QCOMPARE(m_site.differenceFromStart(), QString());
}

void TestUnfinishedUpgrade::rollbackFindsWhatAnotherLeft()
{
    QVERIFY(killUpgrade(recordOf("applyMigrations", "stepStarted")));
    // Half of the former files are back, the others where the rollback holds them.
    const Kill kill{Kill::Program::Rollback,
                    Kill::Moment::BeforeCall,
                    m_site.rollbackCalls()["renameat2"] - 24,
                    "renameat2"};
    QVERIFY(m_site.kill(kill).wasKilled);
    QVERIFY(!QFileInfo::exists(m_site.fixture().path("app/config/local.php")));
    const auto again = runBanister({"rollback",
                                    m_site.fixture().site().sitePath(),
                                    "--yes",
                                    "--to",
                                    restorePoints().value(0)});
    QVERIFY2(again.status == 0, qPrintable(again.told()));
    QCOMPARE(m_site.differenceFromStart(), QString());
}

QTEST_GUILESS_MAIN(TestUnfinishedUpgrade)
#include "tst_unfinishedupgrade.moc"
