// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowdriver.h"
#include "support/practicefixture.h"
#include "support/treesnapshot.h"
#include "ui/models/linerole.h"
#include "ui/pages/addsitepage.h"
#include "ui/pages/checkpage.h"
#include "ui/pages/donepage.h"
#include "ui/pages/planpage.h"
#include "ui/pages/rollbackpage.h"
#include "ui/pages/runpage.h"
#include "ui/pages/sitespage.h"
#include "ui/widgets/fieldresult.h"
#include "ui/widgets/messagebanner.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QClipboard>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTest>
#include <QTextBrowser>

#include <algorithm>

using namespace Banister;
using namespace Banister::Test;

namespace {

/// Milliseconds. What takes some seconds may take long on a busy machine.
constexpr int AWhile = 120'000;
constexpr int StepCount = 12;
constexpr auto Newcomers = "SELECT COUNT(*) FROM leads WHERE email = 'newcomer@example.org'";

} // namespace

/// A person takes a real site through the window, with mouse and keys, and nothing else.
class tst_wholeway : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void upgradesAndRollsBack();
    void failsExplainsAndRetries();
    void givesUpWhatChangedNothing();

private:
    QString picture(const QString &name) const { return m_prefix + name; }
    void goAsFarAsThePlan();
    void addTheSite();
    void checkTheSite();
    void readThePlan();
    void lookAtTheLoss();
    void chooseWhatComesBack();
    void verifyRollback();
    void undoTheRollback();

    /// Whether the run has come to an end of some kind, and the list of steps is as expected.
    bool allStepsAre(const QString &icon) const
    {
        const auto icons = m_driver->texts("checklist", LineRole::Icon);
        return icons.size() == StepCount && icons.count(icon) == StepCount;
    }
    bool isChecked() const
    {
        const auto icons = m_driver->texts("findings", LineRole::Icon);
        return !icons.isEmpty() && !icons.contains("pending") && !icons.contains("running");
    }
    /// The tree without Banister's own folder, which stays after a rollback.
    TreeSnapshot tree() const
    {
        auto snapshot = snapshotOf(m_site->site().sitePath());
        snapshot.removeIf([](const auto &entry) { return entry.key().startsWith(".banister"); });
        return snapshot;
    }

    QString m_prefix;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PracticeFixture> m_site;
    std::unique_ptr<WindowDriver> m_driver;
};

void tst_wholeway::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_site = std::make_unique<PracticeFixture>();
    const auto problem = m_site->build();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    // A site that is in use has a cache; else the checks' first call of the console would make it.
    QCOMPARE(m_site->console({"doctrine:migrations:status"}).status, 0);
    m_driver = std::make_unique<WindowDriver>(m_folder->path());
    QVERIFY(QTest::qWaitForWindowActive(&m_driver->window()));
}

void tst_wholeway::cleanup()
{
    m_driver.reset();
    m_site.reset();
}

void tst_wholeway::goAsFarAsThePlan()
{
    addTheSite();
    if (!QTest::currentTestFailed())
        checkTheSite();
    if (!QTest::currentTestFailed())
        readThePlan();
}

