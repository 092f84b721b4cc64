// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"
#include "support/smallfilesystem.h"
#include "support/treesnapshot.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

using namespace Banister;

/// Restore points as things of their own: made by hand, gone back to, named, kept, moved, removed.
class TestRestorePoints : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void init() { QCOMPARE(m_scene.reset(), QString()); }

    void oneMadeByHandBringsTheSiteBackAgainAndAgain();
    void oneMadeAfterAnUpgradeLeavesTheUpgradesFiles();
    void isMadeOnlyWhereItFitsAndNobodyElseWorks();
    void namesAndFreezes();
    void movesAndIsStillFound();
    void removesWithoutHarmToOthers();

private:
    TreeSnapshot files() const;
    QString difference(const TreeSnapshot &files, const QStringList &tables) const;
    CliRun points(const QStringList &more = {}) const
    {
        return runCli(QStringList{"restore-points", m_scene.site(), "--yes"} + more);
    }
    CliRun rollBack(const QString &id) const
    {
        return runCli({"rollback", m_scene.site(), "--yes", "--to", id});
    }
    QString make(const QString &name);
    QJsonObject listed(const QString &id) const;
    QString damage() const;

    UpgradeScene m_scene;
};

TreeSnapshot TestRestorePoints::files() const
{
    auto snapshot = snapshotOf(m_scene.site());
    snapshot.removeIf([](const auto &entry) {
        const auto &path = entry.key();
        // Consoles fill caches; other restore points have files in Banister's folders.
        return path.startsWith(".banister") || path.startsWith("var/mautic-2-backup-files")
               || path.startsWith("app/cache") || path == "app" || path.startsWith("var/cache")
               || path == "var" || path.isEmpty();
    });
    return snapshot;
}

QString TestRestorePoints::difference(const TreeSnapshot &files, const QStringList &tables) const
{
    auto lines = snapshotDifferences(files, this->files());
    if (tables != m_scene.tableSums())
        lines.append("tables");
    return lines.join('\n');
}

QString TestRestorePoints::make(const QString &name)
{
    const auto run = points({"--make", "--name", name});
    if (run.status != 0)
        qWarning("%s", run.told().constData());
    return run.lines.value(0)["restorePoint"].toObject()["id"].toString();
}

QJsonObject TestRestorePoints::listed(const QString &id) const
{
    const auto run = points();
    const auto found = run.lines.value(0)["restorePoints"].toArray();
    for (const auto &point : found) {
        if (point.toObject()["id"].toString() == id)
            return point.toObject();
    }
    return {};
}

/// What people do to a site.
QString TestRestorePoints::damage() const
{
    m_scene.sql("DELETE FROM leads LIMIT 3");
    m_scene.sql("CREATE TABLE added (id INT PRIMARY KEY)");
    return m_scene.sh("cd site && echo x >> index.php && rm -rf themes && mkdir -p media/new "
                      "&& chmod 700 media && rm app/config/local.php.bak || true");
}

void TestRestorePoints::oneMadeByHandBringsTheSiteBackAgainAndAgain()
{
    const auto filesBefore = files();
    const auto tablesBefore = m_scene.tableSums();
    const auto id = make("Vor dem Umbau");
    QVERIFY(!id.isEmpty());
    QCOMPARE(difference(filesBefore, tablesBefore), QString());
    const auto point = listed(id);
    QCOMPARE(point["origin"].toString(), "person");
    QCOMPARE(point["name"].toString(), "Vor dem Umbau");
    for (int use = 0; use < 2; ++use) {
        QCOMPARE(damage(), QString());
        auto run = rollBack(id);
        QVERIFY2(run.status == 0, run.told().constData());
        QCOMPARE(difference(filesBefore, tablesBefore), QString());
        QVERIFY(listed(id)["used"].toString().isEmpty());
        run = runCli({"verify", m_scene.site(), "--to", id});
        QVERIFY2(run.status == 0, run.told().constData());
    }
}

