// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/assistant.h"
#include "assistant/sitestore.h"
#include "base/errorcatalogue.h"
#include "ui/mainwindow.h"
#include "ui/pages/page.h"
#include "ui/style/style.h"

#include <QApplication>

#include <chrono>
#include <memory>

class QAbstractItemView;

namespace Banister::Test {

/// Measures how long the window's thread is busy with one event: meanwhile the window is frozen.
class MeteredApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;
    static MeteredApplication &self();
    /// What follows is not a turn that a person would notice: the test does it.
    void pause(bool isPaused) { m_isPaused = isPaused; }
    std::chrono::milliseconds longestTurn() const { return m_longest; }
    /// What that was: class of the receiver and type of the event.
    const QString &longestEvent() const { return m_longestEvent; }

private:
    int m_depth = 0;
    bool m_isPaused = false;
    std::chrono::milliseconds m_longest{0};
    QString m_longestEvent;
};

/// Lines of the navigation.
enum class Line { Sites, Check, Plan, Run, Done, RollBack, Log, Help };

/// The window as a person uses it: what is seen by object name, then mouse and keys. What returns a
/// bool tells whether a person could have done it.
class WindowDriver
{
public:
    /// \param folder takes the list of sites
    explicit WindowDriver(const QString &folder);

    MainWindow &window() { return *m_window; }
    template<typename PageType>
    bool isOn() const
    {
        return qobject_cast<PageType *>(m_window->currentPage()) != nullptr;
    }

    /// A visible widget of the current page, or else of the window; null where there is none.
    template<typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return qobject_cast<Widget *>(findWidget(name));
    }
    bool canClick(const QString &name) const; ///< visible and enabled
    bool click(const QString &name);
    /// In place of what stands there; the field keeps the focus unless it is left.
    bool type(const QString &name, const QString &text, bool leaves = true);
    bool press(const QString &name, Qt::Key key);
    bool chooseRow(const QString &view, int row); ///< by the mouse
    bool chooseTab(const QString &tabs, int index);

    bool canGoTo(Line line) const;
    bool goTo(Line line);

    /// One entry a row of a view.
    QStringList texts(const QString &view, int role) const;

    /// Pictures of the window in light and dark, and small, into the folder that the variable
    /// BANISTER_PICTURES names; nothing without it.
    void takePictures(const QString &name);

private:
    QWidget *findWidget(const QString &name) const;

    Assistant m_assistant;
    SiteStore m_store;
    std::unique_ptr<ErrorCatalogue> m_catalogue;
    std::unique_ptr<MainWindow> m_window;
};

/// As the programs do; but where the variable BANISTER_LONG_TEXTS is set, all texts become much
/// longer, as they are in other languages.
void installTexts();
bool hasLongTexts();

} // namespace Banister::Test

/// The program of a test of the window.
#define BANISTER_WINDOW_TEST_MAIN(TestClass)                                                       \
    int main(int argc, char **argv)                                                                \
    {                                                                                              \
        Banister::Test::MeteredApplication application(argc, argv);                                \
        Banister::Style::install();                                                                \
        Banister::Test::installTexts();                                                            \
        TestClass test;                                                                            \
        return QTest::qExec(&test, argc, argv);                                                    \
    }
