// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/copytree.h"
#include "files/fileerror.h"
#include "support/scratchfolder.h"
#include "support/smallfilesystem.h"
#include "support/testmonitor.h"
#include "support/treebuilder.h"
#include "support/treesnapshot.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace Banister;
using namespace TreeItems;

namespace {

QList<TreeItem> manyFiles(int count)
{
    QList<TreeItem> items;
    for (int i = 0; i < count; ++i)
        items.append(file("d" + QByteArray::number(i % 7) + "/f" + QByteArray::number(i),
                          QByteArray(i * 37 % 5000, char('a' + i % 26))));
    return items;
}

} // namespace

class tst_CopyTree : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder.emplace(); }
    void cleanup() { m_folder.reset(); }
    void copiesEverything_data();
    void copiesEverything();
    void reportsTheHashedTree();
    void keepsExtendedAttributes();
    void keepsOwners();
    void keepsHardLinks();
    void leavesOutWhatIsNotWanted();
    void existing_data();
    void existing();
    void isRepeatedAfterCancelling_data();
    void isRepeatedAfterCancelling();
    void goesOnWithPartsOnly();
    void isRepeatedAfterAFullDisk();
    void replacesHalfCopiedFiles();
    void passesNoLinkInTheTarget();
    void refusesTheTargetInTheSource();
    void reportsSpecialFiles();
    void reportsUnreadableAndMissing();

private:
    QString from() const { return m_folder->filePath("from"); }
    QString to() const { return m_folder->filePath("to"); }
    QString error(const CopyOptions &options = {})
    {
        const auto copied = copyTree(from(), to(), options, m_monitor);
        return copied.isError() ? copied.error().code.toString() : QString();
    }

    std::optional<ScratchFolder> m_folder;
    TestMonitor m_monitor;
};

void tst_CopyTree::copiesEverything_data()
{
    QTest::addColumn<bool>("hash");
    QTest::addColumn<bool>("durable");
    QTest::addColumn<int>("threads");
    QTest::addColumn<Existing>("existing");
    QTest::newRow("plain") << false << false << 2 << Existing::Fail;
    QTest::newRow("hashed") << true << false << 2 << Existing::Fail;
    QTest::newRow("durable") << true << true << 2 << Existing::Fail;
    QTest::newRow("one thread") << true << false << 1 << Existing::Fail;
    QTest::newRow("own target") << true << true << 2 << Existing::Replace;
    QTest::newRow("merging") << false << true << 2 << Existing::Keep;
}

void tst_CopyTree::copiesEverything()
{
    QFETCH(bool, hash);
    QFETCH(bool, durable);
    QFETCH(int, threads);
    QFETCH(Existing, existing);
    auto items = oddTree();
    items.append(folder("", 0750));
    buildTree(from(), items);
    const auto before = snapshotOf(from());
    const CopyOptions options{
        .hash = hash, .threads = threads, .durable = durable, .existing = existing};
    for (int round = 0; round < 2; ++round) {
        const auto copied = copyTree(from(), to(), options, m_monitor);
        QVERIFY2(copied, copied.isError() ? qPrintable(copied.error().fact) : "");
        QCOMPARE(snapshotDifferences(before, snapshotOf(to())), QStringList());
        QCOMPARE(snapshotDifferences(before, snapshotOf(from())), QStringList());
        QVERIFY(copied->isComplete());
        QCOMPARE(copied->files, 15 + 1);
        QCOMPARE(copied->links, 6);
        QCOMPARE(copied->bytes, bytesIn(copied->tree));
        QCOMPARE(copied->files + copied->links + copied->folders, before.size() - 1);
    }
}

void tst_CopyTree::reportsTheHashedTree()
{
    buildTree(from(), oddTree());
    const auto copied = copyTree(from(), to(), {.hash = true}, m_monitor);
    QVERIFY(copied);
    TestMonitor monitor;
    QCOMPARE(copied->tree, readTree(from(), {.hash = true}, monitor).value());
    QCOMPARE(copied->tree, readTree(to(), {.hash = true}, monitor).value());
    const auto again = copyTree(from(), to(), {.hash = true}, m_monitor);
    QCOMPARE(again->tree, copied->tree);
    QCOMPARE(m_monitor.last().done, copied->bytes);
}

