// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/fileerror.h"
#include "files/remove.h"
#include "support/scratchfolder.h"
#include "support/smallfilesystem.h"
#include "support/testmonitor.h"
#include "support/treebuilder.h"
#include "support/treesnapshot.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Banister;
using namespace TreeItems;

class tst_Remove : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder.emplace(); }
    void cleanup() { m_folder.reset(); }
    void removesAllKinds();
    void removesSingleEntries();
    void followsNoLink();
    void leavesMountsAlone();
    void removesLockedFoldersOfTheUser();
    void reportsWhatCannotBeRemoved();
    void isCancelledAndRepeated();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::optional<ScratchFolder> m_folder;
    TestMonitor m_monitor;
};

void tst_Remove::removesAllKinds()
{
    buildTree(path("t"), oddTree());
    QVERIFY(removeTree(path("t"), m_monitor));
    QCOMPARE(snapshotOf(m_folder->path()).size(), 1);
    QVERIFY(removeTree(path("t"), m_monitor));
    QVERIFY(removeTree(path("t/not/there"), m_monitor));
}

void tst_Remove::removesSingleEntries()
{
    buildTree(path("t"), {file("a"), linkTo("b", "c"), folder("c")});
    for (const auto *name : {"t/a", "t/b", "t/c/"})
        QVERIFY(removeTree(path(name), m_monitor));
    QCOMPARE(snapshotOf(path("t")).size(), 1);
}

void tst_Remove::followsNoLink()
{
    buildTree(path("outside"), {file("precious/a"), file("b")});
    const auto outside = QFile::encodeName(path("outside"));
    buildTree(path("t"), {linkTo("absolute", outside), linkTo("up", ".."), file("x")});
    buildTree(path("."), {linkTo("door", outside)});
    const auto before = snapshotOf(path("outside"));
    QVERIFY(removeTree(path("t"), m_monitor));
    QVERIFY(removeTree(path("door"), m_monitor));
    QCOMPARE(snapshotDifferences(before, snapshotOf(path("outside"))), QStringList());
    QVERIFY(!QFile::exists(path("t")));
}

void tst_Remove::leavesMountsAlone()
{
    buildTree(path("t"), {file("a"), file("media/precious")});
    {
        const ReadOnlyMount mount(path("t/media"));
        const auto removed = removeTree(path("t"), m_monitor);
        QCOMPARE(removed.error().code, ErrorCode(FileError::OtherFileSystem));
        QVERIFY(removed.error().fact.contains(path("t/media")));
        QVERIFY(QFile::exists(path("t/media/precious")));
    }
    QVERIFY(removeTree(path("t"), m_monitor));
}

void tst_Remove::removesLockedFoldersOfTheUser()
{
    const auto items = QList<TreeItem>{
        file("a/b/c"), folder("a/b", 0), folder("a", 0555), file("d/e"), folder("d", 0)};
    buildTree(path("t"), items);
    const auto asOther = [this](uid_t user) {
        for (const auto *name : {"t", "t/a", "t/a/b", "t/a/b/c", "t/d", "t/d/e", "."}) {
            if (chown(QFile::encodeName(path(name)).constData(), user, user) != 0)
                return false;
        }
        return seteuid(user) == 0;
    };
    const bool isRoot = canBeOthers();
    if (isRoot)
        (void)asOther(65534);
    const auto removed = removeTree(path("t"), m_monitor);
    if (isRoot)
        QCOMPARE(seteuid(0), 0);
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().fact));
    QVERIFY(!QFile::exists(path("t")));
}

void tst_Remove::reportsWhatCannotBeRemoved()
{
    buildTree(path("t"), {file("a/b")});
    const ReadOnlyMount mount(path("t"));
    const auto removed = removeTree(path("t/a"), m_monitor);
    QCOMPARE(removed.error().code, ErrorCode(FileError::ReadOnly));
    QVERIFY(removed.error().fact.contains(path("t/a/b")));
}

void tst_Remove::isCancelledAndRepeated()
{
    buildTree(path("t"), oddTree());
    TestMonitor impatient(10);
    QVERIFY(removeTree(path("t"), impatient).isCancelled());
    QVERIFY(QFile::exists(path("t")));
    QVERIFY(removeTree(path("t"), m_monitor));
    QVERIFY(!QFile::exists(path("t")));
}

BANISTER_TEST_MAIN_WITH_MOUNTS(tst_Remove)
#include "tst_remove.moc"