void TestRestorePoints::oneMadeAfterAnUpgradeLeavesTheUpgradesFiles()
{
    const auto filesOf2 = files();
    const auto tablesOf2 = m_scene.tableSums();
    auto run = m_scene.upgrade();
    QVERIFY2(run.status == 0, run.told().constData());
    const auto upgrades = points().lines.value(0)["restorePoints"].toArray().first();
    const auto filesOf3 = files();
    const auto tablesOf3 = m_scene.tableSums();
    const auto id = make({});
    QVERIFY(!id.isEmpty());
    QVERIFY(QDir(m_scene.points(id + "/files/var"))
                .entryList({"mautic-2-backup-files-*"}, QDir::Dirs)
                .size()
            == 1);
    QCOMPARE(m_scene.sh("cd site-restore-points/" + id
                        + "/files/var && ! ls -d mautic-2-backup-files-*/site 2>/dev/null"),
             QString());
    QCOMPARE(damage(), QString());
    run = rollBack(id);
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(filesOf3, tablesOf3), QString());

    run = rollBack(upgrades.toObject()["id"].toString());
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(filesOf2, tablesOf2), QString());
    run = rollBack(id);
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(filesOf3, tablesOf3), QString());
}

void TestRestorePoints::isMadeOnlyWhereItFitsAndNobodyElseWorks()
{
    SmallFileSystem disk(64 * 1024);
    auto run = points({"--make", "--backup-dir", disk.path()});
    QVERIFY2(run.status == 1, run.told().constData());
    QCOMPARE(run.codes(), QStringList{"RestoreError.NotEnoughSpace"});
    QVERIFY(QDir(disk.path()).isEmpty());
    QVERIFY(!QFileInfo::exists(m_scene.site(".banister")));

    m_scene.holdPhp();
    QProcess upgrade;
    startCli(upgrade, m_scene.upgradeArguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_scene.isPhpHeld(), 30'000);
    run = points({"--make"});
    QVERIFY2(run.status == 5, run.told().constData());
    upgrade.kill();
    upgrade.waitForFinished();
    m_scene.letPhpGo();
    m_scene.plainPhp();
    run = points({"--make"});
    QVERIFY2(run.status == 1, run.told().constData());
    QCOMPARE(run.codes(), QStringList{"AssistantError.RunUnfinished"});
}

void TestRestorePoints::namesAndFreezes()
{
    const auto oldest = make("first");
    const auto middle = make("second");
    const auto newest = make("third");
    auto run = points({"--rename", oldest, "--name", "Größe \"1\""});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(listed(oldest)["name"].toString(), "Größe \"1\"");
    QCOMPARE(points({"--rename", oldest}).status, 2);
    QCOMPARE(points({"--freeze", oldest, "--remove", oldest}).status, 2);
    run = points({"--freeze", oldest});
    QVERIFY2(run.status == 0, run.told().constData());
    run = points({"--remove", oldest});
    QCOMPARE(run.codes(), QStringList{"RestoreError.PointFrozen"});
    run = points({"--show", oldest});
    QVERIFY2(run.status == 0, run.told().constData());
    const auto shown = run.lines.value(0)["restorePoint"].toObject();
    QVERIFY(shown["usable"].toBool() && shown["frozen"].toBool());
    QVERIFY(shown["bytes"].toInteger() > shown["fileBytes"].toInteger());

    run = points({"--keep", "1"});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(run.lines.value(0)["removed"].toArray(), QJsonArray{middle});
    QVERIFY(!QFileInfo::exists(m_scene.points(middle)));
    QVERIFY(!listed(newest).isEmpty());
    run = points({"--unfreeze", oldest});
    run = points({"--keep", "1"});
    QVERIFY2(run.status == 0, run.told().constData());
    QVERIFY(listed(oldest).isEmpty());
    QCOMPARE(points({"--remove", oldest}).status, 4);
}

void TestRestorePoints::movesAndIsStillFound()
{
    const auto filesBefore = files();
    const auto tablesBefore = m_scene.tableSums();
    const auto id = make("moved");
    QCOMPARE(m_scene.sh("rm -rf elsewhere && mkdir elsewhere"), QString());
    for (const auto &wrong : {m_scene.site("media"), m_scene.folder("no such")}) {
        const auto run = points({"--move", id, "--folder", wrong});
        QCOMPARE(run.codes(), QStringList{"RestoreError.FolderUnsuitable"});
    }
    auto run = points({"--move", id, "--folder", m_scene.folder("elsewhere")});
    QVERIFY2(run.status == 0, run.told().constData());
    const QDir links(m_scene.site(".banister/restore-points"));
    QVERIFY(QFileInfo(links.filePath(id)).isSymLink());
    QCOMPARE(links.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{id});
    QVERIFY(!QFileInfo::exists(m_scene.points()));
    const auto recipe = m_scene.read(m_scene.folder("elsewhere/" + id + "/RESTORE.txt"));
    QVERIFY(recipe.contains(m_scene.folder("elsewhere/" + id + "/database").toUtf8()));
    QVERIFY(!recipe.contains("restore-points/"));
    QCOMPARE(damage(), QString());
    run = rollBack(id);
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(filesBefore, tablesBefore), QString());

    QCOMPARE(m_scene.sh("mv elsewhere unmounted"), QString());
    run = points({"--show", id});
    QCOMPARE(run.codes(), QStringList{"RestoreError.NotReachable"});
    const auto leftover = points().lines.value(0)["leftovers"].toArray().first().toObject();
    QCOMPARE(leftover["kind"].toString(), "unreachable");
    QCOMPARE(m_scene.sh("mv unmounted elsewhere"), QString());

    const auto back = m_scene.points();
    QVERIFY(QDir().mkpath(back));
    run = points({"--move", id, "--folder", back});
    QVERIFY2(run.status == 0, run.told().constData());
    QVERIFY(!QFileInfo(back + '/' + id).isSymLink());
    QVERIFY(!QFileInfo(links.filePath(id)).isSymLink());
    QVERIFY(QDir(m_scene.folder("elsewhere")).isEmpty());
    run = runCli({"verify", m_scene.site(), "--to", id});
    QVERIFY2(run.status == 0, run.told().constData());
}

