// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/durable.h"
#include "files/fileerror.h"
#include "files/privatefolder.h"
#include "files/space.h"
#include "support/smallfilesystem.h"
#include "support/treebuilder.h"
#include "support/treesnapshot.h"

#include <QDir>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Banister;
using namespace TreeItems;

namespace {

quint32 modeOf(const QString &path)
{
    struct stat facts = {};
    return stat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_mode & 07777U : 0;
}

} // namespace

class tst_Durable : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder.emplace(); }
    void cleanup() { m_folder.reset(); }
    void writesAndReplaces();
    void keepsOwnerAndMode();
    void respectsTheOptions();
    void passesNoLinkUnlessTold();
    void leavesTheOldFileOnAFullDisk();
    void removesWhatAKilledWriteLeft();
    void reportsReadOnlyFolders();
    void readsUpToTheLimit();
    void syncs();
    void knowsTheFreeSpace();
    void runsOutOfInodes();
    void makesPrivateFolders();
    void givesRandomDigits();

private:
    QString path(const QString &name = {}) const { return m_folder->filePath(name); }

    std::optional<QTemporaryDir> m_folder;
};

void tst_Durable::writesAndReplaces()
{
    for (const QByteArray &content : {QByteArray("one"), QByteArray(), QByteArray(1 << 20, 'x')}) {
        QVERIFY(writeDurably(path("a"), content));
        QCOMPARE(readWhole(path("a"), 1 << 20).value(), content);
        QCOMPARE(QDir(path()).entryList(QDir::Files | QDir::Hidden), QStringList("a"));
    }
    QCOMPARE(modeOf(path("a")), 0644U);
}

void tst_Durable::keepsOwnerAndMode()
{
    buildTree(path(), {file("a", "old", 0640)});
    if (canBeOthers())
        QCOMPARE(chown(QFile::encodeName(path("a")).constData(), 33, 34), 0);
    const auto before = snapshotOf(path(), SnapshotTimes::None).value("a");
    QVERIFY(writeDurably(path("a"), "new"));
    const auto after = snapshotOf(path(), SnapshotTimes::None).value("a");
    QCOMPARE(after.mode, 0640U);
    QCOMPARE(after.uid, before.uid);
    QCOMPARE(after.gid, before.gid);
    QVERIFY(writeDurably(path("a"), "new", {.mode = 0600, .keepOwner = false}));
    QCOMPARE(modeOf(path("a")), 0600U);
    QCOMPARE(snapshotOf(path()).value("a").uid, geteuid());
}

void tst_Durable::respectsTheOptions()
{
    QVERIFY(writeDurably(path("a"), "one", {.mode = 0400, .mustNotExist = true}));
    QCOMPARE(modeOf(path("a")), 0400U);
    QCOMPARE(writeDurably(path("a"), "two", {.mustNotExist = true}).error().code,
             ErrorCode(FileError::Exists));
    QCOMPARE(readWhole(path("a"), 10).value(), "one");
    QCOMPARE(writeDurably(path("x/y"), "z").error().code, ErrorCode(FileError::NotFound));
    QCOMPARE(writeDurably(path(), "z").error().code, ErrorCode(FileError::IsAFolder));
}

void tst_Durable::passesNoLinkUnlessTold()
{
    buildTree(path(), {file("real/a", "old"), linkTo("a", "real/a"), linkTo("b", "nowhere")});
    QCOMPARE(writeDurably(path("a"), "new").error().code, ErrorCode(FileError::UnsafePath));
    QCOMPARE(readWhole(path("real/a"), 10).value(), "old");
    QVERIFY(writeDurably(path("a"), "new", {.followsLink = true}));
    QCOMPARE(readWhole(path("real/a"), 10).value(), "new");
    QVERIFY(QFileInfo(path("a")).isSymLink());
    QCOMPARE(writeDurably(path("b"), "new", {.followsLink = true}).error().code,
             ErrorCode(FileError::NotFound));
}

void tst_Durable::leavesTheOldFileOnAFullDisk()
{
    SmallFileSystem disk(5 * 4096);
    QVERIFY(writeDurably(disk.path("a"), "old"));
    const auto before = snapshotOf(disk.path(), SnapshotTimes::FilesOnly);
    const auto written = writeDurably(disk.path("a"), QByteArray(40000, 'x'));
    QCOMPARE(written.error().code, ErrorCode(FileError::DiskFull));
    QVERIFY(written.error().fact.contains(disk.path("a")));
    QCOMPARE(snapshotDifferences(before, snapshotOf(disk.path(), SnapshotTimes::FilesOnly)),
             QStringList());
    disk.resize(20 * 4096);
    QVERIFY(writeDurably(disk.path("a"), QByteArray(40000, 'x')));
}

void tst_Durable::reportsReadOnlyFolders()
{
    buildTree(path("t"), {file("a", "old")});
    const ReadOnlyMount mount(path("t"));
    QCOMPARE(writeDurably(path("t/a"), "new").error().code, ErrorCode(FileError::ReadOnly));
    QCOMPARE(makePrivateFolder(path("t/p")).error().code, ErrorCode(FileError::ReadOnly));
}

void tst_Durable::readsUpToTheLimit()
{
    buildTree(path(), {file("a", QByteArray(100, 'x'))});
    QCOMPARE(readWhole(path("a"), 100).value().size(), 100);
    const auto tooLong = readWhole(path("a"), 99);
    QCOMPARE(tooLong.error().code, ErrorCode(FileError::TooLarge));
    QVERIFY(tooLong.error().fact.contains(path("a")));
    QCOMPARE(readWhole(path("b"), 99).error().code, ErrorCode(FileError::NotFound));
    QCOMPARE(readWhole(path(), 99).error().code, ErrorCode(FileError::IsAFolder));
    QVERIFY(!readWhole("/proc/self/status", 1 << 20).value().isEmpty());
}