void tst_wholeway::addTheSite()
{
    QTRY_VERIFY(m_driver->canClick("welcomeAdd"));
    m_driver->takePictures(picture("1-sites-first"));
    QVERIFY(m_driver->click("welcomeAdd"));
    QVERIFY(m_driver->isOn<AddSitePage>());
    // A field need not be left for its test.
    QVERIFY(m_driver->type("folder", m_site->site().sitePath(), false));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("saveSite"), AWhile);
    // The site's own configuration fills in what a person left empty.
    QCOMPARE(m_driver->find<QLineEdit>("databaseHost")->placeholderText(),
             m_site->site().database.host);
    QCOMPARE(m_driver->find<QLineEdit>("databaseUser")->placeholderText(),
             m_site->site().database.user);
    QVERIFY(m_driver->find<QSpinBox>("databasePort")
                ->text()
                .contains(QString::number(m_site->site().database.port)));
    QVERIFY(m_driver->type("package", m_site->site().packagePath));
    QVERIFY(m_driver->type("originalPackage", m_site->site().originalPackagePath));
    const auto goodResults = [this] {
        const auto results = m_driver->window().currentPage()->findChildren<FieldResult *>();
        return std::count_if(results.begin(), results.end(), [](const auto *result) {
            return result->verdict().tone == Style::Tone::Good;
        });
    };
    QTRY_COMPARE_WITH_TIMEOUT(goodResults(), 5, AWhile); // folder, two packages, database, PHP
    m_driver->takePictures(picture("2-add-site"));
    QFile package(m_site->site().packagePath);
    QVERIFY(package.open(QIODevice::ReadOnly));
    QCryptographicHash sum(QCryptographicHash::Sha256);
    QVERIFY(sum.addData(&package));
    QVERIFY(m_driver->click("moreFields"));
    QVERIFY(m_driver->type("packageSum", sum.result().toHex()));
    QTRY_COMPARE_WITH_TIMEOUT(goodResults(), 6, AWhile);
    m_driver->takePictures(picture("2-add-site-more"));
    QVERIFY(m_driver->click("saveSite"));
}

void tst_wholeway::checkTheSite()
{
    QTRY_VERIFY(m_driver->isOn<CheckPage>());
    QTRY_VERIFY_WITH_TIMEOUT(isChecked(), AWhile);
    QVERIFY(!m_driver->texts("findings", LineRole::Icon).contains("error"));
    m_driver->takePictures(picture("3-check"));
    const auto warnings = m_driver->texts("findings", LineRole::Icon).count("warning");
    QVERIFY(warnings >= 2);
    for (int row = 0; row < warnings; ++row) {
        QVERIFY(!m_driver->canClick("continue"));
        QVERIFY(!m_driver->canGoTo(Line::Plan));
        QVERIFY(m_driver->chooseRow("findings", row));
        // The mouse for all but the last.
        if (row + 1 < warnings)
            QVERIFY(m_driver->click("acceptWarning"));
        else
            QVERIFY(m_driver->press("findings", Qt::Key_Space));
    }
    QTRY_VERIFY(m_driver->canClick("continue"));
    m_driver->takePictures(picture("4-check-accepted"));
    QVERIFY(m_driver->click("continue"));
}

void tst_wholeway::readThePlan()
{
    QVERIFY(m_driver->isOn<PlanPage>());
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("startUpgrade"), AWhile);
    QCOMPARE(m_driver->texts("plannedSteps", LineRole::Code).size(), StepCount);
    m_driver->takePictures(picture("5-plan-steps"));
    QVERIFY(m_driver->chooseTab("planTabs", 1));
    m_driver->takePictures(picture("6-plan-sizes"));
    QVERIFY(m_driver->chooseTab("planTabs", 2));
    m_driver->takePictures(picture("7-plan-changes"));
    QVERIFY(m_driver->chooseTab("planTabs", 3));
    m_driver->takePictures(picture("8-plan-configuration"));
    const auto difference = m_driver->find<QPlainTextEdit>("planDifference")->toPlainText();
    QVERIFY2(difference.contains("\n-") && difference.contains("\n+"), qPrintable(difference));
    // A warning that is no longer accepted closes the way that was open already.
    QVERIFY(m_driver->goTo(Line::Check));
    QVERIFY(m_driver->chooseRow("findings", 0));
    QVERIFY(m_driver->click("acceptWarning"));
    QVERIFY(!m_driver->canGoTo(Line::Plan));
    QVERIFY(m_driver->click("acceptWarning"));
    // Without a restore point there is a word about it and no empty list.
    QVERIFY(m_driver->goTo(Line::RollBack));
    QTRY_VERIFY(m_driver->find<QLabel>("noRestorePoint"));
    QVERIFY(!m_driver->find("restorePoints") && !m_driver->find("rollbackNext"));
    m_driver->takePictures(picture("8-no-restore-point"));
    QVERIFY(m_driver->goTo(Line::Plan));
    QVERIFY(m_driver->canClick("startUpgrade"));
}

