// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/fileerror.h"
#include "files/hash.h"
#include "files/tree.h"
#include "files/treecompare.h"
#include "support/scratchfolder.h"
#include "support/smallfilesystem.h"
#include "support/testmonitor.h"
#include "support/treebuilder.h"
#include "support/treesnapshot.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Banister;

namespace {

const auto Less = [](const TreeEntry &one, const TreeEntry &other) {
    return one.path < other.path;
};

Tree read(const QString &root, const TreeOptions &options = {})
{
    TestMonitor monitor;
    auto tree = readTree(root, options, monitor);
    if (!tree)
        qFatal("%s", tree.isError() ? qPrintable(tree.error().fact) : "cancelled");
    return std::move(tree).value();
}

} // namespace

class tst_Tree : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder.emplace(); }
    void cleanup() { m_folder.reset(); }
    void seesWhatIsThere();
    void hashesFiles();
    void leavesOutWhatIsExcluded();
    void givesTheRoot();
    void entersNoLinkedFolder();
    void readsPathsOfAnyLength();
    void reportsWhatIsNoFolder();
    void isCancelled();
    void findsEachDifference();
    void comparesOnlyWhatIsAsked();
    void hashesOneFile();

private:
    QString root() const { return m_folder->filePath("tree"); }

    std::optional<ScratchFolder> m_folder;
};

void tst_Tree::seesWhatIsThere()
{
    buildTree(root(), oddTree());
    const auto tree = read(root());
    QVERIFY(std::is_sorted(tree.begin(), tree.end(), Less));
    auto snapshot = snapshotOf(root());
    snapshot.remove({});
    QCOMPARE(tree.size(), snapshot.size());
    for (const auto &entry : tree) {
        const auto expected = snapshot.value(entry.path);
        QVERIFY2(snapshot.contains(entry.path), entry.path.constData());
        QCOMPARE(entry.type == EntryType::File     ? 'f'
                 : entry.type == EntryType::Folder ? 'd'
                                                   : 'l',
                 expected.type);
        QCOMPARE(entry.mode, expected.mode);
        QCOMPARE(entry.uid, expected.uid);
        QCOMPARE(entry.gid, expected.gid);
        QCOMPARE(entry.modifiedNs, expected.modifiedNs);
        QVERIFY(entry.sha256.isEmpty());
        if (entry.type == EntryType::Link)
            QCOMPARE(entry.linkTarget, expected.content);
    }
    QCOMPARE(findIn(tree, "deep/er/and/de\neper/file")->size, 300000);
    QVERIFY(!findIn(tree, "deep/er/an"));
}

void tst_Tree::hashesFiles()
{
    buildTree(root(), oddTree());
    for (const int threads : {1, 2, 4}) {
        TestMonitor monitor;
        const auto tree = readTree(root(), {.hash = true, .threads = threads}, monitor);
        QVERIFY(tree);
        for (const auto &entry : *tree) {
            if (entry.type != EntryType::File) {
                QVERIFY(entry.sha256.isEmpty());
                continue;
            }
            QFile file(QFile::decodeName(QFile::encodeName(root()) + '/' + entry.path));
            if (!file.open(QIODevice::ReadOnly))
                continue; // a name that QFile cannot spell
            QCOMPARE(entry.sha256,
                     QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256));
        }
        QCOMPARE(monitor.last().done, bytesIn(*tree));
    }
}

void tst_Tree::leavesOutWhatIsExcluded()
{
    using namespace TreeItems;
    buildTree(root(), {file("a/b/c"), file("a/bb"), file("d"), file("new\nline/x")});
    const auto tree = read(root(), {.excluded = {"a/b", "d", "new\nline"}});
    QCOMPARE(tree.size(), 2);
    QVERIFY(findIn(tree, "a"));
    QVERIFY(findIn(tree, "a/bb"));
}

void tst_Tree::givesTheRoot()
{
    buildTree(root(), {TreeItems::file("a")});
    QCOMPARE(chmod(QFile::encodeName(root()).constData(), 02751), 0);
    const auto tree = read(root(), {.withRoot = true});
    QCOMPARE(tree.size(), 2);
    QCOMPARE(tree.first().path, QByteArray());
    QCOMPARE(tree.first().type, EntryType::Folder);
    QCOMPARE(tree.first().mode, 02751U);
}

void tst_Tree::entersNoLinkedFolder()
{
    using namespace TreeItems;
    buildTree(m_folder->filePath("outside"), {file("secret")});
    buildTree(root(), {linkTo("door", QFile::encodeName(m_folder->filePath("outside")))});
    QCOMPARE(read(root()).size(), 1);
    // The root itself may be reached through a link.
    QVERIFY(QFile::link(root(), m_folder->filePath("shortcut")));
    QCOMPARE(read(m_folder->filePath("shortcut")).size(), 1);
}