void tst_Durable::syncs()
{
    QVERIFY(syncFolder(path()));
    QVERIFY(syncFileSystem(path()));
    QCOMPARE(syncFolder(path("x")).error().code, ErrorCode(FileError::NotFound));
    QCOMPARE(syncFileSystem(path("x")).error().code, ErrorCode(FileError::NotFound));
}

void tst_Durable::knowsTheFreeSpace()
{
    const SmallFileSystem disk(64 * 4096);
    const auto before = spaceOf(disk.path());
    QVERIFY(before);
    QCOMPARE(before->totalBytes, 64 * 4096);
    QCOMPARE(before->freeBytes, 64 * 4096);
    QVERIFY(writeDurably(disk.path("a"), QByteArray(10 * 4096, 'x')));
    const auto after = spaceOf(disk.path("not/yet/there"));
    QCOMPARE(after->freeBytes, 54 * 4096);
    QCOMPARE(after->path, disk.path());
    QCOMPARE(after->fileSystem, before->fileSystem);
    QVERIFY(spaceOf(path())->fileSystem != before->fileSystem);
}

void tst_Durable::runsOutOfInodes()
{
    const SmallFileSystem disk(64 * 4096, 3);
    QVERIFY(writeDurably(disk.path("a"), "1"));
    QVERIFY(writeDurably(disk.path("b"), "2"));
    QCOMPARE(spaceOf(disk.path())->freeInodes, 0);
    QCOMPARE(writeDurably(disk.path("c"), "3").error().code, ErrorCode(FileError::OutOfInodes));
}

void tst_Durable::makesPrivateFolders()
{
    const auto folder = path("parent/private");
    QVERIFY(makePrivateFolder(folder));
    QCOMPARE(modeOf(folder), 0700U);
    QVERIFY(readWhole(folder + "/.htaccess", 1000).value().contains("Require all denied"));
    QVERIFY(readWhole(folder + "/.htaccess", 1000).value().contains("Deny from all"));
    QVERIFY(readWhole(folder + "/web.config", 1000).value().contains("accessType=\"Deny\""));
    QCOMPARE(readWhole(folder + "/index.html", 1000).value(), QByteArray());
    // Half made, and loosened, by whomever; with content. What is there stays, whatever its name.
    QVERIFY(QFile::remove(folder + "/web.config"));
    buildTree(folder, {file("content", "x"), file(".htaccess", "own"), file("index.html", "own")});
    QCOMPARE(chmod(QFile::encodeName(folder).constData(), 0777), 0);
    QVERIFY(makePrivateFolder(folder + "/"));
    QCOMPARE(modeOf(folder), 0700U);
    QCOMPARE(readWhole(folder + "/.htaccess", 1000).value(), QByteArray("own"));
    QCOMPARE(readWhole(folder + "/index.html", 1000).value(), QByteArray("own"));
    QVERIFY(QFile::exists(folder + "/web.config"));
    QVERIFY(QFile::exists(folder + "/content"));
    // Nobody gets to choose the place with a link.
    buildTree(path(), {linkTo("link", "parent")});
    QCOMPARE(makePrivateFolder(path("link")).error().code, ErrorCode(FileError::UnsafePath));
    buildTree(path(), {file("file")});
    QCOMPARE(makePrivateFolder(path("file")).error().code, ErrorCode(FileError::NotAFolder));
}

void tst_Durable::givesRandomDigits()
{
    QSet<QString> seen;
    for (int i = 0; i < 100; ++i) {
        const auto digits = randomHex(8);
        QCOMPARE(digits.size(), 16);
        seen.insert(digits);
    }
    QCOMPARE(seen.size(), 100);
}

void tst_Durable::removesWhatAKilledWriteLeft()
{
    const auto entries = [this] {
        return QDir(path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    };
    QVERIFY(writeDurably(path("file"), "old"));
    QProcess killed;
    killed.start("strace",
                 {"-qq",
                  "-o",
                  "/dev/null",
                  "-einject=rename,renameat,renameat2:signal=SIGKILL",
                  QCoreApplication::applicationFilePath(),
                  "--write",
                  path("file")});
    QVERIFY(killed.waitForFinished());
    QCOMPARE(entries().size(), 2);
    QCOMPARE(*readWhole(path("file"), 100), "old");

    // As long as its writer lives it stays.
    const auto left = QFile::encodeName(path(entries().first()));
    const int writer = open(left.constData(), O_RDONLY | O_CLOEXEC);
    QVERIFY(flock(writer, LOCK_EX) == 0);
    QVERIFY(writeDurably(path("file"), "newer"));
    QCOMPARE(entries().size(), 2);
    close(writer);
    QVERIFY(writeDurably(path("other"), "other"));
    QCOMPARE(entries().size(), 3);
    QVERIFY(writeDurably(path("file"), "newest"));
    QCOMPARE(entries(), QStringList({"file", "other"}));
}

int main(int argc, char *argv[])
{
    const bool isWriter = argc == 3 && QByteArrayView(argv[1]) == "--write";
    if (!isWriter)
        enterPrivateMounts(argv);
    const QCoreApplication application(argc, argv);
    if (isWriter)
        return writeDurably(QFile::decodeName(argv[2]), "new") ? 0 : 1;
    tst_Durable test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_durable.moc"
