// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"
#include "support/treesnapshot.h"

#include <QJsonArray>
#include <QTest>

using namespace Banister;

/// Restore points that cannot be used: each is refused with its reason, and the site stays as it is.
class TestBadPoints : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_scene.sh("rm -rf sound other"); } // names that Qt cannot spell
    void isRefused_data();
    void isRefused();
    void ofAnotherSite();
    void countsByLoadingWhereItMay();
    void withoutNotes();
    void whereTheUserMayNotMakeViews();

private:
    CliRun rollBack() const
    {
        return runCli({"rollback", m_scene.site(), "--yes", "--no-safety-point", "--to", m_id});
    }
    /// In the restore point's folder, from its sound copy.
    QString spoil(const QString &script) const
    {
        return m_scene.sh("cd site-restore-points && rm -rf '" + m_id + "' && cp -a ../sound '"
                          + m_id + "' && cd '" + m_id + "' && " + script);
    }
    TreeSnapshot files() const
    {
        auto files = snapshotOf(m_scene.site());
        files.removeIf([](const auto &entry) {
            return entry.key().startsWith(".banister") || entry.key().isEmpty()
                   || entry.key() == "upgrade_log.txt";
        });
        return files;
    }

    UpgradeScene m_scene;
    QString m_id;
    TreeSnapshot m_files;
    QStringList m_tables;
};

void TestBadPoints::initTestCase()
{
    QCOMPARE(m_scene.build(), QString());
    const auto made = runCli({"restore-points", m_scene.site(), "--make"});
    QVERIFY2(made.status == 0, made.told().constData());
    m_id = made.lines.value(0)["restorePoint"].toObject()["id"].toString();
    QCOMPARE(m_scene.sh("cp -a site-restore-points/" + m_id + " sound"), QString());
    m_scene.sql("DELETE FROM leads LIMIT 3");
    m_scene.write(m_scene.site("media/later.txt"), "later");
    m_files = files();
    m_tables = m_scene.tableSums();
}

void TestBadPoints::isRefused_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("code");
    const QString unreadable = "RestoreError.PointUnreadable";
    const QString damaged = "RestoreError.PointDamaged";
    QTest::newRow("no manifest") << "rm manifest.json" << unreadable;
    QTest::newRow("half a manifest") << "truncate -s 200 manifest.json" << unreadable;
    QTest::newRow("altered manifest")
        << "sed -i 's/\"rows\": /\"rows\": 1/' manifest.json" << unreadable;
    QTest::newRow("newer format") << "sed -i 's/\"format\": 1/\"format\": 2/' manifest.json"
                                  << unreadable;
    QTest::newRow("no list of files") << "rm files.jsonl" << damaged;
    QTest::newRow("half a list of files") << "truncate -s 2000 files.jsonl" << damaged;
    QTest::newRow("altered list of files")
        << "sed -i '2s/0644/0666/' files.jsonl; echo >> files.jsonl" << damaged;
    QTest::newRow("no list of dump parts") << "rm database/manifest.json"
                                           << "DatabaseError.ManifestUnreadable";
    QTest::newRow("half a list of dump parts") << "truncate -s 100 database/manifest.json"
                                               << "DatabaseError.ManifestUnreadable";
    QTest::newRow("altered list of dump parts") << "echo >> database/manifest.json" << damaged;
    QTest::newRow("no dump part") << "rm \"$(ls database/*.zst | tail -1)\""
                                  << "DatabaseError.DumpIncomplete";
    QTest::newRow("half a dump part") << "truncate -s -9 \"$(ls database/*.zst | tail -1)\""
                                      << "DatabaseError.DumpDamaged";
    QTest::newRow("no copied file") << "rm files/index.php" << damaged;
    QTest::newRow("altered copied file") << "echo x >> files/index.php" << damaged;
}

