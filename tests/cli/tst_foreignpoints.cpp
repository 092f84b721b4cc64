// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/mauticscript.h"
#include "cli/upgradescene.h"
#include "support/smallfilesystem.h"
#include "support/treesnapshot.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

using namespace Banister;

using Stage = MauticScript::Stage;
Q_DECLARE_METATYPE(Stage)

/// What Mautic's own script left, wherever it came to: taken over, and gone back to.
class TestForeignPoints : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void cleanupTestCase() { QCOMPARE(m_scene.sh("rm -rf finished"), QString()); }
    void bringsTheFormerSiteBack_data();
    void bringsTheFormerSiteBack();
    void tellsWhatCannotBeProven();
    void worksWithoutADumpWhileTheDatabaseIsTheFormer();
    void refusesWhatIsNoWholeBackup_data();
    void refusesWhatIsNoWholeBackup();
    void leavesNothingWhereTheDiskIsFull();
    void endsWhatWasKilled();

private:
    struct State
    {
        TreeSnapshot files;
        QStringList tables;
        QByteArray database;
    };
    QString reset();
    /// The script has done all; no case that begins so has changed the database.
    QString finish();
    State state() const;
    QString difference(const State &before) const;
    QByteArray mariadbDump() const;
    TreeSnapshot left() const;
    CliRun points(const QStringList &more = {}) const
    {
        return runCli(QStringList{"restore-points", m_scene.site(), "--yes"} + more);
    }
    QJsonObject foreign() const
    {
        return points().lines.value(0)["foreign"].toArray().first().toObject();
    }

    UpgradeScene m_scene;
    MauticScript m_script{m_scene};
    bool m_isFinished = false; ///< a copy of the finished site can be used again
};

QString TestForeignPoints::reset()
{
    m_isFinished = false;
    if (auto problem = m_scene.reset(); !problem.isEmpty())
        return problem;
    m_scene.sql("DROP EVENT IF EXISTS foreign_event");
    m_scene.sql("DROP PROCEDURE IF EXISTS foreign_procedure");
    m_scene.sql("CREATE DEFINER=mautic@`127.0.0.1` EVENT foreign_event ON SCHEDULE EVERY 1 YEAR DO "
                "SET @x = 1");
    m_scene.sql("CREATE DEFINER=mautic@`127.0.0.1` PROCEDURE foreign_procedure() SELECT 1");
    // The script stops at the one, and follows the others out of the site.
    return m_scene.sh("cd site/media && rm files/dangling files/outside images/up");
}

QString TestForeignPoints::finish()
{
    if (m_isFinished)
        return m_scene.sh("rm -rf site site-restore-points && cp -a finished site");
    auto problem = reset();
    if (problem.isEmpty())
        problem = m_script.runUntil(Stage::Finished);
    m_isFinished = problem.isEmpty();
    return problem.isEmpty() ? m_scene.sh("rm -rf finished && cp -a site finished") : problem;
}

/// The witnesses: a walk of the tree, and mariadb-dump.
TestForeignPoints::State TestForeignPoints::state() const
{
    auto files = snapshotOf(m_scene.site(), SnapshotTimes::FilesOnly);
    files.removeIf([](const auto &entry) {
        const auto &path = entry.key();
        return path.isEmpty() || path.startsWith(".banister") || path.startsWith("upgrade_log")
               || path.startsWith("app/cache") || path.startsWith("app/logs");
    });
    return {files, m_scene.tableSums(), mariadbDump()};
}

QByteArray TestForeignPoints::mariadbDump() const
{
    const auto file = m_scene.folder("witness.sql");
    const auto &database = m_scene.practice().database;
    m_scene.sh(QString("MYSQL_PWD='%1' mariadb-dump --no-defaults --socket='%2' --user='%3' "
                       "--routines --events --skip-dump-date --hex-blob --order-by-primary %4 "
                       "> witness.sql")
                   .arg(database.password, database.socket, database.user, database.name));
    return m_scene.read(file);
}

QString TestForeignPoints::difference(const State &before) const
{
    const auto now = state();
    auto lines = snapshotDifferences(before.files, now.files);
    if (before.tables != now.tables)
        lines.append("tables");
    if (before.database != now.database)
        lines.append("mariadb-dump");
    return lines.join('\n');
}

/// What the script left, with all times.
TreeSnapshot TestForeignPoints::left() const
{
    auto all = snapshotOf(m_scene.site());
    all.removeIf([](const auto &entry) {
        return entry.key().isEmpty() || entry.key().startsWith(".banister");
    });
    return all;
}