void tst_wholeway::upgradesAndRollsBack()
{
    m_prefix = "way-";
    const auto treeBefore = tree();
    const auto databaseBefore = m_site->databaseDump();
    QVERIFY2(databaseBefore.contains("Dump completed"), databaseBefore.right(1000).constData());
    goAsFarAsThePlan();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(m_driver->click("startUpgrade"));
    QVERIFY(m_driver->isOn<RunPage>());
    QTRY_VERIFY(m_driver->texts("checklist", LineRole::Icon).contains("running"));
    // What must not be done meanwhile cannot be done.
    for (const auto page : {Line::Sites, Line::Check, Line::Plan, Line::RollBack})
        QVERIFY(!m_driver->canGoTo(page));
    QTRY_COMPARE_WITH_TIMEOUT(
        m_driver->texts("checklist", LineRole::Icon).value(7), "running", AWhile);
    m_driver->takePictures(picture("9-run"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->isOn<DonePage>(), AWhile);
    const auto done = m_driver->find<QTextBrowser>("doneText")->toPlainText();
    QVERIFY2(done.contains("-restore-points/"), qPrintable(done));
    m_driver->takePictures(picture("a-done"));
    QVERIFY(m_driver->goTo(Line::Run));
    QVERIFY(allStepsAre("done"));
    m_driver->takePictures(picture("b-run-done"));
    QVERIFY(m_driver->goTo(Line::Log));
    QTRY_VERIFY(m_driver->find<QAbstractItemView>("log")->model()->rowCount() > StepCount);
    m_driver->takePictures(picture("c-log"));
    QVERIFY(m_driver->goTo(Line::Help));
    QVERIFY(m_driver->type("searchCode", "ERR_DATABASE_BACKUP_FAILED"));
    m_driver->takePictures(picture("c-help"));

    // Seen from outside.
    const auto metadata =
        QJsonDocument::fromJson(m_site->read("app/release_metadata.json")).object();
    QCOMPARE(metadata.value("version").toString(), "3.0.2");
    QCOMPARE(m_site->sql("SELECT COUNT(*) FROM migrations WHERE version = '20200422144300'"),
             QStringList{"1"});
    QCOMPARE(m_site->console({"mautic:update:find"}).status, 0);

    // Two weeks later.
    QCOMPARE(m_site->adminSql("INSERT INTO mautic.leads SET is_published = 1, points = 0, "
                              "email = 'newcomer@example.org'"),
             QString());
    m_site->write("media/files/contract.pdf", "uploaded since");
    verifyRollback();
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(m_site->sql(Newcomers), QStringList{"0"});
    const auto differences = snapshotDifferences(treeBefore, tree());
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join("\n")));
    QVERIFY(m_site->databaseDump() == databaseBefore);
    QVERIFY(m_driver->goTo(Line::Sites));
    QTRY_COMPARE(m_driver->texts("sites", LineRole::Icon), QStringList{"rollback"});
    m_driver->takePictures(picture("f-sites"));
    undoTheRollback();
    if (QTest::currentTestFailed())
        return;

    const auto &meter = MeteredApplication::self();
    qInfo("The longest turn of the window's thread: %lld ms (%s)",
          static_cast<long long>(meter.longestTurn().count()),
          qPrintable(meter.longestEvent()));
    QVERIFY(meter.longestTurn() < std::chrono::milliseconds(500));
}