void tst_CopyTree::keepsExtendedAttributes()
{
    buildTree(from(), {file("a/b", "x", 0640)});
    const auto set = [this](const char *name, const char *attribute, const QByteArray &value) {
        return setxattr(QFile::encodeName(from() + name).constData(),
                        attribute,
                        value.constData(),
                        size_t(value.size()),
                        0);
    };
    QCOMPARE(set("/a/b", "user.one", "1"), 0);
    QCOMPARE(set("/a/b", "user.two", QByteArray(2000, 'v')), 0);
    QCOMPARE(set("/a", "user.three", "3"), 0);
    // An ACL: user::rw-, user:root:r--, group::r--, mask::r--, other::---
    const auto entry = [](quint16 tag, quint16 permissions, quint32 id) {
        QByteArray bytes;
        for (const quint32 part : {quint32(tag) | (quint32(permissions) << 16), id}) {
            for (unsigned shift = 0; shift < 32; shift += 8)
                bytes += char((part >> shift) & 0xff);
        }
        return bytes;
    };
    const auto acl = QByteArray("\2\0\0\0", 4) + entry(1, 6, ~0U) + entry(2, 4, 0)
                     + entry(4, 4, ~0U) + entry(16, 4, ~0U) + entry(32, 0, ~0U);
    QCOMPARE(set("/a/b", "system.posix_acl_access", acl), 0);
    const auto before = snapshotOf(from());
    QVERIFY(before.value("a/b").attributes.contains("system.posix_acl_access"));
    const auto copied = copyTree(from(), to(), {}, m_monitor);
    QVERIFY(copied);
    QCOMPARE(snapshotDifferences(before, snapshotOf(to())), QStringList());
    QVERIFY(copied->attributesNotKept.isEmpty());
}

