// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"
#include "support/smallfilesystem.h"
#include "support/treesnapshot.h"

#include <QDir>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Banister;

/// Rollbacks of rollbacks, and rollbacks of a part of a site.
class TestWayBack : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void init();

    void aRollbackCanBeRolledBack();
    void aFolderComesBackAlone();
    void theDatabaseComesBackAlone();
    void tellsAndKeepsWhatCameSince();
    void aTableComesBackAlone();
    void aFullDiskLeavesTheSiteAsItIs();
    void refusesWhatThePointDoesNotHave();

private:
    struct State
    {
        TreeSnapshot files;
        QStringList tables;
    };
    State state() const;
    static QString difference(const State &expected, const State &actual);
    CliRun rollBack(const QStringList &more = {}) const
    {
        return runCli(QStringList{"rollback", m_scene.site(), "--yes"} + more);
    }
    QList<QJsonObject> points() const;

    UpgradeScene m_scene;
    State m_before;
};

void TestWayBack::init()
{
    QCOMPARE(m_scene.reset(), QString());
    m_before = state();
    const auto finished = m_scene.upgrade();
    QVERIFY2(finished.status == 0, finished.told().constData());
}

TestWayBack::State TestWayBack::state() const
{
    auto snapshot = snapshotOf(m_scene.site());
    // Consoles fill caches; restore points have files in Banister's folders; a run that stands has a
    // log.
    snapshot.removeIf([](const auto &entry) {
        const auto &path = entry.key();
        return path.startsWith(".banister") || path.startsWith("app/cache") || path == "app"
               || path.isEmpty() || path.startsWith("var/cache") || path == "var"
               || path.startsWith("var/mautic-2-backup-files") || path == "upgrade_log.txt";
    });
    return {snapshot, m_scene.tableSums()};
}

QString TestWayBack::difference(const State &expected, const State &actual)
{
    auto lines = snapshotDifferences(expected.files, actual.files);
    for (const auto &table : expected.tables) {
        if (!actual.tables.contains(table))
            lines.append("expected table " + table);
    }
    if (actual.tables.size() != expected.tables.size())
        lines.append(QString("%1 tables").arg(actual.tables.size()));
    return lines.join('\n');
}

QList<QJsonObject> TestWayBack::points() const
{
    QList<QJsonObject> points;
    const auto listed = runCli({"restore-points", m_scene.site()});
    for (const auto &point : listed.lines.value(0)["restorePoints"].toArray())
        points.append(point.toObject());
    return points;
}

void TestWayBack::aRollbackCanBeRolledBack()
{
    const auto upgraded = state();
    const auto first = points().value(0)["id"].toString();
    auto run = rollBack();
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(m_before, state()), QString());

    QCOMPARE(points().size(), 2);
    const auto safety = points().value(0);
    QCOMPARE(safety["origin"].toString(), "rollback");
    QCOMPARE(safety["version"].toString(), "3.0.2");
    QVERIFY(!points().value(1)["used"].toString().isEmpty());
    // A second call does not undo the first.
    run = rollBack();
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(points().size(), 2);
    run = rollBack({"--to", first});
    QVERIFY2(run.status == 1, run.told().constData());
    QVERIFY2(run.codes().contains("RestoreError.PointUsed"), run.told().constData());

    run = runCli({"verify", m_scene.site(), "--to", safety["id"].toString()});
    QVERIFY2(run.status == 0, run.told().constData());
    run = rollBack({"--to", safety["id"].toString()});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(upgraded, state()), QString());

    const auto third = points().value(0)["id"].toString();
    QVERIFY(third != safety["id"].toString());
    run = rollBack({"--to", third});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(m_before, state()), QString());
    run = m_scene.upgrade();
    QVERIFY2(run.status == 0, run.told().constData());
}

void TestWayBack::aFolderComesBackAlone()
{
    m_scene.write(m_scene.site("media/images/custom/logo.png"), "painted over");
    m_scene.write(m_scene.site("media/files/new.txt"), "written since");
    auto expected = state();
    auto run = rollBack({"--path", "media/images", "--path", "themes/blank"});
    QVERIFY2(run.status == 0, run.told().constData());
    const auto isChosen = [](const QByteArray &path) {
        return path.startsWith("media/images") || path.startsWith("themes/blank");
    };
    expected.files.removeIf([&](const auto &entry) { return isChosen(entry.key()); });
    for (auto it = m_before.files.cbegin(); it != m_before.files.cend(); ++it) {
        if (isChosen(it.key()))
            expected.files.insert(it.key(), it.value());
    }
    auto now = state();
    for (const auto &folder : {"media", "themes"})
        now.files[folder].modifiedNs = expected.files[folder].modifiedNs;
    QCOMPARE(difference(expected, now), QString());

    // The restore point still has all.
    QVERIFY(points().value(1)["used"].toString().isEmpty());
    run = rollBack();
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(m_before, state()), QString());
}

void TestWayBack::theDatabaseComesBackAlone()
{
    const auto upgraded = state();
    auto run = rollBack({"--only", "database", "--no-safety-point"});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference({upgraded.files, m_before.tables}, state()), QString());
    QCOMPARE(points().size(), 1);
    run = rollBack({"--only", "files"});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(m_before, state()), QString());
}

