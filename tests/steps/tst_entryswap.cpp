// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/fileerror.h"
#include "steps/entryswap.h"
#include "support/scratchfolder.h"
#include "support/treesnapshot.h"

#include <QTest>

using namespace Banister;
using namespace Banister::TreeItems;

namespace {

/// Keeps the intentions of the tries of one step.
class Context : public StepContext
{
public:
    Result<> intend(const QJsonObject &change) override
    {
        m_intentions.append(change);
        return Success;
    }
    QList<QJsonObject> intentions() const override { return m_intentions; }
    void report(const Progress & /*progress*/) override {}
    void log(const QString & /*line*/) override {}
    bool isCancelRequested() const override { return false; }

private:
    QList<QJsonObject> m_intentions;
};

} // namespace

/// The exchange of a site's entries for those of a new tree.
class tst_entryswap : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void exchangesAllButWhatStays();
    void leavesAllWhereANewEntryHasTheNameOfOneThatStays();
    void leavesItAlsoInALaterTry();

private:
    SwapRequest request(const QList<QByteArray> &staying) const
    {
        return {m_folder->filePath("site"),
                m_folder->filePath("site/new"),
                m_folder->filePath("site/old"),
                m_folder->filePath("site/own/strays"),
                QList<QByteArray>{"new", "old", "own"} + staying,
                {}};
    }
    TreeSnapshot tree() const
    {
        return snapshotOf(m_folder->filePath("site"), SnapshotTimes::None);
    }

    std::unique_ptr<ScratchFolder> m_folder;
};

void tst_entryswap::init()
{
    m_folder = std::make_unique<ScratchFolder>();
    buildTree(m_folder->filePath("site"),
              {file("app/a", "2"),
               file("media/a", "own"),
               file("index.php", "2"),
               file("new/app/a", "3"),
               file("new/media/b", "3"),
               file("new/index.php", "3"),
               folder("old"),
               folder("own")});
}

void tst_entryswap::exchangesAllButWhatStays()
{
    buildTree(m_folder->filePath("site"), {file("points/a", "point")});
    auto before = tree();
    Context context;
    const auto plan = swapEntries(request({"points"}), context);
    QVERIFY2(plan, plan ? "" : qPrintable(factsOf(plan.error())));
    const auto after = tree();
    QCOMPARE(after["points/a"].content, before["points/a"].content);
    QCOMPARE(after["media/b"].content, before["new/media/b"].content);
    QCOMPARE(after["old/media/a"].content, before["media/a"].content);
    QVERIFY(!after.contains("media/a") && !after.contains("old/points"));
}

void tst_entryswap::leavesAllWhereANewEntryHasTheNameOfOneThatStays()
{
    const auto before = tree();
    Context context;
    const auto plan = swapEntries(request({"media"}), context);
    QVERIFY(plan.isError());
    QCOMPARE(plan.error().code, ErrorCode(FileError::Exists));
    QVERIFY2(plan.error().fact.contains("media"), qPrintable(plan.error().fact));
    QVERIFY(context.intentions().isEmpty());
    QCOMPARE(snapshotDifferences(before, tree()), QStringList());
}

void tst_entryswap::leavesItAlsoInALaterTry()
{
    const auto before = tree();
    Context context;
    QVERIFY(context.intend(SwapPlan{{"app", "index.php"}, {"app", "index.php", "media"}}.toJson()));
    const auto plan = swapEntries(request({"media"}), context);
    QVERIFY(plan.isError());
    QCOMPARE(plan.error().code, ErrorCode(FileError::Exists));
    QCOMPARE(snapshotDifferences(before, tree()), QStringList());
}

QTEST_GUILESS_MAIN(tst_entryswap)
#include "tst_entryswap.moc"
