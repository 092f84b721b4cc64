// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "assistant/assistant.h"
#include "assistant/sitestore.h"
#include "practice/practicesite.h"
#include "ui/pages/addsitepage.h"
#include "ui/pages/checkpage.h"
#include "ui/pages/donepage.h"
#include "ui/pages/helppage.h"
#include "ui/pages/logpage.h"
#include "ui/pages/planpage.h"
#include "ui/pages/rollbackpage.h"
#include "ui/pages/runpage.h"
#include "ui/pages/sitespage.h"
#include "ui/style/style.h"
#include "ui/widgets/messagebanner.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

enum NavigationRole { PageRole = Qt::UserRole, NeedsSiteRole };

/// The session of a run, which keeps its log alive.
Result<std::shared_ptr<Session>> sessionOf(Result<std::unique_ptr<SiteRun>> run)
{
    if (!run)
        return run.failure();
    const std::shared_ptr<SiteRun> shared(std::move(*run));
    return std::shared_ptr<Session>(shared, &shared->session());
}

/// A practice site comes with its own database server, which may have been stopped since.
void startPracticeDatabase(const QString &siteFolder)
{
    const auto folder = QFileInfo(siteFolder).absolutePath();
    if (!QFileInfo::exists(folder + u"/practice.json"_s))
        return;
    // A failure is what the checks then find.
    [[maybe_unused]] const auto opened = openPracticeSite(folder);
}

} // namespace

MainWindow::MainWindow(const Services &services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_navigation(new QListWidget(this))
    , m_siteName(Style::label({}, Style::Text::Small, this))
    , m_stack(new QStackedWidget(this))
    , m_sites(new SitesPage(services, this))
    , m_add(new AddSitePage(services, this))
    , m_check(new CheckPage(services, this))
    , m_plan(new PlanPage(services, this))
    , m_run(new RunPage(services.catalogue, this))
    , m_done(new DonePage(this))
    , m_rollback(new RollbackPage(services, this))
    , m_log(new LogPage(services, this))
    , m_help(new HelpPage(services.catalogue, this))
{
    setWindowTitle(tr("Banister"));
    setWindowIcon(QIcon(u":/icons/banister.svg"_s));
    constexpr QSize Usual(1100, 720);
    constexpr int NavigationWidth = 190;
    resize(Usual);
    m_navigation->setObjectName(u"navigation"_s);
    m_navigation->setAccessibleName(tr("Pages"));
    m_navigation->setFrameShape(QFrame::NoFrame);
    m_navigation->setIconSize({Style::IconSize, Style::IconSize});
    m_navigation->setSpacing(2);
    m_navigation->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_siteName->setContentsMargins(Style::WideGap, Style::Gap, Style::Gap, Style::WideGap);

    auto *side = new QWidget(this);
    side->setAutoFillBackground(true);
    side->setBackgroundRole(QPalette::Base);
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(Style::SmallGap, Style::WideGap, 0, 0);
    sideLayout->addWidget(m_navigation, 1);
    sideLayout->addWidget(m_siteName);
    auto *middle = new QWidget(this);
    auto *layout = new QHBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(side);
    layout->addWidget(m_stack, 1);
    setCentralWidget(middle);

    addPage(m_sites, u"sites"_s, false);
    m_stack->addWidget(m_add);
    addPage(m_check, u"check"_s, true);
    addPage(m_plan, u"plan"_s, true);
    addPage(m_run, u"run"_s, true);
    addPage(m_done, u"done"_s, true);
    addPage(m_rollback, u"rollback"_s, true);
    addPage(m_log, u"log"_s, true);
    addPage(m_help, u"help"_s, false);
    // As wide as its longest line needs, in any language, within reason.
    constexpr int WidestNavigation = 280;
    const auto wanted = m_navigation->sizeHintForColumn(0) + Style::SmallGap + Style::WideGap;
    side->setFixedWidth(std::clamp(wanted, NavigationWidth, WidestNavigation));
    connectPages();
    showPage(m_sites);
    updateNavigation();
    m_sites->refresh();
}

MainWindow::~MainWindow() = default;

void MainWindow::addPage(Page *page, const QString &icon, bool needsSite)
{
    auto *item = new QListWidgetItem(Style::icon(icon), page->title(), m_navigation);
    item->setData(PageRole, QVariant::fromValue<QObject *>(page));
    item->setData(NeedsSiteRole, needsSite);
    constexpr int Height = 36;
    item->setSizeHint({0, Height});
    m_stack->addWidget(page);
}

void MainWindow::connectPages()
{
    connect(m_navigation, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            visit(item->data(PageRole).value<QObject *>());
    });
    connect(m_sites, &SitesPage::siteChosen, this, &MainWindow::openSite);
    connect(m_sites, &SitesPage::addWanted, this, [this] {
        m_add->edit({});
        showPage(m_add);
    });
    connect(m_sites, &SitesPage::editWanted, this, [this](const SiteSettings &settings) {
        m_add->edit(settings);
        showPage(m_add);
    });
    connect(m_add, &AddSitePage::cancelled, this, [this] { showPage(m_sites); });
    connect(m_add, &AddSitePage::saved, this, [this](const SiteSettings &settings) {
        m_sites->refresh();
        openSite(settings);
    });
    connect(m_check, &CheckPage::continued, this, [this] {
        m_plan->plan(m_site);
        showPage(m_plan);
    });
    connect(m_check, &CheckPage::runWanted, this, &MainWindow::goToRun);
    connect(m_check, &CheckPage::stateChanged, this, &MainWindow::updateNavigation);
    connect(m_plan, &PlanPage::startWanted, this, &MainWindow::startUpgrade);
    connect(m_run, &RunPage::finished, this, &MainWindow::afterRun);
    connect(m_run, &RunPage::runningChanged, this, &MainWindow::updateNavigation);
    connect(m_run, &RunPage::rollbackWanted, this, &MainWindow::showRollback);
    connect(m_done, &DonePage::rollbackWanted, this, &MainWindow::showRollback);
    connect(m_sites, &SitesPage::rollbackWanted, this, &MainWindow::openForRollback);
    connect(m_done, &DonePage::logWanted, this, [this] { showPage(m_log); });
    connect(m_done, &DonePage::sitesWanted, this, [this] {
        m_sites->refresh();
        showPage(m_sites);
    });
    connect(m_rollback, &RollbackPage::rollbackConfirmed, this, &MainWindow::startRollback);
    connect(m_rollback, &RollbackPage::givingUpConfirmed, this, &MainWindow::giveUp);
}