void TestWayBack::tellsAndKeepsWhatCameSince()
{
    const auto point = points().value(0)["id"].toString();
    for (const auto &name : {"anna", "béla", "chloé"})
        m_scene.sql(QString("INSERT INTO leads SET is_published = 1, points = 0, "
                            "email = '%1@example.org'")
                        .arg(name));
    m_scene.sql("CREATE TABLE wp_posts (id INT PRIMARY KEY, title TEXT)");
    m_scene.sql("INSERT INTO wp_posts VALUES (1, 'somebody else''s')");
    // Of the site's own account: it may not make one for somebody else.
    const auto account = m_scene
                             .sql("SELECT CONCAT(QUOTE(user), '@', QUOTE(host)) FROM mysql.user "
                                  "WHERE user = '"
                                  + m_scene.practice().database.user + "'")
                             .value(0);
    m_scene.sql("CREATE DEFINER = " + account + " VIEW wp_titles AS SELECT title FROM wp_posts");
    m_scene.write(m_scene.site("media/files/contract.pdf"), "uploaded since");
    const auto later = state();

    const auto folder = m_scene.folder("rows since");
    auto run = rollBack({"--preview", "--export", folder});
    QVERIFY2(run.status == 0, run.told().constData());
    const auto rows = m_scene.read(folder + "/leads.added.csv");
    QCOMPARE(rows.trimmed().count('\n'), 3);
    QVERIFY(rows.contains("béla@example.org"));
    const auto loss = run.lines.value(1)["loss"].toObject();
    QStringList since;
    for (const QJsonValue file : loss["files"].toArray()) {
        if (file["since"].toBool())
            since.append(file["path"].toString());
    }
    QCOMPARE(since, QStringList{"media/files/contract.pdf"});
    QStringList mails;
    bool hasPosts = false;
    for (const QJsonValue table : loss["tables"].toArray()) {
        if (table["table"].toString() == "leads") {
            QCOMPARE(table["added"].toInt(), 3);
            QCOMPARE(table["removed"].toInt(), 0);
            for (const QJsonValue row : table["addedRows"].toArray())
                mails.append(row["email"].toString());
        }
        hasPosts |= table["table"].toString() == "wp_posts" && table["onlyNow"].toBool();
    }
    mails.sort();
    QCOMPARE(mails, (QStringList{"anna@example.org", "béla@example.org", "chloé@example.org"}));
    QVERIFY(hasPosts);
    QCOMPARE(difference(later, state()), QString());

    run = rollBack();
    QVERIFY2(run.status == 0, run.told().constData());
    auto expected = m_before;
    expected.tables.append(later.tables.filter(QRegularExpression("^wp_")));
    QCOMPARE(difference(expected, state()), QString());

    const auto safety = points().value(0)["id"].toString();
    QVERIFY(safety != point);
    run = rollBack({"--to", safety});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(later, state()), QString());
}

void TestWayBack::aTableComesBackAlone()
{
    const auto upgraded = state();
    QVERIFY(m_scene.sql("SELECT COUNT(*) FROM lead_tags_xref").value(0).toInt() > 0);
    m_scene.sql("DELETE FROM lead_tags_xref");
    auto run = rollBack({"--table", "lead_tags_xref"});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(upgraded, state()), QString());

    m_scene.sql("DELETE FROM leads WHERE id = (SELECT MIN(lead_id) FROM lead_tags_xref)");
    const auto without = state();
    run = rollBack({"--table", "lead_tags_xref"});
    QVERIFY2(run.status == 1, run.told().constData());
    QVERIFY2(run.codes().contains("RestoreError.UnsafeSelection"), run.told().constData());
    QVERIFY2(run.facts().contains("leads"), run.told().constData());
    QCOMPARE(difference(without, state()), QString());
}

void TestWayBack::aFullDiskLeavesTheSiteAsItIs()
{
    const auto upgraded = state();
    SmallFileSystem disk(64 * 1024);
    auto run = rollBack({"--backup-dir", disk.path(), "--to", points().value(0)["id"].toString()});
    QVERIFY2(run.status == 1, run.told().constData());
    QCOMPARE(run.lastStep(), "rollbackSafetyPoint");
    QVERIFY2(run.codes().contains("FileError.DiskFull"), run.told().constData());
    QCOMPARE(difference(upgraded, state()), QString());
    disk.resize(64 * 1024 * 1024);
    run = runCli({"retry", m_scene.site()});
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(difference(m_before, state()), QString());
}

void TestWayBack::refusesWhatThePointDoesNotHave()
{
    const auto upgraded = state();
    for (const auto &wrong : {QStringList{"--path", "no/such"}, QStringList{"--table", "nobody"}}) {
        const auto run = rollBack(wrong);
        QVERIFY2(run.status == 1, run.told().constData());
        QVERIFY2(run.codes().contains("RestoreError.NotInPoint"), run.told().constData());
    }
    const auto outside = rollBack({"--path", "../elsewhere"});
    QVERIFY2(outside.status == 1, outside.told().constData());
    QCOMPARE(difference(upgraded, state()), QString());
}

BANISTER_TEST_MAIN_WITH_MOUNTS(TestWayBack)
#include "tst_wayback.moc"