void TestBadPoints::isRefused()
{
    QFETCH(QString, script);
    QFETCH(QString, code);
    QCOMPARE(spoil(script), QString());
    const auto run = rollBack();
    QVERIFY2(run.status == 1, run.told().constData());
    QVERIFY2(run.codes().contains(code), run.told().constData());
    QCOMPARE(snapshotDifferences(m_files, files()), QStringList());
    QCOMPARE(m_scene.tableSums(), m_tables);
}

void TestBadPoints::ofAnotherSite()
{
    QCOMPARE(spoil("true"), QString());
    QCOMPARE(m_scene.sh("cp -a site other && echo 0123456789abcdef > other/.banister/site-id && "
                        "cp -a site-restore-points other/.banister/restore-points"),
             QString());
    const auto run = runCli({"rollback", m_scene.folder("other"), "--yes", "--to", m_id});
    QVERIFY2(run.status == 1, run.told().constData());
    QCOMPARE(run.codes(), QStringList{"RestoreError.OtherSite"});
    const auto listed = runCli({"restore-points", m_scene.folder("other")});
    const auto leftover = listed.lines.value(0)["leftovers"].toArray().first().toObject();
    QCOMPARE(leftover["kind"].toString(), "otherSite");
    // A site that was moved goes on using its own.
    QCOMPARE(m_scene.sh("rm -rf other && mv site moved"), QString());
    const auto moved = runCli({"verify", m_scene.folder("moved"), "--to", m_id});
    QCOMPARE(m_scene.sh("mv moved site"), QString());
    QVERIFY2(moved.status == 0, moved.told().constData());
}

void TestBadPoints::countsByLoadingWhereItMay()
{
    QCOMPARE(spoil("true"), QString());
    const QStringList verify{"verify", m_scene.site(), "--to", m_id, "--deep"};
    auto run = runCli(verify);
    QVERIFY2(run.status == 0, run.told().constData());
    QVERIFY(!run.lines.value(0)["loaded"].toBool());
    QVERIFY(!run.lines.value(0)["notLoaded"].toString().isEmpty());

    m_scene.sql("CREATE DATABASE banister_verify_left");
    for (const auto &host : {"127.0.0.1", "localhost"})
        m_scene.sql(QString("GRANT ALL ON `banister\\_verify\\_%`.* TO mautic@'%1'").arg(host));
    run = runCli(verify);
    QVERIFY2(run.status == 0, run.told().constData());
    QVERIFY2(run.lines.value(0)["loaded"].toBool(), run.out.constData());
    QCOMPARE(m_scene.sql("SHOW DATABASES LIKE 'banister%'"), QStringList());
    QCOMPARE(m_scene.tableSums(), m_tables);
}

void TestBadPoints::withoutNotes()
{
    QCOMPARE(spoil("echo nonsense > notes.json"), QString());
    auto run = runCli({"verify", m_scene.site(), "--to", m_id});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(spoil("rm notes.json"), QString());
    run = runCli({"verify", m_scene.site(), "--to", m_id});
    QVERIFY2(run.status == 0, run.told().constData());
}

void TestBadPoints::whereTheUserMayNotMakeViews()
{
    QCOMPARE(spoil("true"), QString());
    for (const auto &host : {"127.0.0.1", "localhost"})
        m_scene.sql(QString("REVOKE CREATE VIEW ON mautic.* FROM mautic@'%1'").arg(host));
    auto run = rollBack();
    QVERIFY2(run.status == 1, run.told().constData());
    QVERIFY2(run.codes().contains("DatabaseError.NoRights"), run.told().constData());
    QCOMPARE(snapshotDifferences(m_files, files()), QStringList());
    QCOMPARE(m_scene.tableSums(), m_tables);
    for (const auto &host : {"127.0.0.1", "localhost"})
        m_scene.sql(QString("GRANT CREATE VIEW ON mautic.* TO mautic@'%1'").arg(host));
    run = runCli({"retry", m_scene.site()});
    QVERIFY2(run.status == 0, run.told().constData());
}

QTEST_GUILESS_MAIN(TestBadPoints)
#include "tst_badpoints.moc"