Page *MainWindow::currentPage() const
{
    return qobject_cast<Page *>(m_stack->currentWidget());
}

QList<Page *> MainWindow::pages() const
{
    return {m_sites, m_add, m_check, m_plan, m_run, m_done, m_rollback, m_log, m_help};
}

void MainWindow::showPage(Page *page)
{
    m_stack->setCurrentWidget(page);
    const QSignalBlocker blocker(m_navigation);
    m_navigation->setCurrentRow(page == m_add ? 0 : -1);
    for (int row = 0; row < m_navigation->count(); ++row) {
        if (m_navigation->item(row)->data(PageRole).value<QObject *>() == page)
            m_navigation->setCurrentRow(row);
    }
}

void MainWindow::visit(QObject *page)
{
    if (page == m_sites)
        m_sites->refresh();
    else if (page == m_check && !m_check->isOpen() && m_halfway.isEmpty())
        m_check->check(m_site);
    else if (page == m_plan && m_plan->isEmpty())
        m_plan->plan(m_site);
    m_stack->setCurrentWidget(qobject_cast<QWidget *>(page));
}

void MainWindow::updateNavigation()
{
    m_plan->setStartAllowed(!m_check->isBlocked() && !m_run->standsHalfway());
    const bool isOpen = !m_site.folder.isEmpty();
    const bool runs = m_run->isRunning();
    for (int row = 0; row < m_navigation->count(); ++row) {
        auto *item = m_navigation->item(row);
        const auto *page = item->data(PageRole).value<QObject *>();
        bool isEnabled = isOpen || !item->data(NeedsSiteRole).toBool();
        // While a run works, nothing else is to be begun on the site.
        if (runs
            && (page == m_sites || page == m_check || page == m_plan || page == m_done
                || page == m_rollback))
            isEnabled = false;
        if ((page == m_plan && m_check->isBlocked()) || (page == m_done && m_done->isEmpty()))
            isEnabled = false;
        item->setToolTip(page == m_plan || page == m_done ? m_halfway : QString());
        item->setFlags(isEnabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags);
    }
    m_siteName->setText(m_site.folder);
    m_siteName->setToolTip(m_site.folder);
    m_siteName->setVisible(isOpen);
}

void MainWindow::openSite(const SiteSettings &settings)
{
    open(settings, [] {});
}

void MainWindow::openForRollback(const SiteSettings &settings)
{
    open(settings, [this] { showPage(m_rollback); });
}

void MainWindow::showRollback()
{
    m_rollback->open(m_site);
    showPage(m_rollback);
}

void MainWindow::open(const SiteSettings &settings, std::function<void()> then)
{
    if (m_run->isRunning())
        return;
    struct Opened
    {
        SiteStatus status;
        Result<> saved = Success;
    };
    m_check->clear();
    m_plan->clear();
    m_opening.start(
        [services = m_services, settings, held = m_run->leave()](Monitor &) mutable {
            // A run of this site that has stopped here keeps it from being looked at.
            held.reset();
            startPracticeDatabase(settings.folder);
            Opened opened;
            opened.saved = Assistant::findFolder(settings.folder);
            if (opened.saved)
                opened.saved = services.store.save(settings);
            opened.status = services.assistant.status(settings);
            return opened;
        },
        [this, settings, then = std::move(then)](const Opened &opened) {
            enter(settings, opened.status);
            then();
            if (opened.saved.isError())
                currentPage()->banner().show(Style::Tone::Notice, factsOf(opened.saved.error()));
            m_sites->refresh();
        });
}

