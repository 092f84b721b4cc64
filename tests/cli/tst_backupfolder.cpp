// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"
#include "support/smallfilesystem.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

namespace Banister {

/// Folders for restore points that a person names: what is in them stays as it is.
class TestBackupFolder : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void init() { QCOMPARE(m_scene.reset(), QString()); }

    void folderOfThePersonStaysAsItIs();
    void partOfTheSiteIsRefused_data();
    void partOfTheSiteIsRefused();
    void folderOfItsOwnInTheSiteIsUsed();
    void restorePointsStandBesideTheSite_data();
    void restorePointsStandBesideTheSite();

private:
    UpgradeScene m_scene;
};

void TestBackupFolder::folderOfThePersonStaysAsItIs()
{
    QCOMPARE(m_scene.sh("mkdir shop && chmod 755 shop && echo own > shop/.htaccess && "
                        "echo own > shop/web.config && echo own > shop/index.html"),
             QString());
    const auto before = snapshotOf(m_scene.folder("shop"), SnapshotTimes::FilesOnly);
    const auto problem =
        m_scene.problemOfFinished(m_scene.upgrade({"--backup-dir", m_scene.folder("shop")}));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto points =
        QDir(m_scene.folder("shop")).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(points.size(), 1);
    QCOMPARE(points.first().permissions()
                 & (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther),
             QFile::Permissions());
    QVERIFY(QFile::exists(points.first().filePath() + "/.htaccess"));
    auto after = snapshotOf(m_scene.folder("shop"), SnapshotTimes::FilesOnly);
    const auto point = QFile::encodeName(points.first().fileName());
    after.removeIf([&point](const auto &entry) {
        return entry.key() == point || entry.key().startsWith(point + '/');
    });
    QCOMPARE(snapshotDifferences(before, after), QStringList());
}

void TestBackupFolder::restorePointsStandBesideTheSite_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("isBeside");
    const auto address = [](const QString &now) {
        return QString("sed -i \"s#'site_url' => .*#'site_url' => '%1',#\" "
                       "site/app/config/local.php")
            .arg(now);
    };
    QTest::newRow("the address is the folder's") << "true" << true;
    QTest::newRow("the address has a path") << address("https://example.org/mautic") << false;
    QTest::newRow("no address is known") << address("") << false;
    QTest::newRow("the folder around is a web root") << "echo hello > index.html" << false;
    QTest::newRow("others may write around") << "chmod 1777 ." << false;
    QTest::newRow("the site is mounted")
        << "mkdir disk && mount -t tmpfs none disk && cp -a site/. disk && rm -rf site/* && mount "
           "--bind disk site && umount disk"
        << false;
    QTest::newRow("the place is a link") << "ln -s /tmp site-restore-points" << false;
}

void TestBackupFolder::restorePointsStandBesideTheSite()
{
    QFETCH(const QString, before);
    QFETCH(const bool, isBeside);
    QCOMPARE(m_scene.sh(before), QString());
    const auto made = runCli({"restore-points", m_scene.site(), "--make", "--yes"});
    QCOMPARE(m_scene.sh("rm -rf index.html disk; chmod 755 ."), QString());
    QVERIFY2(made.status == 0, made.told().constData());
    QCOMPARE(QFileInfo(m_scene.points()).isDir() && !QFileInfo(m_scene.points()).isSymLink(),
             isBeside);
    const QDir place(isBeside ? m_scene.points() : m_scene.site(".banister/restore-points"));
    const auto ids = place.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(ids.size(), 1);
    if (isBeside)
        QVERIFY(!QFile::permissions(m_scene.points()).testFlag(QFile::ReadOther));
    QCOMPARE(QFile::exists(m_scene.points(".htaccess")), isBeside);
    const auto removed =
        runCli({"restore-points", m_scene.site(), "--remove", ids.first(), "--yes"});
    QVERIFY2(removed.status == 0, removed.told().constData());
    QVERIFY(place.entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
    if (isBeside)
        QVERIFY(!QFileInfo::exists(m_scene.points()));
}

void TestBackupFolder::partOfTheSiteIsRefused_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("named");
    QTest::newRow("in a folder of the release") << "site/media/backups"
                                                << "media";
    QTest::newRow("the site itself") << "site"
                                     << "itself";
    QTest::newRow("the site, by a link") << "way/media"
                                         << "media";
    QTest::newRow("a file") << "mautic-3.0.2.zip"
                            << "mautic-3.0.2.zip";
}

void TestBackupFolder::partOfTheSiteIsRefused()
{
    QFETCH(QString, folder);
    QFETCH(QString, named);
    QCOMPARE(m_scene.sh("ln -sfn site way"), QString());
    const QStringList chosen{"--backup-dir", m_scene.folder(folder)};
    const auto run = m_scene.upgrade(chosen);
    QVERIFY2(run.status == 3, run.told().constData());
    QCOMPARE(run.failedChecks(), QStringList{"backupFolder"});
    QCOMPARE(run.codes(), QStringList{"MauticSiteError.BackupFolderUnsuitable"});
    const auto finding = run.finding("backupFolder");
    QVERIFY2(finding["fact"].toString().contains(named), run.told().constData());
    QVERIFY(!finding["action"].toString().isEmpty());
    const auto plan = runCli(QStringList{"plan", m_scene.site()} + chosen);
    QCOMPARE(plan.status, 1);
    QCOMPARE(plan.codes(), QStringList{"MauticSiteError.BackupFolderUnsuitable"});
    QVERIFY(!QFile::exists(m_scene.site(".banister")));
    QCOMPARE(m_scene.problemOfFiles(), QString());
}

void TestBackupFolder::folderOfItsOwnInTheSiteIsUsed()
{
    m_scene.forget("backups");
    QCOMPARE(m_scene.sh("ln -sfn site way"), QString());
    const auto run = m_scene.upgrade({"--backup-dir", m_scene.folder("way/backups/all")});
    QVERIFY2(run.status == 0, run.told().constData());
    const auto points =
        runCli({"verify", m_scene.site(), "--backup-dir", m_scene.site("backups/all")});
    QVERIFY2(points.status == 0, points.told().constData());
    QCOMPARE(QDir(m_scene.site("backups/all")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(),
             1);
    // Another upgrade may keep its restore point beside that of the first.
    QCOMPARE(runCli({"rollback",
                     m_scene.site(),
                     "--backup-dir",
                     m_scene.site("backups/all"),
                     "--yes",
                     "--php",
                     m_scene.phpCommand()})
                 .status,
             0);
    const auto again = runCli({"check",
                               m_scene.site(),
                               "--package",
                               m_scene.package(),
                               "--backup-dir",
                               m_scene.site("backups/all"),
                               "--accept-all-warnings"});
    QCOMPARE(again.finding("backupFolder")["severity"].toString(), "ok");
}

} // namespace Banister

BANISTER_TEST_MAIN_WITH_MOUNTS(Banister::TestBackupFolder)
#include "tst_backupfolder.moc"