void TestForeignPoints::bringsTheFormerSiteBack_data()
{
    QTest::addColumn<Stage>("stage");
    QTest::newRow("finished") << Stage::Finished;
    QTest::newRow("some user data") << Stage::SomeUserData;
    QTest::newRow("some moved") << Stage::SomeMoved;
    if (qEnvironmentVariableIsSet("BANISTER_KILL_ALL")) {
        QTest::newRow("not begun to move") << Stage::Dump;
        QTest::newRow("migrated") << Stage::Migrated;
        QTest::newRow("moved") << Stage::Moved;
        QTest::newRow("new tree") << Stage::NewTree;
        QTest::newRow("user data") << Stage::UserData;
    }
}

void TestForeignPoints::bringsTheFormerSiteBack()
{
    QFETCH(const Stage, stage);
    QCOMPARE(reset(), QString());
    const auto before = state();
    QCOMPARE(m_script.runUntil(stage), QString());
    const auto after = left();
    const auto afterwards = state();
    const auto listed = foreign();
    QVERIFY2(listed["usable"].toBool(),
             qPrintable(listed["problem"].toObject()["fact"].toString()));
    QCOMPARE(listed["version"].toString(), "2.16.5");
    QCOMPARE(listed["dump"].toString(), m_script.dump());

    auto run = runCli({"rollback", m_scene.site(), "--to", listed["name"].toString(), "--yes"});
    QCOMPARE(run.codes(), QStringList{"RestoreError.ForeignNotTaken"});
    run = points({"--import", listed["name"].toString()});
    QVERIFY2(run.status == 0, run.told().constData());
    const auto point = run.lines.last()["restorePoint"].toObject();
    const auto id = point["id"].toString();
    QCOMPARE(point["origin"].toString(), "foreign");
    QVERIFY(run.lines.last()["estimatedBytes"].toInteger() > point["fileBytes"].toInteger());
    QCOMPARE(snapshotDifferences(after, left()), QStringList());
    QCOMPARE(foreign()["takenAs"].toString(), id);
    run = runCli({"verify", m_scene.site(), "--to", id});
    QVERIFY2(run.status == 0, run.told().constData());

    run = runCli({"rollback", m_scene.site(), "--to", id, "--yes", "--php", m_scene.phpCommand()});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(before), QString());
    // The rollback can be rolled back as any other.
    if (stage != Stage::Finished)
        return;
    const auto all = points().lines.value(0)["restorePoints"].toArray();
    QString safety;
    for (const auto &one : all) {
        if (one.toObject()["origin"].toString() == "rollback")
            safety = one.toObject()["id"].toString();
    }
    run = runCli({"rollback", m_scene.site(), "--to", safety, "--yes"});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(afterwards), QString());
}

void TestForeignPoints::tellsWhatCannotBeProven()
{
    QCOMPARE(finish(), QString());
    m_isFinished = false;
    QCOMPARE(m_scene.sh("cd site && echo later > media/files/later.txt && echo other > "
                        "themes/practice/config.json && rm media/images/custom/logo.png"),
             QString());
    m_scene.sql("INSERT IGNORE INTO leads (id) VALUES (900001)");
    auto run = points({"--import", m_script.backup()});
    QVERIFY2(run.status == 0, run.told().constData());
    const auto point = run.lines.last()["restorePoint"].toObject();
    const auto id = point["id"].toString();
    QVERIFY(point["unproven"].toArray().size() >= 4);
    QVERIFY(run.err.contains("Cannot be proven"));
    run = points({"--show", id});
    QVERIFY(run.lines.value(0)["restorePoint"].toObject()["unproven"].toArray().size() >= 4);
    run = runCli({"rollback", m_scene.site(), "--to", id, "--preview"});
    QVERIFY2(run.status == 0, run.told().constData());
    QVERIFY(run.lines.value(0)["unproven"].toArray().size() >= 4);
    // What is user data comes as it is now; the row is told as lost.
    run = runCli({"rollback", m_scene.site(), "--to", id, "--yes"});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(m_scene.read(m_scene.site("media/files/later.txt")), "later\n");
    QCOMPARE(m_scene.read(m_scene.site("themes/practice/config.json")), "other\n");
    QVERIFY(!QFileInfo::exists(m_scene.site("media/images/custom/logo.png")));
    QCOMPARE(m_scene.sql("SELECT COUNT(*) FROM leads WHERE id = 900001").first(), "0");
    QVERIFY(!QFileInfo::exists(m_scene.site("bin")));
}

void TestForeignPoints::worksWithoutADumpWhileTheDatabaseIsTheFormer()
{
    QCOMPARE(reset(), QString());
    const auto before = state();
    QCOMPARE(m_script.runUntil(Stage::NewTree), QString());
    QVERIFY(QFile::remove(m_scene.site(m_script.dump())));
    auto run = points({"--import", "mautic-2-backup-files"});
    QVERIFY2(run.status == 0, run.told().constData());
    const auto id = run.lines.last()["restorePoint"].toObject()["id"].toString();
    run = runCli({"rollback", m_scene.site(), "--to", id, "--yes"});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(before), QString());
}

