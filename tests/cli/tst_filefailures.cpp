// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"
#include "support/smallfilesystem.h"

#include <QTest>

namespace Banister {

namespace {

/// The site's folder as a file system of its own, with so many megabytes.
void putOnSmallDisk(UpgradeScene &scene, int megabytes)
{
    const auto script =
        QString("mount -t tmpfs -o size=%1m,mode=755 tmpfs site && cp -a pristine/. site");
    if (const auto problem = scene.sh(script.arg(megabytes)); !problem.isEmpty())
        qFatal("%s", qPrintable(problem));
    scene.remember();
}

/// Fills the disk of the site so that so many kilobytes are left.
QString fill(int leftInKilobytes)
{
    return QString("free=$(df --output=avail \"$here/site\" | tail -n 1); "
                   "head -c $(( (free - %1) * 1024 )) /dev/zero > \"$here/site/.banister/filler\"")
        .arg(leftInKilobytes);
}

SceneAct fillAfter(const QString &call, int number, int leftInKilobytes)
{
    constexpr int Megabytes = 60;
    return [=](UpgradeScene &scene) {
        putOnSmallDisk(scene, Megabytes);
        scene.afterPhp(atCall(number, call, fill(leftInKilobytes)));
    };
}

void makeRoom(UpgradeScene &scene)
{
    scene.sh("rm site/.banister/filler");
}

/// Something mounted, or made read-only, by somebody else meanwhile.
SceneAct mountAfter(const QString &call, const QString &command)
{
    return [=](UpgradeScene &scene) {
        scene.afterPhp(atCall(1, call, "(cd \"$here\" && " + command + ")"));
    };
}

SceneAct run(const QString &command)
{
    return [=](UpgradeScene &scene) {
        if (const auto problem = scene.sh(command); !problem.isEmpty())
            qFatal("%s", qPrintable(problem));
    };
}

} // namespace

/// Upgrades that fail because of disks and files: full, read-only, moved away, changed meanwhile.
class TestFileFailures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }
    void init() { QCOMPARE(m_scene.reset(), QString()); }
    void cleanupTestCase() { QCOMPARE(m_scene.reset(), QString()); }

    void stopsAndGoesOn_data();
    void stopsAndGoesOn();
    void backupFolderIsFull();
    void backupFolderIsTooSmall();
    void siteDisappears();
    void siteIsMountedReadOnly();

private:
    UpgradeScene m_scene;
};

void TestFileFailures::stopsAndGoesOn_data()
{
    QTest::addColumn<SceneFailure>("failure");

    QTest::newRow("no space for the package")
        << SceneFailure{"fetchUpdates",
                        {"ERR_DOWNLOAD_UPGRADE_PACKAGE_FAILED", "NetError.DiskFull"},
                        fillAfter(ConsoleCall::Status2, 1, 100),
                        makeRoom};
    QTest::newRow("site's folder became read-only") << SceneFailure{
        "fetchUpdates",
        {"ERR_DOWNLOAD_UPGRADE_PACKAGE_FAILED", "NetError.WriteFailed"},
        mountAfter(ConsoleCall::Status2, "mount --bind site site && mount -o remount,bind,ro site"),
        run("umount site")};
    QTest::newRow("no space for the unpacked package")
        << SceneFailure{"extractUpdate",
                        {"ERR_EXTRACT_UPGRADE_PACKAGE_FAILED", "FileError.DiskFull"},
                        fillAfter(ConsoleCall::Status2, 1, 400),
                        makeRoom};
    QTest::newRow("something mounted on an entry of the site")
        << SceneFailure{"moveMautic2and3Files",
                        {"ERR_MOVE_MAUTIC_2_AND_3_FILES", "FileError.Busy"},
                        mountAfter(ConsoleCall::Status2, "mount --bind site/media site/media"),
                        run("umount site/media")};
    QTest::newRow("configuration changed into code meanwhile")
        << SceneFailure{"updateLocalConfig",
                        {"ERR_UPDATE_LOCAL_CONFIG", "PhpError.ArrayUnreadable"},
                        [](UpgradeScene &scene) {
                            scene.forget("app/config/local.php");
                            mountAfter(ConsoleCall::Status2,
                                       "echo 'include __DIR__.\"/more.php\";' >> "
                                       "site/app/config/local.php")(scene);
                        },
                        run("cp pristine/app/config/local.php site/app/config/local.php")};
    QTest::newRow("no space for the person's files")
        << SceneFailure{"restoreUserData",
                        {"ERR_RESTORE_USER_DATA_FAILED", "FileError.DiskFull"},
                        fillAfter(ConsoleCall::Migrate3, 1, 1200),
                        makeRoom};
    QTest::newRow("something mounted where the backup goes")
        << SceneFailure{"cleanupFiles",
                        {"ERR_CLEANUP_FILES", "FileError.OtherFileSystem"},
                        mountAfter(ConsoleCall::CacheClear3, "mount -t tmpfs tmpfs site/var"),
                        run("umount site/var")};
}

