// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/assistant.h"
#include "assistant/sitestore.h"
#include "base/errorcatalogue.h"
#include "support/fakesteps.h"
#include "ui/mainwindow.h"
#include "ui/models/planmodel.h"
#include "ui/pages/addsitepage.h"
#include "ui/pages/page.h"
#include "ui/pages/runpage.h"
#include "ui/widgets/explanationview.h"
#include "ui/widgets/fieldresult.h"
#include "ui/widgets/lineview.h"
#include "ui/widgets/messagebanner.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Banister;

class tst_window : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void beginsWithTwoWays();
    void goesToThePageThatIsChosen();
    void tellsWhatAFolderIsNot();
    void testsAFolderWhileItIsTyped();
    void hasMoreForASite();
    void tellsOnceHowTheSiteIs();
    void neverCutsACode_data();
    void neverCutsACode();
    void namesEveryControl();
    void hasNoKeyTwice();
    void needsNoScrollBarsForASite();
    void fitsASmallWindow();
    void skipsOnlyWhatMayBeSkipped();

private:
    MainWindow &open()
    {
        m_window = std::make_unique<MainWindow>(Services{m_assistant, *m_store, *m_catalogue});
        m_window->show();
        return *m_window;
    }

    Assistant m_assistant;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SiteStore> m_store;
    std::unique_ptr<ErrorCatalogue> m_catalogue;
    std::unique_ptr<MainWindow> m_window;
};

void tst_window::init()
{
    m_window.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<SiteStore>(m_folder->filePath("sites.json"));
    auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue.isOk());
    m_catalogue = std::make_unique<ErrorCatalogue>(std::move(*catalogue));
}

void tst_window::beginsWithTwoWays()
{
    auto &window = open();
    QVERIFY(window.findChild<QPushButton *>("welcomeAdd")->isVisible());
    QVERIFY(window.findChild<QPushButton *>("welcomePractice")->isVisible());
    QTest::mouseClick(window.findChild<QPushButton *>("welcomeAdd"), Qt::LeftButton);
    QCOMPARE(window.currentPage()->title(), "Add a site");
}

void tst_window::goesToThePageThatIsChosen()
{
    auto &window = open();
    auto *navigation = window.findChild<QListWidget *>("navigation");
    navigation->setFocus();
    QTest::keyClick(navigation, Qt::Key_End);
    QCOMPARE(window.currentPage()->title(), "Help with an error");
    auto *search = window.findChild<QLineEdit *>("searchCode");
    QTest::keyClicks(search, "DatabaseError.AccessDenied");
    // Without a site its pages cannot be reached.
    QVERIFY(!(navigation->item(1)->flags() & Qt::ItemIsEnabled));
}

void tst_window::tellsWhatAFolderIsNot()
{
    auto &window = open();
    QTest::mouseClick(window.findChild<QPushButton *>("welcomeAdd"), Qt::LeftButton);
    auto *folder = window.findChild<QLineEdit *>("folder");
    QTest::keyClicks(folder, m_folder->path());
    QTest::keyClick(folder, Qt::Key_Return);
    const auto isTold = [&window] {
        const auto results = window.currentPage()->findChildren<FieldResult *>();
        return std::any_of(results.begin(), results.end(), [](const auto *result) {
            return result->verdict().tone == Style::Tone::Bad;
        });
    };
    QTRY_VERIFY(isTold());
    QVERIFY(!window.findChild<QPushButton *>("saveSite")->isEnabled());
}

void tst_window::testsAFolderWhileItIsTyped()
{
    auto &window = open();
    QTest::mouseClick(window.findChild<QPushButton *>("welcomeAdd"), Qt::LeftButton);
    auto *folder = window.findChild<QLineEdit *>("folder");
    QTest::keyClicks(folder, m_folder->path());
    const auto isTold = [&window] {
        const auto results = window.currentPage()->findChildren<FieldResult *>();
        return std::any_of(results.begin(), results.end(), [](const auto *result) {
            return result->verdict().tone == Style::Tone::Bad;
        });
    };
    QTRY_VERIFY(isTold());
    // What was said of another folder goes with the first letter.
    QTest::keyClick(folder, Qt::Key_X);
    QVERIFY(!isTold());
    QTRY_VERIFY(isTold());
}