void tst_CopyTree::keepsOwners()
{
    buildTree(from(), {file("a/b", "x", 04755), linkTo("a/c", "b")});
    if (!canBeOthers())
        return; // nobody else's files can be made
    for (const auto *name : {"/a", "/a/b", "/a/c"})
        QCOMPARE(lchown(QFile::encodeName(from() + name).constData(), 33, 34), 0);
    QCOMPARE(chmod(QFile::encodeName(from() + "/a/b").constData(), 04755), 0);
    const auto before = snapshotOf(from());
    QVERIFY(copyTree(from(), to(), {}, m_monitor));
    QCOMPARE(snapshotDifferences(before, snapshotOf(to())), QStringList());
    // A user who may not give files away gets copies of his own, without setuid, and is told.
    const auto elsewhere = m_folder->filePath("elsewhere");
    QVERIFY(QDir().mkdir(elsewhere));
    QCOMPARE(chown(QFile::encodeName(elsewhere).constData(), 65534, 65534), 0);
    QCOMPARE(chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    QCOMPARE(setegid(65534), 0);
    QCOMPARE(seteuid(65534), 0);
    const auto copied = copyTree(from(), elsewhere + "/x", {}, m_monitor);
    QCOMPARE(seteuid(0), 0);
    QCOMPARE(setegid(0), 0);
    QVERIFY2(copied, copied.isError() ? qPrintable(copied.error().fact) : "");
    QCOMPARE(copied->ownersNotKept, (QList<QByteArray>{"", "a", "a/b", "a/c"}));
    QCOMPARE(snapshotOf(elsewhere + "/x").value("a/b").mode, 0755U);
}

void tst_CopyTree::keepsHardLinks()
{
    buildTree(from(), {file("a/one", "x"), file("b")});
    const auto name = [this](const char *path) { return QFile::encodeName(from() + path); };
    QCOMPARE(link(name("/a/one").constData(), name("/two").constData()), 0);
    for (int round = 0; round < 2; ++round) {
        const auto copied =
            copyTree(from(), to(), {.hash = true, .keepHardLinks = true}, m_monitor);
        QVERIFY2(copied, copied.isError() ? qPrintable(copied.error().fact) : "");
        struct stat one = {};
        struct stat two = {};
        QCOMPARE(stat(QFile::encodeName(to() + "/a/one").constData(), &one), 0);
        QCOMPARE(stat(QFile::encodeName(to() + "/two").constData(), &two), 0);
        QCOMPARE(one.st_ino, two.st_ino);
        QCOMPARE(copied->files, 3);
        QCOMPARE(findIn(copied->tree, "two")->sha256, findIn(copied->tree, "a/one")->sha256);
        QCOMPARE(snapshotDifferences(snapshotOf(from()), snapshotOf(to())), QStringList());
    }
}

void tst_CopyTree::leavesOutWhatIsNotWanted()
{
    buildTree(from(), {file("a/b/c"), file("a/bb"), file("d.tmp"), file("e"), file("f/g.tmp")});
    const CopyOptions options{.excluded = {"a/b"}, .isWanted = [](const TreeEntry &entry) {
                                  return !entry.path.endsWith(".tmp");
                              }};
    const auto copied = copyTree(from(), to(), options, m_monitor);
    QVERIFY(copied);
    QCOMPARE(snapshotOf(to()).keys(), (QList<QByteArray>{"", "a", "a/bb", "e", "f"}));
    QCOMPARE(copied->files, 2);
}

void tst_CopyTree::existing_data()
{
    QTest::addColumn<Existing>("existing");
    QTest::addColumn<QString>("expectedError");
    QTest::newRow("fail") << Existing::Fail << "FileError.Exists";
    QTest::newRow("keep") << Existing::Keep << QString();
    QTest::newRow("replace") << Existing::Replace << QString();
}

void tst_CopyTree::existing()
{
    QFETCH(Existing, existing);
    QFETCH(QString, expectedError);
    buildTree(from(),
              {file("d/one", "ours"), file("d/same", "same"), linkTo("l", "ours"), file("new/a")});
    buildTree(to(),
              {file("d/one", "their"),
               file("d/same", "same"),
               linkTo("l", "theirs"),
               file("their own"),
               folder("d", 0700)});
    const auto before = snapshotOf(to());
    const auto copied = copyTree(from(), to(), {.existing = existing}, m_monitor);
    QCOMPARE(copied.isError() ? copied.error().code.toString() : QString(), expectedError);
    const auto after = snapshotOf(to());
    QCOMPARE(after.value("their own").content, before.value("their own").content);
    if (existing == Existing::Replace) {
        auto expected = snapshotOf(from());
        expected.insert("their own", before.value("their own"));
        QCOMPARE(snapshotDifferences(expected, after), QStringList());
        return;
    }
    QCOMPARE(after.value("d/one").content, before.value("d/one").content);
    QCOMPARE(after.value("l").content, before.value("l").content);
    if (existing == Existing::Keep) {
        QCOMPARE(copied->kept, (QList<QByteArray>{"d/one", "l"}));
        QVERIFY(!copied->isComplete());
        QCOMPARE(after.value("d").mode, 0700U);
        QCOMPARE(after.value("d/same").modifiedNs, before.value("d/same").modifiedNs);
        QVERIFY(after.contains("new/a"));
    }
}

void tst_CopyTree::isRepeatedAfterCancelling_data()
{
    QTest::addColumn<Existing>("existing");
    QTest::addColumn<bool>("isShared");
    QTest::newRow("fail, new") << Existing::Fail << false;
    QTest::newRow("fail, shared") << Existing::Fail << true;
    QTest::newRow("keep, new") << Existing::Keep << false;
    QTest::newRow("keep, shared") << Existing::Keep << true;
    QTest::newRow("replace, new") << Existing::Replace << false;
    QTest::newRow("replace, shared") << Existing::Replace << true;
}

void tst_CopyTree::isRepeatedAfterCancelling()
{
    QFETCH(Existing, existing);
    QFETCH(bool, isShared);
    buildTree(from(), manyFiles(200) + oddTree());
    if (isShared)
        buildTree(to(), {file("d1/theirs", "t"), file("theirs"), folder("d1", 0711)});
    const auto before = snapshotOf(from());
    const auto theirs = snapshotOf(to());
    const CopyOptions options{.hash = true, .durable = false, .existing = existing};
    int cancelled = 0;
    for (const int questions : {0, 3, 50, 150, 300}) {
        TestMonitor impatient(questions);
        cancelled += copyTree(from(), to(), options, impatient).isCancelled() ? 1 : 0;
        // What has its name is complete.
        const auto half = snapshotOf(to(), SnapshotTimes::FilesOnly);
        for (auto it = half.begin(); it != half.end(); ++it) {
            if (it->type == 'f' && before.contains(it.key()) && existing != Existing::Replace)
                QCOMPARE(it->content, before.value(it.key()).content);
        }
        QVERIFY(isShared || existing == Existing::Replace || half.isEmpty());
    }
    QVERIFY(cancelled >= 3);
    const auto copied = copyTree(from(), to(), options, m_monitor);
    QVERIFY2(copied, copied.isError() ? qPrintable(copied.error().fact) : "");
    QVERIFY(copied->kept.isEmpty());
    auto expected = before;
    for (auto it = theirs.begin(); it != theirs.end(); ++it) {
        if (!before.contains(it.key()))
            expected.insert(it.key(), *it);
    }
    auto after = snapshotOf(to());
    if (isShared && existing == Existing::Keep) {
        QCOMPARE(after.value("d1").mode, 0711U); // not ours to change
        for (const auto *folder : {"", "d1"})
            expected.insert(folder, after.value(folder));
    }
    QCOMPARE(snapshotDifferences(expected, after), QStringList());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot),
             (QStringList{"from", "to"}));
}

