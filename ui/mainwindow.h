// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/sitesettings.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

#include <QMainWindow>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace Banister {

class AddSitePage;
class CheckPage;
class DonePage;
class HelpPage;
class LogPage;
class Page;
class PlanPage;
class RollbackPage;
class RunPage;
class SitesPage;
struct RestorePoint;
struct RollbackWish;
struct RunEnd;
struct SiteStatus;

/// Pages, the way between them, and closing.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const Services &services, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens a site where it stands: checks, a run half-way, or what was done. Adds it to the list
    /// where it is not in it.
    void openSite(const SiteSettings &settings);
    /// The same, and then the way back.
    void openForRollback(const SiteSettings &settings);
    Page *currentPage() const;
    QList<Page *> pages() const;

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void open(const SiteSettings &settings, std::function<void()> then);
    void addPage(Page *page, const QString &icon, bool needsSite);
    void connectPages();
    void showPage(Page *page);
    void visit(QObject *page);
    void enter(const SiteSettings &settings, const SiteStatus &status);
    /// What all pages have to know of where the site stands.
    void take(const SiteStatus &status);
    void goToRun();
    void startUpgrade();
    void startRollback(const RestorePoint &point, const RollbackWish &wish);
    void showRollback();
    void giveUp();
    void afterRun(const RunEnd &end);
    void askBeforeClosing();
    void updateNavigation();

    const Services m_services;
    SiteSettings m_site; ///< the one that is open; an empty folder: none
    QString m_halfway;   ///< where a run of the site stands; empty where none does
    bool m_closesAfterRun = false;
    QListWidget *m_navigation;
    QLabel *m_siteName;
    QStackedWidget *m_stack;
    SitesPage *m_sites;
    AddSitePage *m_add;
    CheckPage *m_check;
    PlanPage *m_plan;
    RunPage *m_run;
    DonePage *m_done;
    RollbackPage *m_rollback;
    LogPage *m_log;
    HelpPage *m_help;
    Background m_opening;
};

} // namespace Banister