void tst_window::hasMoreForASite()
{
    AddSitePage page({m_assistant, *m_store, *m_catalogue});
    page.show();
    auto *more = page.findChild<QPushButton *>("moreFields");
    auto *tls = page.findChild<QComboBox *>("databaseTls");
    QVERIFY(!tls->isVisible());
    QTest::mouseClick(more, Qt::LeftButton);
    QVERIFY(tls->isVisible());
    auto *sum = page.findChild<QLineEdit *>("packageSum");
    QTest::keyClicks(sum, "abc");
    const auto verdicts = [&page] {
        QStringList texts;
        for (const auto *result : page.findChildren<FieldResult *>())
            texts.append(result->verdict().text);
        return texts.join(' ');
    };
    QTRY_VERIFY(verdicts().contains("64 characters"));
    QTest::mouseClick(more, Qt::LeftButton);
    QVERIFY(!sum->isVisible());
    // What differs from the usual is not hidden.
    SiteSettings settings;
    settings.database.tls = DatabaseSettings::Tls::Required;
    page.edit(settings);
    QVERIFY(tls->isVisible());
    QCOMPARE(tls->currentText(), "Required");
    page.edit({});
    QVERIFY(!tls->isVisible());
}

void tst_window::tellsOnceHowTheSiteIs()
{
    ExplanationView view(*m_catalogue);
    const Error cause{ErrorCode::fromString("DatabaseError.AccessDenied"), "Denied.", {}, {}};
    const Error error{ErrorCode::fromString("ERR_DATABASE_BACKUP_FAILED"), "It broke.", {}, {}};
    const auto *top = m_catalogue->find(error.code);
    const auto *below = m_catalogue->find(cause.code);
    QVERIFY(top && below && !top->siteText.isEmpty() && !below->siteText.isEmpty());
    view.showError(std::get<Error>(because(error, cause)));
    const auto text = view.toPlainText();
    QCOMPARE(text.count("\nThe site\n"), 1);
    QVERIFY2(text.contains(top->siteText), qPrintable(text));
    // Alone it is told as before.
    view.showCode(cause.code);
    QVERIFY(view.toPlainText().contains(below->siteText));
}

void tst_window::neverCutsACode_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("detail");
    QTest::newRow("beside a short title") << "Files"
                                          << "All are there.";
    QTest::newRow("with a long title") << "Migrations of the database for version 2"
                                       << "Fine.";
    QTest::newRow("with long details")
        << "Migrations of the database for version 2" << QString(40, 'm');
}

void tst_window::neverCutsACode()
{
    QFETCH(QString, title);
    QFETCH(QString, detail);
    PlainModel model;
    LineView view("Steps");
    view.setModel(&model);
    view.resize(300, 80);
    const auto picture = [&](const QString &code) {
        model.setLines({{"done", 0, title, code, detail, "Running 45 %", "1 min 20 s, long left"}});
        return view.grab().toImage();
    };
    // To the last letter.
    QVERIFY(picture("applyV2Migrations") != picture("applyV2Migration"));
    QVERIFY(picture("applyV2Migrations") == picture("applyV2Migrations"));
}

void tst_window::namesEveryControl()
{
    auto &window = open();
    QStringList nameless;
    for (auto *page : window.pages()) {
        const auto widgets = page->findChildren<QWidget *>();
        for (auto *widget : widgets) {
            if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith("qt_")
                || widget->inherits("QScrollBar"))
                continue;
            // An empty label has nothing to say yet; it is selectable once it has.
            if (const auto *label = qobject_cast<QLabel *>(widget);
                label && label->text().isEmpty())
                continue;
            // A spin box's editor and a view's parts speak through their owner.
            if (widget->parentWidget()->inherits("QAbstractSpinBox")
                || widget->parentWidget()->inherits("QAbstractItemView"))
                continue;
            auto *interface = QAccessible::queryAccessibleInterface(widget);
            if (!interface || interface->text(QAccessible::Name).isEmpty())
                nameless.append(page->title() + ": " + widget->metaObject()->className() + ' '
                                + widget->objectName());
        }
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join("\n")));
}