void tst_CopyTree::goesOnWithPartsOnly()
{
    // A try that was stopped, then the source changed.
    buildTree(from(), {file("new/a", "1"), file("new/b", "2"), file("new/c/d", "3"), file("e")});
    buildTree(to(), {file("theirs")});
    TestMonitor impatient(8);
    QVERIFY(copyTree(from(), to(), {.threads = 1, .durable = false}, impatient).isCancelled());
    QVERIFY(!QFile::exists(to() + "/new"));
    const auto parts = QDir(to()).entryList({".banister-part-*"}, QDir::Dirs | QDir::Hidden);
    QCOMPARE(parts.size(), 1);
    const auto part = to() + '/' + parts.first();
    buildTree(part, {file("gone/x", "stale"), linkTo("a2", "stale")});
    buildTree(to(), {file(".banister-part-0123456789abcdef/stale")});
    removeWholly(part + "/b");
    buildTree(part, {file("a", "half"), file("b/is a folder now", "stale")});
    QVERIFY(copyTree(from(), to(), {}, m_monitor));
    auto expected = snapshotOf(from());
    expected.insert("theirs", snapshotOf(to()).value("theirs"));
    QCOMPARE(snapshotDifferences(expected, snapshotOf(to())), QStringList());
}

void tst_CopyTree::isRepeatedAfterAFullDisk()
{
    buildTree(from(), manyFiles(60));
    const auto before = snapshotOf(from());
    SmallFileSystem disk(16 * 4096);
    const auto target = disk.path("copy");
    const auto copied = copyTree(from(), target, {.hash = true}, m_monitor);
    QVERIFY(copied.isError());
    QCOMPARE(copied.error().code, ErrorCode(FileError::DiskFull));
    QVERIFY2(copied.error().fact.contains(target), qPrintable(copied.error().fact));
    QCOMPARE(snapshotDifferences(before, snapshotOf(from())), QStringList());
    disk.resize(2 << 20);
    const auto again = copyTree(from(), target, {.hash = true}, m_monitor);
    QVERIFY2(again, again.isError() ? qPrintable(again.error().fact) : "");
    QCOMPARE(snapshotDifferences(before, snapshotOf(target)), QStringList());
}