void MainWindow::enter(const SiteSettings &settings, const SiteStatus &status)
{
    m_site = settings;
    m_log->open(m_site);
    take(status);
    if (status.kind == SiteStatus::Kind::Running) {
        showPage(m_log);
        m_log->banner().show(Style::Tone::Notice,
                             tr("Another program works on this site since %1 (process %2 on %3).")
                                 .arg(status.holder->since.toLocalTime().toString())
                                 .arg(status.holder->process)
                                 .arg(status.holder->host));
    } else if (status.canResume() && status.lastRun) {
        m_run->showStopped(*status.lastRun, [services = m_services, settings] {
            return sessionOf(services.assistant.resume(settings));
        });
        showPage(m_run);
    } else if (status.kind == SiteStatus::Kind::Upgraded) {
        showPage(m_done);
    } else {
        m_check->check(m_site);
        showPage(m_check);
    }
    if (status.problem)
        currentPage()->banner().show(Style::Tone::Bad, factsOf(*status.problem));
    updateNavigation();
}

void MainWindow::take(const SiteStatus &status)
{
    m_done->show(m_site, status);
    m_rollback->open(m_site);
    m_halfway.clear();
    if (status.canResume() && status.lastRun) {
        const auto &run = *status.lastRun;
        const auto count = run.steps.size();
        m_halfway = tr("The run “%1” stands at step %2 of %3. Go on with it or roll back; then the "
                       "site can be checked again.")
                        .arg(run.title)
                        .arg(std::min(run.current() + 1, count))
                        .arg(count);
        m_check->showHalfway(m_halfway);
        m_plan->clear();
    }
    updateNavigation();
}

void MainWindow::goToRun()
{
    // A rollback that could not begin has taken the place of the run that stands half-way.
    if (m_run->checklist().rowCount() == 0)
        openSite(m_site);
    else
        showPage(m_run);
}

void MainWindow::startUpgrade()
{
    showPage(m_run);
    m_run->start(m_plan->planTitle(), false, [services = m_services, site = m_site] {
        return sessionOf(services.assistant.beginUpgrade(site));
    });
}

void MainWindow::startRollback(const RestorePoint &point, const RollbackWish &wish)
{
    showPage(m_run);
    m_run->start(
        tr("Roll back", "@title"), true, [services = m_services, site = m_site, point, wish] {
            return sessionOf(services.assistant.beginRollback(site, point, wish));
        });
}

void MainWindow::giveUp()
{
    struct GivenUp
    {
        Result<> done = Success;
        SiteStatus status;
    };
    m_opening.start(
        [services = m_services, site = m_site, held = m_run->leave()](Monitor &) mutable {
            held.reset();
            GivenUp given{services.assistant.giveUp(site), {}};
            given.status = services.assistant.status(site);
            return given;
        },
        [this](const GivenUp &given) {
            enter(m_site, given.status);
            m_sites->refresh();
            if (given.done.isError())
                currentPage()->banner().show(Style::Tone::Bad, factsOf(given.done.error()));
            else
                currentPage()->banner().show(
                    Style::Tone::Good,
                    tr("The run was given up. It had changed nothing on the site."));
        });
}

void MainWindow::afterRun(const RunEnd &end)
{
    if (m_closesAfterRun) {
        close();
        return;
    }
    m_sites->refresh();
    // What was found before is of a site that is no more.
    if (m_run->checklist().rowCount() > 0) {
        m_check->clear();
        m_plan->clear();
    }
    m_opening.start([services = m_services,
                     site = m_site](Monitor &) { return services.assistant.status(site); },
                    [this, isDone = end.isSuccess()](const SiteStatus &status) {
                        take(status);
                        if (isDone)
                            showPage(m_done);
                    });
}

void MainWindow::askBeforeClosing()
{
    showPage(m_run);
    auto &banner = m_run->banner();
    banner.show(
        Style::Tone::Notice,
        tr("The run is still at work. Stop it where it is safe and close? You can go on with it "
           "whenever you open the site again."));
    auto *stop = banner.addAction(tr("Stop and close", "@action"));
    stop->setObjectName(u"stopAndClose"_s);
    connect(stop, &QPushButton::clicked, this, [this] {
        m_closesAfterRun = true;
        m_run->stop();
    });
    auto *stay = banner.addAction(tr("Keep running", "@action"));
    stay->setObjectName(u"keepRunning"_s);
    stay->setFocus();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_run->isRunning()) {
        event->accept();
        return;
    }
    event->ignore();
    askBeforeClosing();
}

} // namespace Banister