void tst_window::hasNoKeyTwice()
{
    auto &window = open();
    QStringList clashes;
    for (auto *page : window.pages()) {
        QHash<QKeySequence, QString> known;
        const auto add = [&](const QString &text) {
            const auto key = QKeySequence::mnemonic(text);
            // The same text twice is the same action in two states of a page.
            if (!key.isEmpty() && known.value(key, text) != text)
                clashes.append(page->title() + ": " + known.value(key) + " and " + text);
            known.insert(key, text);
        };
        for (const auto *button : page->findChildren<QAbstractButton *>())
            add(button->text());
        for (const auto *bar : page->findChildren<QTabBar *>()) {
            for (int tab = 0; tab < bar->count(); ++tab)
                add(bar->tabText(tab));
        }
        for (const auto *label : page->findChildren<QLabel *>()) {
            if (label->buddy())
                add(label->text());
        }
    }
    QVERIFY2(clashes.isEmpty(), qPrintable(clashes.join("\n")));
}

void tst_window::needsNoScrollBarsForASite()
{
    auto &window = open();
    window.resize(900, 600);
    QTest::mouseClick(window.findChild<QPushButton *>("welcomeAdd"), Qt::LeftButton);
    auto *area = window.currentPage()->findChild<QScrollArea *>();
    for (auto *result : window.currentPage()->findChildren<FieldResult *>())
        result->setVerdict({Style::Tone::Good, "Connected to the database, server 10.11.19."});
    QTRY_COMPARE(area->widget()->height(), area->viewport()->height());
    QVERIFY(!area->verticalScrollBar()->isVisible());
    QVERIFY(!area->horizontalScrollBar()->isVisible());
}

void tst_window::fitsASmallWindow()
{
    auto &window = open();
    window.resize(900, 600);
    QCOMPARE(window.size(), QSize(900, 600));
    for (auto *page : window.pages())
        QVERIFY2(page->minimumSizeHint().height() <= 600, qPrintable(page->title()));
}

void tst_window::skipsOnlyWhatMayBeSkipped()
{
    const Error broken{ErrorCode::fromString("Broken"), "It broke.", {}, {}};
    Test::Diary diary;
    Plan plan{"upgrade", "Three to four", {}, {}};
    Test::add(plan, "needed", diary, broken);
    Test::add(plan, "cache", diary, broken).skippable("The cache stays old.");
    RunPage page(*m_catalogue);
    page.show();
    page.start("Three to four", false, [&]() -> Result<std::shared_ptr<Session>> {
        auto session = Session::begin(m_folder->filePath("banister"), std::move(plan));
        if (!session)
            return session.failure();
        return std::shared_ptr<Session>(std::move(*session));
    });
    auto *retry = page.findChild<QPushButton *>("retry");
    auto *skip = page.findChild<QPushButton *>("skipStep");
    QTRY_VERIFY(retry->isVisible());
    QVERIFY(!skip->isVisible());
    QVERIFY(page.standsHalfway());
    QTest::mouseClick(retry, Qt::LeftButton);
    QTRY_VERIFY(skip->isVisible());
    // What it means is said before it is done.
    QTest::mouseClick(skip, Qt::LeftButton);
    QCOMPARE(page.banner().text(), "The cache stays old.");
    QCOMPARE(page.checklist().finishedCount(), 1);
    QTest::mouseClick(page.findChild<QPushButton *>("confirmSkip"), Qt::LeftButton);
    QTRY_COMPARE(page.checklist().finishedCount(), 2);
    QTRY_VERIFY(!page.standsHalfway());
    QCOMPARE(diary.lines(), (QStringList{"needed", "cache"}));
}

QTEST_MAIN(tst_window)
#include "tst_window.moc"
