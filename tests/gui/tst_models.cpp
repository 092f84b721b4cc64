// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/sitestatus.h"
#include "base/translations.h"
#include "ui/models/checklistmodel.h"
#include "ui/models/choicemodel.h"
#include "ui/models/findingsmodel.h"
#include "ui/models/linerole.h"
#include "ui/models/logmodel.h"
#include "ui/models/lossmodels.h"
#include "ui/models/planmodel.h"
#include "ui/models/sitesmodel.h"
#include "ui/rollback/rollbackwords.h"
#include "ui/support/background.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Banister;

class tst_models : public QObject
{
    Q_OBJECT

private slots:
    void checklistFollowsARun();
    void checklistTellsHowLongAStepTakes();
    void findingsHaveErrorsFirst();
    void onlyWarningsCanBeAccepted();
    void logForgetsTheOldest();
    void logIsFiltered();
    void filterFollowsTheLog();
    void sitesTellWhereTheyStand();
    void plainLinesAreReplaced();
    void filesOfPeopleComeFirst();
    void rowsAreShownAsTheyWereAndAre();
    void someLinesAreChosen();
    void numbersAreNamed();
    void backgroundDropsFormerResults();

private:
    static RunState run()
    {
        RunState state;
        for (const auto *code : {"a", "b", "c"}) {
            StepStatus step;
            step.code = code;
            step.title = QString("Title of ") + code;
            state.steps.append(step);
        }
        return state;
    }
};

void tst_models::checklistFollowsARun()
{
    ChecklistModel model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.currentRow(), -1);
    model.setRun(run());
    QCOMPARE(model.rowCount(), 3);
    model.setState("a", StepState::Done, {}, "All fine.");
    model.setState("b", StepState::Running, {}, {});
    model.setProgress("b", {30, 120, "Copying"});
    QCOMPARE(model.currentRow(), 1);
    QCOMPARE(model.finishedCount(), 1);
    QCOMPARE(model.index(0).data(LineRole::Detail).toString(), "All fine.");
    QCOMPARE(model.index(1).data(LineRole::Percent).toInt(), 25);
    QCOMPARE(model.index(1).data(LineRole::Detail).toString(), "Copying");
    QVERIFY(!model.index(2).data(LineRole::Percent).isValid());
    model.setProgress("b", {0, 0, "Looking"});
    QCOMPARE(model.index(1).data(LineRole::Percent).toInt(), 25);
    QCOMPARE(model.index(1).data(LineRole::Detail).toString(), "Looking");
    model.setState("b", StepState::Failed, {ErrorCode::fromString("E"), "It broke.", {}, {}}, {});
    QCOMPARE(model.index(1).data(LineRole::Detail).toString(), "It broke.");
    QVERIFY(model.index(1).data(Qt::AccessibleTextRole).toString().contains("Step 2 of 3"));
    QCOMPARE(model.currentRow(), 1);
}

void tst_models::checklistTellsHowLongAStepTakes()
{
    auto now = QDateTime::fromSecsSinceEpoch(1'000'000, Qt::UTC);
    ChecklistModel model(nullptr, [&now] { return now; });
    model.setRun(run());
    model.setState("a", StepState::Running, {}, {});
    now = now.addSecs(60);
    model.setProgress("a", {1, 4, {}});
    QSignalSpy changed(&model, &ChecklistModel::dataChanged);
    model.tick();
    QCOMPARE(changed.size(), 1);
    const auto time = model.index(0).data(LineRole::StatusDetail).toString();
    QVERIFY2(time.startsWith("1 min 0 s, about 3 minute"), qPrintable(time));
    model.setState("a", StepState::Done, {}, {});
    now = now.addSecs(60);
    QCOMPARE(model.index(0).data(LineRole::StatusDetail).toString(), "1 min 0 s");
}

void tst_models::findingsHaveErrorsFirst()
{
    FindingsModel model;
    const QAbstractItemModelTester tester(&model);
    const auto known = [](const char *code, Severity severity) {
        return CheckState{code, code, CheckPhase::Known, {severity, "Fact.", {}, {}, {}}, false};
    };
    model.setStates({known("fine", Severity::Ok),
                     known("odd", Severity::Warning),
                     known("wrong", Severity::Error),
                     {"later", "later", CheckPhase::Waiting, {}, false}});
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(LineRole::Rank);
    sorted.sort(0);
    QStringList codes;
    for (int row = 0; row < sorted.rowCount(); ++row)
        codes.append(sorted.index(row, 0).data(LineRole::Code).toString());
    QCOMPARE(codes, (QStringList{"wrong", "odd", "later", "fine"}));
}