void TestFileFailures::stopsAndGoesOn()
{
    QFETCH(SceneFailure, failure);
    const auto problem = problemOf(m_scene, failure);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestFileFailures::backupFolderIsFull()
{
    constexpr qint64 Size = 8 << 20;
    const SmallFileSystem disk(Size);
    const SceneFailure failure{
        "backupDatabase",
        {"ERR_DATABASE_BACKUP_FAILED", "FileError.DiskFull"},
        [&disk](UpgradeScene &scene) {
            scene.afterPhp(atCall(
                1, ConsoleCall::Any, "head -c 8330000 /dev/zero > '" + disk.path("filler") + "'"));
        },
        [&disk](UpgradeScene & /*scene*/) { QFile::remove(disk.path("filler")); },
        {"--backup-dir", disk.path("restore points")}};
    const auto problem = problemOf(m_scene, failure);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestFileFailures::backupFolderIsTooSmall()
{
    constexpr qint64 Small = 64 << 10;
    constexpr qint64 Enough = 64 << 20;
    SmallFileSystem disk(Small);
    const auto run = m_scene.upgrade({"--backup-dir", disk.path()});
    QVERIFY2(run.status == 3, run.told().constData());
    QCOMPARE(run.failedChecks(), QStringList{"diskSpace"});
    QCOMPARE(m_scene.problemOfFiles(), QString());
    disk.resize(Enough);
    const auto again = runCli({"check",
                               m_scene.site(),
                               "--package",
                               m_scene.package(),
                               "--backup-dir",
                               disk.path(),
                               "--accept-all-warnings"});
    QVERIFY2(again.status == 0, again.told().constData());
}

void TestFileFailures::siteDisappears()
{
    m_scene.afterPhp(atCall(1, ConsoleCall::Status2, "mv \"$here/site\" \"$here/unmounted\""));
    const auto run = m_scene.upgrade();
    QVERIFY2(run.status == 1, run.told().constData());
    QVERIFY2(run.codes().first() == "LockError.Lost" || run.codes().first() == "JournalError.Gone",
             run.told().constData());
    const auto gone = m_scene.retry();
    QCOMPARE(gone.codes(), QStringList{"AssistantError.NoSuchFolder"});
    QVERIFY(!QFile::exists(m_scene.site()));
    QCOMPARE(m_scene.sh("mv unmounted site"), QString());
    QCOMPARE(m_scene.problemOfFiles(), QString());
    const auto problem = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestFileFailures::siteIsMountedReadOnly()
{
    QCOMPARE(m_scene.sh("mount --bind site site && mount -o remount,bind,ro site"), QString());
    const auto checked = runCli({"check", m_scene.site()});
    QCOMPARE(m_scene.sh("umount site"), QString());
    const auto finding = checked.finding("rootWritable");
    QCOMPARE(finding["severity"].toString(), "error");
    QVERIFY2(finding["fact"].toString().contains("mounted read-only: " + m_scene.site()),
             checked.told().constData());
}

} // namespace Banister

BANISTER_TEST_MAIN_WITH_MOUNTS(Banister::TestFileFailures)
#include "tst_filefailures.moc"
