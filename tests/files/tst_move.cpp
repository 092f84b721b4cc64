// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/fileerror.h"
#include "files/move.h"
#include "support/scratchfolder.h"
#include "support/smallfilesystem.h"
#include "support/treebuilder.h"
#include "support/treesnapshot.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Banister;
using namespace TreeItems;

class tst_Move : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder.emplace(); }
    void cleanup() { m_folder.reset(); }
    void movesAllKinds();
    void replacesNothing();
    void movesManyAndAgain();
    void stopsAtTheFirstFailure();
    void doesNotCopyToAnotherFileSystem();
    void foreseesOtherFileSystems();
    void foreseesMountPoints();
    void foreseesReadOnlyFolders();
    void foreseesTheStickyBit();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::optional<ScratchFolder> m_folder;
};

void tst_Move::movesAllKinds()
{
    buildTree(path("from"), oddTree());
    buildTree(path("to"), {});
    const auto before = snapshotOf(path("from"), SnapshotTimes::FilesOnly);
    QVERIFY(moveEntry(path("from"), path("to/moved")));
    QVERIFY(!QFile::exists(path("from")));
    QCOMPARE(snapshotDifferences(before, snapshotOf(path("to/moved"), SnapshotTimes::FilesOnly)),
             QStringList());
}

void tst_Move::replacesNothing()
{
    buildTree(path("t"), {file("a", "new"), file("b", "old"), folder("c"), linkTo("d", "nowhere")});
    for (const auto *target : {"t/b", "t/c", "t/d"}) {
        const auto moved = moveEntry(path("t/a"), path(target));
        QVERIFY(moved.isError());
        QCOMPARE(moved.error().code, ErrorCode(FileError::Exists));
        QVERIFY(moved.error().fact.contains(target));
    }
    QCOMPARE(snapshotOf(path("t")).size(), 5);
    QCOMPARE(moveEntry(path("t/x"), path("t/y")).error().code, ErrorCode(FileError::NotFound));
}

void tst_Move::movesManyAndAgain()
{
    buildTree(path("from"), {file("a"), file("b/c"), linkTo("bad\xff", "a"), file("stays")});
    buildTree(path("to"), {});
    const QList<QByteArray> names{"a", "b", "bad\xff"};
    QVERIFY(moveEntries(path("from"), path("to"), names));
    const auto after = snapshotOf(path("to"));
    QCOMPARE(after.size(), 5);
    QCOMPARE(snapshotOf(path("from")).size(), 2);
    QVERIFY(moveEntries(path("from"), path("to"), names));
    QCOMPARE(snapshotDifferences(after, snapshotOf(path("to"))), QStringList());
}

void tst_Move::stopsAtTheFirstFailure()
{
    buildTree(path("from"), {file("a"), file("b"), file("c")});
    buildTree(path("to"), {file("b", "in the way")});
    const auto moved = moveEntries(path("from"), path("to"), {"a", "b", "c"});
    QCOMPARE(moved.error().code, ErrorCode(FileError::Exists));
    QVERIFY(moved.error().fact.contains(path("to/b")));
    QVERIFY(QFile::exists(path("to/a")));
    QVERIFY(QFile::exists(path("from/c")));
    QVERIFY(moveEntry(path("to/b"), path("elsewhere")));
    QVERIFY(moveEntries(path("from"), path("to"), {"a", "b", "c"}));
    QCOMPARE(moveEntries(path("from"), path("to"), {"d"}).error().code,
             ErrorCode(FileError::NotFound));
}

void tst_Move::doesNotCopyToAnotherFileSystem()
{
    const SmallFileSystem other(1 << 16);
    buildTree(path("from"), {file("a")});
    const auto moved = moveEntry(path("from/a"), other.path("a"));
    QCOMPARE(moved.error().code, ErrorCode(FileError::OtherFileSystem));
    QVERIFY(moved.error().fact.contains(path("from/a")));
    QVERIFY(QFile::exists(path("from/a")));
}

void tst_Move::foreseesOtherFileSystems()
{
    const SmallFileSystem other(1 << 16);
    buildTree(path("from"), {file("a")});
    buildTree(path("to"), {});
    QVERIFY(checkMovable(path("from/a"), path("to")));
    QCOMPARE(checkMovable(path("from/a"), other.path()).error().code,
             ErrorCode(FileError::OtherFileSystem));
    QCOMPARE(checkMovable(path("from/x"), path("to")).error().code, ErrorCode(FileError::NotFound));
    QCOMPARE(checkMovable(path("from/a"), path("x")).error().code, ErrorCode(FileError::NotFound));
}

void tst_Move::foreseesMountPoints()
{
    buildTree(path("from"), {file("media/a"), file("plain")});
    buildTree(path("to"), {});
    // A bind mount: the same file system, yet a rename fails.
    const ReadOnlyMount mount(path("from/media"));
    QCOMPARE(checkMovable(path("from/media"), path("to")).error().code, ErrorCode(FileError::Busy));
    QVERIFY(checkMovable(path("from/plain"), path("to")));
}

void tst_Move::foreseesReadOnlyFolders()
{
    buildTree(path("from"), {file("a")});
    buildTree(path("to"), {});
    const ReadOnlyMount mount(path("to"));
    const auto checked = checkMovable(path("from/a"), path("to"));
    QVERIFY(checked.isError());
    // Another mount on the same file system, found before its being read-only.
    QCOMPARE(checked.error().code, ErrorCode(FileError::OtherFileSystem));
    buildTree(path("both/from"), {file("a")});
    buildTree(path("both/to"), {});
    const ReadOnlyMount whole(path("both"));
    QCOMPARE(checkMovable(path("both/from/a"), path("both/to")).error().code,
             ErrorCode(FileError::ReadOnly));
    QCOMPARE(moveEntry(path("both/from/a"), path("both/to/a")).error().code,
             ErrorCode(FileError::ReadOnly));
}

void tst_Move::foreseesTheStickyBit()
{
    buildTree(path("from"), {file("a"), folder("", 01777)});
    buildTree(path("to"), {folder("", 0777)});
    QCOMPARE(chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    QVERIFY(checkMovable(path("from/a"), path("to")));
    if (!canBeOthers() || seteuid(65534) != 0)
        return; // a normal user owns the file, and there is no second user to try with
    const auto checked = checkMovable(path("from/a"), path("to"));
    const auto moved = moveEntry(path("from/a"), path("to/a"));
    QCOMPARE(seteuid(0), 0);
    QCOMPARE(checked.error().code, ErrorCode(FileError::NoPermission));
    QCOMPARE(moved.error().code, ErrorCode(FileError::NoPermission));
}

BANISTER_TEST_MAIN_WITH_MOUNTS(tst_Move)
#include "tst_move.moc"