void TestForeignPoints::refusesWhatIsNoWholeBackup_data()
{
    QTest::addColumn<QString>("damage"); // in the site, with $backup and $dump
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("word"); // of what is said
    QTest::newRow("no dump") << "rm $dump"
                             << "RestoreError.ForeignNoDump"
                             << "m3_upgrade_db_backup";
    QTest::newRow("a dump cut short") << "truncate -s -3000 $dump"
                                      << "DatabaseError.ScriptIncomplete"
                                      << " line ";
    QTest::newRow("an empty dump") << "true > $dump"
                                   << "DatabaseError.ScriptIncomplete"
                                   << "line 1";
    QTest::newRow("a string without its end") << R"(sed -i "0,/,'/s//,/" $dump)"
                                              << "DatabaseError.ScriptUn"
                                              << " line ";
    QTest::newRow("a dump of another database")
        << "sed -i 's/Database: mautic/Database: other/' $dump"
        << "RestoreError.OtherSite"
        << "other";
    QTest::newRow("another prefix")
        << R"(sed -i "s/'db_table_prefix' => '.*'/'db_table_prefix' => 'ma_'/" app/config/local.php)"
        << "RestoreError.OtherSite"
        << "ma_";
    QTest::newRow("another prefix in both")
        << R"(sed -i "s/'db_table_prefix' => '.*'/'db_table_prefix' => 'ma_'/" )"
           "app/config/local.php $backup/app/config/local.php"
        << "DatabaseError.ScriptUnknown"
        << "ma_";
    QTest::newRow("an empty backup") << "rm -rf $backup/*"
                                     << "RestoreError.ForeignEmpty"
                                     << "version.txt";
    QTest::newRow("the script was started again") << "mv bin $backup/"
                                                  << "RestoreError.ForeignMixed"
                                                  << "bin/console";
}

void TestForeignPoints::refusesWhatIsNoWholeBackup()
{
    QFETCH(const QString, damage);
    QFETCH(const QString, code);
    QFETCH(const QString, word);
    QCOMPARE(finish(), QString());
    const auto backup = m_script.backup();
    QCOMPARE(m_scene.sh("cd site; backup=" + backup + "; dump=" + m_script.dump() + "; " + damage),
             QString());
    const auto before = state();
    const auto run = points({"--import", backup});
    QVERIFY2(run.status == 1, run.told().constData());
    QVERIFY2(run.codes().join(' ').contains(code), run.told().constData());
    QVERIFY2(run.facts().contains(word), run.told().constData());
    QCOMPARE(difference(before), QString());
    QVERIFY(QDir(m_scene.points()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
}

void TestForeignPoints::leavesNothingWhereTheDiskIsFull()
{
    QCOMPARE(finish(), QString());
    const auto backup = m_script.backup();
    SmallFileSystem small(64 * 1024);
    auto run = points({"--import", backup, "--backup-dir", small.path()});
    QCOMPARE(run.codes(), QStringList{"RestoreError.NotEnoughSpace"});
    QVERIFY(QDir(small.path()).isEmpty());
    // Somebody else fills it meanwhile.
    const auto program = QString("strace -f -qq -o /dev/null -e trace=syncfs "
                                 "-e inject=syncfs:error=ENOSPC '%1' restore-points site --yes "
                                 "--json --import %2 > out.json 2> out.err || test $? = 1")
                             .arg(BANISTER_CLI, backup);
    QCOMPARE(m_scene.sh(program), QString());
    QVERIFY(m_scene.read(m_scene.folder("out.json")).contains("FileError.DiskFull"));
    QVERIFY(QDir(m_scene.points()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
}

void TestForeignPoints::endsWhatWasKilled()
{
    QCOMPARE(finish(), QString());
    const auto backup = m_script.backup();
    const auto before = left();
    const auto program =
        QString("strace -f -qq -o /dev/null -e trace=syncfs -e "
                "inject=syncfs:signal=KILL '%1' restore-points site --yes --import "
                "%2 > out 2>&1 || true")
            .arg(BANISTER_CLI, backup);
    QCOMPARE(m_scene.sh(program), QString());
    QCOMPARE(snapshotDifferences(before, left()), QStringList());
    auto run = points();
    const auto leftovers = run.lines.value(0)["leftovers"].toArray();
    QVERIFY2(leftovers.size() == 1, run.told().constData());
    QCOMPARE(leftovers.first().toObject()["kind"].toString(), "unfinished");
    QCOMPARE(foreign()["takenAs"].toString(), QString());
    run = points({"--remove", leftovers.first().toObject()["id"].toString()});
    QVERIFY2(run.status == 0, run.told().constData());
    run = points({"--import", backup});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(points().lines.value(0)["leftovers"].toArray().size(), 0);
}

BANISTER_TEST_MAIN_WITH_MOUNTS(TestForeignPoints)
#include "tst_foreignpoints.moc"