void tst_models::onlyWarningsCanBeAccepted()
{
    FindingsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setStates(
        {{"fine", "fine", CheckPhase::Known, {}, false},
         {"odd", "odd", CheckPhase::Known, {Severity::Warning, {}, {}, {}, {}}, false}});
    QSignalSpy accepted(&model, &FindingsModel::accepted);
    QVERIFY(!model.setData(model.index(0), Qt::Checked, Qt::CheckStateRole));
    QVERIFY(model.setData(model.index(1), Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(accepted.first(), (QVariantList{"odd", true}));
    QVERIFY(!model.state(1).blocks());
}

void tst_models::logForgetsTheOldest()
{
    LogModel model(nullptr, 3);
    const QAbstractItemModelTester tester(&model);
    for (const auto *text : {"one", "two", "three", "four"})
        model.append({{QDateTime::currentDateTimeUtc(), LogLevel::Info, "step", text}});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, LogModel::Text).data().toString(), "two");
}

void tst_models::logIsFiltered()
{
    LogModel model;
    LogFilter filter;
    filter.setSourceModel(&model);
    model.append({{{}, LogLevel::Info, "a", "Moving on"},
                  {{}, LogLevel::Warning, "a", "Odd"},
                  {{}, LogLevel::Error, "b", "Broken"}});
    filter.setLevel(LogLevel::Warning);
    QCOMPARE(filter.rowCount(), 2);
    filter.setText("broken");
    QCOMPARE(filter.rowCount(), 1);
    filter.setLevel(LogLevel::Info);
    filter.setText("a");
    QCOMPARE(filter.rowCount(), 2); // the step's code counts as well
}

void tst_models::filterFollowsTheLog()
{
    LogModel model(nullptr, 4);
    LogFilter filter;
    filter.setSourceModel(&model);
    const QAbstractItemModelTester tester(&filter);
    filter.setLevel(LogLevel::Warning);
    const LogEntry odd{{}, LogLevel::Warning, "a", "Odd"};
    const LogEntry usual{{}, LogLevel::Info, "a", "Usual"};
    model.append({odd, usual, odd});
    QCOMPARE(filter.rowCount(), 2);
    model.append({usual, usual}); // the oldest goes
    QCOMPARE(filter.rowCount(), 1);
    filter.setLevel(LogLevel::Info);
    QCOMPARE(filter.rowCount(), 4);
    model.clear();
    QCOMPARE(filter.rowCount(), 0);
}

void tst_models::sitesTellWhereTheyStand()
{
    SitesModel model;
    const QAbstractItemModelTester tester(&model);
    KnownSite site;
    site.settings.folder = "/srv/www/news";
    model.setSites({site});
    QCOMPARE(model.index(0).data().toString(), "news");
    QCOMPARE(model.index(0).data(LineRole::Icon).toString(), "pending");
    site.isLookedUp = true;
    site.detection = Detection();
    site.detection->productName = "Mautic";
    site.detection->version = "2.16.5";
    site.detection->hopTarget = "3";
    site.detection->siteUrl = QUrl("https://news.example.org:8443/sub");
    auto stopped = site;
    stopped.status.kind = SiteStatus::Kind::Stopped;
    stopped.status.lastRun = run();
    auto damaged = KnownSite();
    damaged.isLookedUp = true;
    damaged.problem = Error{ErrorCode::fromString("E"), "It is damaged.", {}, {}};
    auto unreadable = site;
    unreadable.status.problem = Error{ErrorCode::fromString("E"), "It is root's.", {}, {}};
    model.setSites({site, stopped, damaged, unreadable});
    QCOMPARE(model.index(0).data().toString(), "news.example.org:8443");
    QCOMPARE(model.index(0).data(LineRole::StatusDetail).toString(), "Mautic 2.16.5");
    QCOMPARE(model.index(0).data(LineRole::Status).toString(), "Upgrade possible");
    QCOMPARE(model.index(1).data(LineRole::Status).toString(), "Stopped at step 1 of 3");
    QCOMPARE(model.index(2).data(Qt::ToolTipRole).toString(), "It is damaged.");
    QCOMPARE(model.index(3).data(LineRole::Icon).toString(), "error");
    QCOMPARE(model.index(3).data(LineRole::Status).toString(), "Not readable");
    QCOMPARE(model.index(3).data(Qt::ToolTipRole).toString(), "It is root's.");
    QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().contains("/srv/www/news"));
}