void tst_wholeway::lookAtTheLoss()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("compareAgain"), AWhile);
    m_driver->takePictures(picture("d-rollback-2-files"));
    // What people wrote comes first, by name.
    QCOMPARE(m_driver->texts("lostFiles", Qt::DisplayRole).value(0), "media/files/contract.pdf");
    QCOMPARE(m_driver->texts("lostFiles", LineRole::Icon).count("warning"), 1);
    QVERIFY(m_driver->chooseTab("lossTabs", 1));
    const auto tables = m_driver->texts("lostTables", Qt::DisplayRole);
    QVERIFY(m_driver->chooseRow("lostTables", int(tables.indexOf("leads"))));
    QVERIFY2(tables.contains("leads"), qPrintable(tables.join(' ')));
    const auto *rows = m_driver->find<QAbstractItemView>("lostRows")->model();
    QStringList shown;
    for (int column = 0; column < rows->columnCount(); ++column)
        shown.append(rows->index(0, column).data().toString());
    QVERIFY2(shown.contains("newcomer@example.org"), qPrintable(shown.join(' ')));
    QVERIFY(m_driver->click("exportRows"));
    auto *dialog = m_driver->window().findChild<QFileDialog *>("exportDialog");
    QVERIFY(dialog);
    dialog->selectFile(m_folder->path());
    emit dialog->fileSelected(m_folder->path());
    dialog->close();
    m_driver->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_driver->window()));
    const auto *result = m_driver->find<FieldResult>("exportResult");
    QTRY_VERIFY_WITH_TIMEOUT(result && result->verdict().tone == Style::Tone::Good, AWhile);
    const QDir folder(m_folder->path());
    const auto exported = folder.entryList({"rows-*"}, QDir::Dirs).value(0);
    QFile csv(folder.filePath(exported + "/leads.added.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QVERIFY(csv.readAll().contains("newcomer@example.org"));
    m_driver->takePictures(picture("d-rollback-3-tables"));
}

void tst_wholeway::chooseWhatComesBack()
{
    m_driver->takePictures(picture("d-rollback-4-include"));
    // Without a folder there is nothing to roll back.
    QVERIFY(m_driver->click("includeFolders"));
    QVERIFY(!m_driver->canClick("rollbackNext"));
    QTRY_VERIFY(m_driver->texts("folderChoice", Qt::DisplayRole).contains("media"));
    const auto folders = m_driver->texts("folderChoice", Qt::DisplayRole);
    for (const auto *name : {"app", "media"}) {
        QVERIFY(m_driver->chooseRow("folderChoice", int(folders.indexOf(name))));
        QVERIFY(m_driver->press("folderChoice", Qt::Key_Space));
    }
    m_driver->takePictures(picture("d-rollback-5-folders"));
    QVERIFY(m_driver->click("rollbackNext"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("confirmRollback"), AWhile);
    QVERIFY(!m_driver->texts("rollbackSteps", LineRole::Code).contains("rollbackDb"));
    if (!hasLongTexts())
        QCOMPARE(m_driver->find<QPushButton>("confirmRollback")->text(), "&Roll back 2 folders");
    QVERIFY(m_driver->press("rollbackSteps", Qt::Key_Escape));
    // Tables are looked at together with those that stay.
    QVERIFY(m_driver->click("includeTables"));
    QVERIFY(!m_driver->canClick("rollbackNext"));
    const auto tables = m_driver->texts("tableChoice", Qt::DisplayRole);
    QVERIFY(m_driver->chooseRow("tableChoice", int(tables.indexOf("lead_tags_xref"))));
    QVERIFY(m_driver->press("tableChoice", Qt::Key_Space));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("rollbackNext"), AWhile);
    m_driver->takePictures(picture("d-rollback-6-tables"));
    QVERIFY(m_driver->click("keepPresent"));
    m_driver->takePictures(picture("d-rollback-7-not-kept"));
    QVERIFY(m_driver->click("keepPresent"));
    QVERIFY(m_driver->click("includeEverything"));
    QVERIFY(m_driver->click("rollbackNext"));
}

void tst_wholeway::verifyRollback()
{
    QVERIFY(m_driver->goTo(Line::Done));
    QVERIFY(m_driver->click("doneRollBack"));
    QVERIFY(m_driver->isOn<RollbackPage>());
    QTRY_VERIFY(m_driver->canClick("rollbackNext"));
    QCOMPARE(m_driver->texts("restorePoints", LineRole::Icon), QStringList{"ok"});
    m_driver->takePictures(picture("d-rollback-1-points"));
    QVERIFY(m_driver->press("restorePoints", Qt::Key_Return));
    lookAtTheLoss();
    if (QTest::currentTestFailed())
        return;
    // There and back by the keyboard.
    QVERIFY(m_driver->press("lostTables", Qt::Key_Escape));
    QVERIFY(m_driver->canClick("restorePoints"));
    QVERIFY(m_driver->press("restorePoints", Qt::Key_Return));
    QVERIFY(m_driver->press("rollbackNext", Qt::Key_Return));
    chooseWhatComesBack();
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("confirmRollback"), AWhile);
    const auto steps = m_driver->texts("rollbackSteps", LineRole::Detail);
    QVERIFY(!steps.filter(m_site->site().sitePath()).isEmpty());
    QVERIFY(!steps.filter(m_site->site().database.name).isEmpty());
    const auto confirm = m_driver->find<QPushButton>("confirmRollback")->text();
    if (!hasLongTexts())
        QVERIFY2(
            QRegularExpression("^&Roll back \\d+ files and \\d+ tables$").match(confirm).hasMatch(),
            qPrintable(confirm));
    m_driver->takePictures(picture("d-rollback-8-confirm"));
    QVERIFY(m_driver->click("confirmRollback"));
    QVERIFY(m_driver->isOn<RunPage>());
    QList<int> shares;
    const auto *list = m_driver->find<QAbstractItemView>("checklist")->model();
    const auto watching =
        connect(list, &QAbstractItemModel::dataChanged, this, [&shares](const QModelIndex &index) {
            const auto share = index.data(LineRole::Percent);
            if (index.data(LineRole::Code) == "rollbackDb" && share.isValid() && share.toInt() >= 0)
                shares.append(share.toInt());
        });
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->isOn<DonePage>(), AWhile);
    disconnect(watching);
    // The database's bar moves to its end while tables are read, removed and loaded.
    QVERIFY(std::is_sorted(shares.begin(), shares.end()));
    const auto isUnderWay = [](int share) { return share > 20 && share < 100; };
    QVERIFY(std::any_of(shares.begin(), shares.end(), isUnderWay));
    const auto told = m_driver->find<QTextBrowser>("doneText")->toPlainText();
    if (!hasLongTexts())
        QVERIFY2(told.contains("Equal to the restore point"), qPrintable(told));
    QCOMPARE(told.count("-restore-points/"), 1); // where the state before is
    m_driver->takePictures(picture("e-rolled-back"));
}