void TestRestorePoints::removesWithoutHarmToOthers()
{
    auto run = m_scene.upgrade();
    QVERIFY2(run.status == 0, run.told().constData());
    const auto upgrades =
        points().lines.value(0)["restorePoints"].toArray().first()["id"].toString();
    const auto byHand = make({});
    run = rollBack(byHand); // its safety point has the upgrade's files in what was replaced
    QVERIFY2(run.status == 0, run.told().constData());
    const auto safety = points().lines.value(0)["restorePoints"].toArray().first()["id"].toString();
    QCOMPARE(listed(safety)["origin"].toString(), "rollback");

    // A removal that was stopped half-way is ended by the next call.
    QCOMPARE(m_scene.sh("cd site-restore-points && mv " + byHand + " .removed-" + byHand
                        + " && rm -r .removed-" + byHand + "/files/app"),
             QString());
    QCOMPARE(points().lines.value(0)["leftovers"].toArray().first()["kind"].toString(), "removed");
    run = points({"--remove", safety});
    QVERIFY2(run.status == 0, run.told().constData());
    QVERIFY(run.lines.value(0)["freedBytes"].toInteger() > 100'000);
    QCOMPARE(QDir(m_scene.points()).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{upgrades});
    QCOMPARE(m_scene.sh("cd site/.banister && ! ls -d rolled-back-*/replaced 2>/dev/null"),
             QString());

    run = runCli({"verify", m_scene.site(), "--to", upgrades});
    QVERIFY2(run.status == 0, run.told().constData());
    run = rollBack(upgrades);
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(m_scene.problemOfFiles(), QString());
}

BANISTER_TEST_MAIN_WITH_MOUNTS(TestRestorePoints)
#include "tst_restorepoints.moc"