void tst_models::plainLinesAreReplaced()
{
    PlainModel model;
    const QAbstractItemModelTester tester(&model);
    const QList<PlannedStep> steps{{"a", "First", "Does it."}, {"b", "Second", "Proves it."}};
    model.setLines(linesOf(steps));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1).data(LineRole::Code).toString(), "b");
    QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(), "2. Second, Proves it.");
    model.setLines(linesOf(QList<Customisation>{{"a.css", CustomFate::NeedsALook, "Why."}}));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(LineRole::Icon).toString(), "warning");
    model.setLines({});
    QCOMPARE(model.rowCount(), 0);
}

void tst_models::filesOfPeopleComeFirst()
{
    FileChangesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setFiles({{"a.php", FileChange::Kind::Changed, 10, {}, false},
                    {"b.php", FileChange::Kind::Removed, 10, {}, false},
                    {"z.pdf", FileChange::Kind::Added, 20, {}, true}});
    QCOMPARE(model.index(0).data().toString(), "z.pdf");
    QCOMPARE(model.index(0).data(LineRole::Icon).toString(), "warning");
    QCOMPARE(model.index(1).data().toString(), "a.php");
    QCOMPARE(model.index(2).data(LineRole::Status).toString(), "Removed");
    model.setFiles({});
    QCOMPARE(model.rowCount(), 0);
}

void tst_models::rowsAreShownAsTheyWereAndAre()
{
    RowSamplesModel model;
    const QAbstractItemModelTester tester(&model);
    TableRowDiff table;
    table.addedSamples = {{{{"id", {false, "7"}}, {"name", {true, {}}}}}};
    table.changedSamples = {{{{"id", {false, "3"}}}, {{"points", {false, "1"}, {false, "2"}}}}};
    model.setTable(table);
    QCOMPARE(model.rowCount(), 2);
    QStringList header;
    QStringList changed;
    for (int column = 0; column < model.columnCount(); ++column) {
        header.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        changed.append(model.index(1, column).data().toString());
    }
    QCOMPARE(header, (QStringList{"Row", "id", "points", "name"}));
    QCOMPARE(changed, (QStringList{"Changed", "3", "1 → 2", ""}));
    QCOMPARE(model.index(0, 3).data().toString(), "NULL");
    model.clear();
    QCOMPARE(model.columnCount(), 0);
}

void tst_models::someLinesAreChosen()
{
    ChoiceModel model;
    const QAbstractItemModelTester tester(&model);
    model.setLines({{"folder", "app", "1 file"}, {"folder", "media", "2 files"}});
    QVERIFY(model.chosen().isEmpty());
    QSignalSpy changed(&model, &ChoiceModel::choiceChanged);
    QVERIFY(model.setData(model.index(1), Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(model.chosen(), QStringList{"media"});
    QCOMPARE(changed.size(), 1);
    QVERIFY(model.setData(model.index(1), Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(model.chosen().isEmpty());
}

void tst_models::numbersAreNamed()
{
    installTranslations();
    RestorePoint point;
    point.fileCount = 12418;
    point.tableCount = 143;
    PointContents contents;
    contents.entries = {{"app", true, 3, 10}, {"media", true, 4, 10}, {"index.php", false, 1, 10}};
    const auto numbers = [&](const RollbackSelection &selection) {
        return RollbackWords::numbersOf(point, selection, contents);
    };
    const auto many = QLocale().toString(12418);
    QCOMPARE(numbers({}), many + " files and 143 tables");
    QCOMPARE(numbers({true, false, {}, {}}), many + " files");
    QCOMPARE(numbers({false, true, {}, {}}), "143 tables");
    QCOMPARE(numbers({false, true, {}, {"leads"}}), "1 table");
    QCOMPARE(numbers({true, false, {"app", "media"}, {}}), "2 folders");
    QCOMPARE(numbers({true, false, {"app", "index.php"}, {}}), "1 folder and 1 file");
}

void tst_models::backgroundDropsFormerResults()
{
    Background background;
    QList<int> results;
    background.start(
        [](Monitor &monitor) {
            while (!monitor.isCancelRequested())
                std::this_thread::yield();
            return 1;
        },
        [&results](int value) { results.append(value); });
    background.start([](Monitor &) { return 2; }, [&results](int value) { results.append(value); });
    QTRY_COMPARE(results, QList<int>{2});
    QVERIFY(!background.isRunning());
}

QTEST_MAIN(tst_models)
#include "tst_models.moc"
