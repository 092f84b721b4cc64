// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"
#include "support/smallfilesystem.h"

#include <QDirIterator>
#include <QTest>

#include <atomic>
#include <chrono>
#include <sys/statvfs.h>
#include <thread>

using namespace Banister;

namespace {

constexpr qint64 Plenty = 1LL << 30;
constexpr qint64 BytesPerFolder = 4096;

qint64 usedBytes(const QString &path)
{
    struct statvfs facts = {};
    if (statvfs(QFile::encodeName(path).constData(), &facts) != 0)
        qFatal("%s cannot be asked", qPrintable(path));
    return qint64(facts.f_blocks - facts.f_bfree) * qint64(facts.f_frsize);
}

qint64 foldersIn(const QString &path)
{
    QDirIterator folders(path,
                         QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks,
                         QDirIterator::Subdirectories);
    qint64 count = 0;
    for (; folders.hasNext(); folders.next())
        ++count;
    return count;
}

/// Looks all the time at how much of a file system is used.
class Gauge
{
public:
    explicit Gauge(const QString &path)
        : m_before(usedBytes(path))
        , m_thread([this, path](const std::stop_token &stop) {
            while (!stop.stop_requested()) {
                m_most = std::max(m_most.load(), usedBytes(path));
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        })
    {}
    /// More than in the beginning, at any time.
    qint64 most() const { return std::max<qint64>(m_most - m_before, 0); }

private:
    qint64 m_before;
    std::atomic<qint64> m_most = 0;
    std::jthread m_thread;
};

struct Room
{
    qint64 point = 0; ///< of the restore point
    qint64 work = 0;  ///< on the site's file system
};

} // namespace

/// Upgrades and rollbacks on file systems of exact sizes, and what is said before of the room that
/// they take. BANISTER_SIZES=1: sites of several sizes.
class TestSmallFileSystems : public QObject
{
    Q_OBJECT

private slots:
    void estimateIsEnough_data();
    void estimateIsEnough();

private:
    void putSiteOn(qint64 sizeInBytes) const;
    Room estimate(const QString &backupFolder) const;
    CliRun upgradeWithin(const Room &room);
    void rollBackWithin(SmallFileSystem &disk, const QStringList &tables);