void tst_Tree::readsPathsOfAnyLength()
{
    // Longer than PATH_MAX: no system call takes it in one piece.
    QVERIFY(QDir().mkpath(root()));
    const auto old = QDir::currentPath();
    QVERIFY(QDir::setCurrent(root()));
    const QByteArray name(200, 'x');
    for (int i = 0; i < 30; ++i) {
        QCOMPARE(mkdir(name.constData(), 0755), 0);
        QCOMPARE(chdir(name.constData()), 0);
    }
    QFile file("last");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("content");
    file.close();
    QVERIFY(QDir::setCurrent(old));
    const auto tree = read(root(), {.hash = true});
    QCOMPARE(tree.size(), 31);
    QCOMPARE(tree.last().path.size(), 30 * 201 + 4);
    QCOMPARE(tree.last().sha256,
             QCryptographicHash::hash(QByteArray("content"), QCryptographicHash::Sha256));
}

void tst_Tree::reportsWhatIsNoFolder()
{
    TestMonitor monitor;
    const auto missing = readTree(root(), {}, monitor);
    QVERIFY(missing.isError());
    QCOMPARE(missing.error().code, ErrorCode(FileError::NotFound));
    QVERIFY(missing.error().fact.contains(root()));
    buildTree(root(), {TreeItems::file("a")});
    const auto file = readTree(root() + "/a", {}, monitor);
    QVERIFY(file.isError());
    QCOMPARE(file.error().code, ErrorCode(FileError::NotAFolder));
}

void tst_Tree::isCancelled()
{
    buildTree(root(), oddTree());
    for (int questions = 0; questions < 20; ++questions) {
        TestMonitor monitor(questions);
        QVERIFY(readTree(root(), {.hash = true}, monitor).isCancelled());
    }
}

void tst_Tree::findsEachDifference()
{
    using Kind = TreeDifference::Kind;
    TreeEntry file{.path = "f", .size = 1, .mode = 0644, .sha256 = "one"};
    const TreeEntry link{.path = "l", .type = EntryType::Link, .linkTarget = "x"};
    const Tree expected{file, link, {.path = "m"}};
    file.size = 2;
    file.mode = 0600;
    file.uid = 7;
    file.modifiedNs = 8;
    const Tree actual{{.path = "a"}, file, {.path = "l", .type = EntryType::Folder}};
    const QList<TreeDifference> all{{"a", Kind::Added},
                                    {"f", Kind::Content},
                                    {"f", Kind::Mode},
                                    {"f", Kind::Owner},
                                    {"f", Kind::Time},
                                    {"l", Kind::Type},
                                    {"m", Kind::Missing}};
    QCOMPARE(compareTrees(expected, actual), all);
    QVERIFY(compareTrees(expected, expected).isEmpty());
    QCOMPARE(compareTrees({link}, {{.path = "l", .type = EntryType::Link, .linkTarget = "y"}}),
             (QList<TreeDifference>{{"l", Kind::LinkTarget}}));
}

void tst_Tree::comparesOnlyWhatIsAsked()
{
    const Tree one{{.path = "d", .type = EntryType::Folder, .modifiedNs = 1},
                   {.path = "f", .mode = 0644, .modifiedNs = 1, .sha256 = "one"}};
    const Tree other{{.path = "d", .type = EntryType::Folder, .modifiedNs = 2},
                     {.path = "f", .mode = 0600, .uid = 1, .modifiedNs = 2, .sha256 = "two"}};
    QCOMPARE(compareTrees(one, other).size(), 5);
    QVERIFY(compareTrees(one, other, {}).isEmpty());
    QCOMPARE(compareTrees(one, other, TreeAspect::FolderTimes).size(), 1);
    QCOMPARE(compareTrees(one, other, TreeAspect::Content | TreeAspect::Mode).size(), 2);
}

void tst_Tree::hashesOneFile()
{
    using namespace TreeItems;
    const QByteArray content(1000000, 'x');
    buildTree(root(), {file("big", content), file("empty"), linkTo("link", "big")});
    TestMonitor monitor;
    QCOMPARE(sha256OfFile(root() + "/big", monitor).value(),
             QCryptographicHash::hash(content, QCryptographicHash::Sha256));
    QCOMPARE(sha256OfFile(root() + "/empty", monitor).value(),
             QCryptographicHash::hash({}, QCryptographicHash::Sha256));
    QCOMPARE(sha256OfFile(root() + "/link", monitor).error().code,
             ErrorCode(FileError::UnsafePath));
    QCOMPARE(sha256OfFile(root(), monitor).error().code, ErrorCode(FileError::IsAFolder));
    TestMonitor impatient(1);
    QVERIFY(sha256OfFile(root() + "/big", impatient).isCancelled());
}

QTEST_GUILESS_MAIN(tst_Tree)
#include "tst_tree.moc"