void tst_wholeway::undoTheRollback()
{
    QVERIFY(m_driver->goTo(Line::Sites));
    QTRY_VERIFY(m_driver->canClick("siteRollBack"));
    QVERIFY(m_driver->click("siteRollBack"));
    QTRY_VERIFY(m_driver->isOn<RollbackPage>());
    QTRY_COMPARE(m_driver->texts("restorePoints", LineRole::Icon), (QStringList{"ok", "skipped"}));
    // What was used up is shown, with the reason, and leads nowhere.
    QVERIFY(m_driver->chooseRow("restorePoints", 1));
    QVERIFY(!m_driver->canClick("rollbackNext"));
    if (!hasLongTexts())
        QVERIFY(m_driver->find<QLabel>("pointDetail")->text().contains("Used up"));
    m_driver->takePictures(picture("g-used-up"));
    QVERIFY(m_driver->chooseRow("restorePoints", 0));
    QVERIFY(m_driver->click("rollbackNext"));
    // Who is in a hurry need not wait for the comparison.
    QVERIFY(m_driver->click("rollbackNext"));
    QVERIFY(m_driver->click("keepPresent"));
    QVERIFY(m_driver->click("rollbackNext"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("confirmRollback"), AWhile);
    QVERIFY(m_driver->click("confirmRollback"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->isOn<DonePage>(), AWhile);
    QCOMPARE(m_site->sql(Newcomers), QStringList{"1"});
    QCOMPARE(m_site->read("media/files/contract.pdf"), QByteArray("uploaded since"));
}

void tst_wholeway::failsExplainsAndRetries()
{
    m_prefix = "fail-";
    goAsFarAsThePlan();
    if (QTest::currentTestFailed())
        return;
    // Beforehand the checks would find it.
    const QString grant = " INDEX ON `mautic`.* %1 'mautic'@'127.0.0.1'";
    QCOMPARE(m_site->adminSql("REVOKE" + grant.arg("FROM")), QString());
    QVERIFY(m_driver->click("startUpgrade"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("retry"), AWhile);
    const auto icons = m_driver->texts("checklist", LineRole::Icon);
    QCOMPARE(icons.count("done"), 7);
    QCOMPARE(icons.value(7), "error");
    // The failed line is open by itself: the codes, what happened, what to do, and the ways on.
    const auto told = m_driver->find<QTextBrowser>("explanation")->toPlainText();
    QStringList parts{
        "ERR_MAUTIC_3_MIGRATIONS_FAILED", "PhpError.NoRights", "INDEX command denied"};
    if (!hasLongTexts())
        parts.append("Give the missing right as an administrator");
    for (const auto &part : parts)
        QVERIFY2(told.contains(part), qPrintable(part + " is not in:\n" + told));
    QVERIFY(m_driver->canClick("rollBack"));
    QVERIFY(!m_driver->canClick("skipStep")); // the site would not work without this step
    QVERIFY(m_driver->click("copyDetails"));
    QVERIFY(QGuiApplication::clipboard()->text().contains("1142"));
    m_driver->takePictures(picture("g-run-failed"));
    // Nothing that was found or planned before is told of a site between two states.
    QTRY_VERIFY(!m_driver->canGoTo(Line::Plan) && !m_driver->canGoTo(Line::Done));
    QVERIFY(m_driver->goTo(Line::Check));
    QTRY_VERIFY(m_driver->canClick("goToRun"));
    QVERIFY(!m_driver->canClick("continue"));
    QVERIFY(m_driver->window().currentPage()->banner().text().contains("step 8 of 12"));
    m_driver->takePictures(picture("g-check-halfway"));
    QVERIFY(m_driver->click("goToRun"));
    QVERIFY(m_driver->isOn<RunPage>() && m_driver->canClick("rollBack"));

    // Going away and coming back: the site opens where it stands.
    QVERIFY(m_driver->goTo(Line::Sites));
    QTRY_VERIFY(m_driver->texts("sites", LineRole::Icon).contains("stopped"));
    m_driver->takePictures(picture("h-sites-stopped"));
    QVERIFY(m_driver->click("openSite"));
    QTRY_VERIFY(m_driver->isOn<RunPage>());
    QTRY_VERIFY(
        m_driver->find<QTextBrowser>("explanation")->toPlainText().contains("PhpError.NoRights"));
    m_driver->takePictures(picture("i-run-stopped"));
    QVERIFY(!m_driver->canGoTo(Line::Plan));

    QCOMPARE(m_site->adminSql("GRANT" + grant.arg("TO")), QString());
    QVERIFY(m_driver->click("retry"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->isOn<DonePage>(), AWhile);
    QVERIFY(m_driver->goTo(Line::Run));
    QVERIFY(allStepsAre("done"));
    const auto metadata =
        QJsonDocument::fromJson(m_site->read("app/release_metadata.json")).object();
    QCOMPARE(metadata.value("version").toString(), "3.0.2");
}

void tst_wholeway::givesUpWhatChangedNothing()
{
    m_prefix = "give-up-";
    goAsFarAsThePlan();
    if (QTest::currentTestFailed())
        return;
    const auto before = tree();
    const QString grant = " SELECT ON `mautic`.* %1 'mautic'@'127.0.0.1'";
    QCOMPARE(m_site->adminSql("REVOKE" + grant.arg("FROM")), QString());
    QVERIFY(m_driver->click("startUpgrade"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("rollBack"), AWhile);
    QCOMPARE(m_site->adminSql("GRANT" + grant.arg("TO")), QString());
    QVERIFY(m_driver->click("rollBack"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("giveUp"), AWhile);
    QVERIFY(!m_driver->canClick("confirmRollback"));
    m_driver->takePictures(picture("a-nothing-to-roll-back"));
    QVERIFY(m_driver->click("giveUp"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->isOn<CheckPage>(), AWhile);
    QTRY_VERIFY_WITH_TIMEOUT(isChecked(), AWhile);
    m_driver->takePictures(picture("b-given-up"));
    QCOMPARE(snapshotDifferences(before, tree()), QStringList());
}

BANISTER_WINDOW_TEST_MAIN(tst_wholeway)
#include "tst_wholeway.moc"