void tst_CopyTree::replacesHalfCopiedFiles()
{
    // What a killed process leaves: a part under its temporary name. Also of a file that is gone.
    buildTree(from(), {file("d/a", "whole content")});
    buildTree(to(),
              {file("d/.banister-part-0123456789abcdef", "whole"), file("d/other", "theirs")});
    QVERIFY(copyTree(from(), to(), {.existing = Existing::Keep}, m_monitor));
    QCOMPARE(snapshotOf(to()).keys(), (QList<QByteArray>{"", "d", "d/a", "d/other"}));
}

void tst_CopyTree::passesNoLinkInTheTarget()
{
    const auto outside = m_folder->filePath("outside");
    buildTree(outside, {file("a", "precious")});
    buildTree(from(), {file("d/a", "ours"), file("f", "ours")});
    const auto door = QFile::encodeName(outside);
    buildTree(to(), {linkTo("d", door), linkTo("f", door + "/a")});
    const auto before = snapshotOf(outside);
    QCOMPARE(error(), "FileError.Exists");
    QCOMPARE(error({.existing = Existing::Keep}), QString());
    QCOMPARE(snapshotDifferences(before, snapshotOf(outside)), QStringList());
    QCOMPARE(error({.existing = Existing::Replace}), QString());
    QCOMPARE(snapshotDifferences(before, snapshotOf(outside)), QStringList());
    QCOMPARE(snapshotDifferences(snapshotOf(from()), snapshotOf(to())), QStringList());
}

void tst_CopyTree::refusesTheTargetInTheSource()
{
    buildTree(from(), {file("a"), file("b/c")});
    const auto inside = from() + "/backup";
    const auto copied = copyTree(from(), inside, {}, m_monitor);
    QCOMPARE(copied.error().code, ErrorCode(FileError::UnsafePath));
    QVERIFY(copyTree(from(), inside, {.excluded = {"backup"}}, m_monitor));
    QVERIFY(QFile::exists(inside + "/b/c"));
    QVERIFY(!QFile::exists(inside + "/backup"));
}

void tst_CopyTree::reportsSpecialFiles()
{
    buildTree(from(), {file("a")});
    QCOMPARE(mkfifo(QFile::encodeName(from() + "/pipe").constData(), 0600), 0);
    const auto copied = copyTree(from(), to(), {.hash = true}, m_monitor);
    QVERIFY(copied);
    QCOMPARE(copied->special, QList<QByteArray>{"pipe"});
    logDifferences(*copied, m_monitor);
    QVERIFY(m_monitor.lines().join('\n').contains("nor link: pipe"));
    QVERIFY(!QFile::exists(to() + "/pipe"));
}

void tst_CopyTree::reportsUnreadableAndMissing()
{
    QCOMPARE(error(), "FileError.NotFound");
    buildTree(from(), {file("d/a", "x", 0)});
    {
        buildTree(m_folder->filePath("locked"), {});
        const ReadOnlyMount mount(m_folder->filePath("locked"));
        const auto copied = copyTree(from(), m_folder->filePath("locked/x"), {}, m_monitor);
        QCOMPARE(copied.error().code, ErrorCode(FileError::ReadOnly));
        QVERIFY(copied.error().fact.contains("locked/x"));
    }
    QCOMPARE(chmod(QFile::encodeName(m_folder->path()).constData(), 0777), 0);
    if (!canBeOthers())
        return; // the root of a user namespace may read all of the user's files
    QCOMPARE(seteuid(65534), 0);
    const auto copied = copyTree(from(), to(), {}, m_monitor);
    QCOMPARE(seteuid(0), 0);
    QCOMPARE(copied.error().code, ErrorCode(FileError::NoPermission));
    QVERIFY(copied.error().fact.contains(from() + "/d/a"));
}

BANISTER_TEST_MAIN_WITH_MOUNTS(tst_CopyTree)
#include "tst_copytree.moc"