    std::unique_ptr<UpgradeScene> m_scene;
    QStringList m_tables; ///< before the last upgradeWithin()
};

void TestSmallFileSystems::estimateIsEnough_data()
{
    QTest::addColumn<int>("files");
    QTest::addColumn<int>("rows");
    const bool isLong = qEnvironmentVariableIntValue("BANISTER_SIZES") == 1;
    for (const int files : isLong ? QList<int>{400, 6000} : QList<int>{400}) {
        for (const int rows : isLong ? QList<int>{200, 20'000} : QList<int>{200})
            QTest::addRow("%d files, %d rows", files, rows) << files << rows;
    }
}

/// The site's folder becomes a file system of its own, which has been checked once: that fills caches.
void TestSmallFileSystems::putSiteOn(qint64 sizeInBytes) const
{
    const auto script = QString("mount -t tmpfs -o size=%1,mode=755 tmpfs site && "
                                "cp -a pristine/. site")
                            .arg(Plenty);
    QCOMPARE(m_scene->sh(script), QString());
    const auto checked = runCli({"check",
                                 m_scene->site(),
                                 "--package",
                                 m_scene->package(),
                                 "--php",
                                 "'" + m_scene->phpCommand() + "'",
                                 "--accept-all-warnings"});
    QVERIFY2(checked.status == 0, checked.told().constData());
    m_scene->remember();
    const auto size = std::min(usedBytes(m_scene->site()) + sizeInBytes, Plenty);
    QCOMPARE(m_scene->sh(QString("mount -o remount,size=%1 site").arg(size)), QString());
}

Room TestSmallFileSystems::estimate(const QString &backupFolder) const
{
    const auto plan = runCli({"plan",
                              m_scene->site(),
                              "--package",
                              m_scene->package(),
                              "--php",
                              "'" + m_scene->phpCommand() + "'",
                              "--backup-dir",
                              backupFolder});
    const auto told = plan.lines.value(0);
    const auto point = told["restorePointBytes"].toInteger();
    return {point, told["bytesNeeded"].toInteger() - point};
}

/// On file systems that have exactly so much room.
CliRun TestSmallFileSystems::upgradeWithin(const Room &room)
{
    if (const auto problem = m_scene->reset(); !problem.isEmpty())
        qFatal("%s", qPrintable(problem));
    m_tables = m_scene->tableSums();
    putSiteOn(room.work);
    const SmallFileSystem disk(room.point);
    return m_scene->upgrade({"--backup-dir", disk.path()});
}

void TestSmallFileSystems::estimateIsEnough()
{
    QFETCH(const int, files);
    QFETCH(const int, rows);
    m_scene = std::make_unique<UpgradeScene>();
    QCOMPARE(m_scene->build({.files = files, .rows = rows}), QString());
    putSiteOn(Plenty);
    const auto tables = m_scene->tableSums();
    SmallFileSystem disk(Plenty);
    const auto room = estimate(disk.path());
    Room used;
    {
        const Gauge site(m_scene->site());
        const Gauge backups(disk.path());
        const auto run = m_scene->upgrade({"--backup-dir", disk.path()});
        QVERIFY2(run.status == 0, run.told().constData());
        used = {backups.most(), site.most()};
    }
    qInfo("site: %lld told, %lld used; restore point: %lld told, %lld used",
          room.work,
          used.work,
          room.point,
          used.point);
    QVERIFY(used.work <= room.work);
    // Folders take a block each on a disk, and none here.
    const auto folders = foldersIn(m_scene->site());
    QVERIFY(room.work <= used.work + used.work / 10 + folders * BytesPerFolder);
    // How well a dump can be compressed is not known before.
    QVERIFY(used.point <= room.point);
    rollBackWithin(disk, tables);

    auto run = upgradeWithin(room);
    QVERIFY2(run.status == 0, run.told().constData());
    constexpr qint64 Step = 64LL * 1024;
    for (const auto &less :
         {Room{room.point - Step, room.work}, Room{room.point, room.work - Step}}) {
        run = upgradeWithin(less);
        QCOMPARE(run.status, 3);
        QCOMPARE(run.failedChecks(), QStringList{"diskSpace"});
        QCOMPARE(m_scene->problemOfFiles(), QString());
        QCOMPARE(m_scene->tableSums(), m_tables);
    }
    QCOMPARE(m_scene->reset(), QString());
}

/// From an upgraded site: where there is too little room nothing is changed, until there is more.
void TestSmallFileSystems::rollBackWithin(SmallFileSystem &disk, const QStringList &tables)
{
    const auto upgraded = m_scene->tableSums();
    const auto rollBack = [&] {
        return runCli({"rollback", m_scene->site(), "--yes", "--backup-dir", disk.path()});
    };
    constexpr qint64 Step = 128LL * 1024;
    CliRun run;
    qint64 left = 0;
    for (; run.status != 0 && left < 100 * Step; left += Step) {
        disk.resize(usedBytes(disk.path()) + left);
        const Gauge site(m_scene->site());
        run = rollBack();
        if (run.status == 0) {
            QVERIFY(site.most() < Step);
            break;
        }
        QVERIFY2(run.status == 1 && run.lastStep().startsWith("rollback")
                     && run.codes().contains("FileError.DiskFull"),
                 run.told().constData());
        QCOMPARE(m_scene->tableSums(), upgraded);
    }
    qInfo("rollback: done with %lld on the restore points' file system", left);
    QVERIFY2(run.status == 0, run.told().constData());
    QCOMPARE(m_scene->problemOfFiles(), QString());
    QCOMPARE(m_scene->tableSums(), tables);
}

BANISTER_TEST_MAIN_WITH_MOUNTS(TestSmallFileSystems)
#include "tst_smallfilesystems.moc"
