// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sitespage.h"

#include "assistant/assistant.h"
#include "assistant/sitestore.h"
#include "practice/mauticsite.h"
#include "ui/style/style.h"
#include "ui/widgets/lineview.h"
#include "ui/widgets/messagebanner.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// "practice site", or with a number where that is taken.
QString newPracticeFolder()
{
    const auto usual = QDir::homePath() + u"/banister-practice"_s;
    auto folder = usual;
    for (int number = 2; QFileInfo::exists(folder); ++number)
        folder = usual + u'-' + QString::number(number);
    return folder;
}

} // namespace

SitesPage::SitesPage(const Services &services, QWidget *parent)
    : Page(tr("Sites", "@title"), parent)
    , m_services(services)
    , m_stack(new QStackedWidget(this))
    , m_view(new LineView(tr("Sites"), this))
{
    auto *empty = new QWidget(m_stack);
    auto *whole = new QHBoxLayout(empty);
    whole->setContentsMargins(0, 0, 0, 0);
    auto *middle = new QWidget(empty);
    constexpr int ReadableWidth = 560;
    middle->setMaximumWidth(ReadableWidth);
    whole->addWidget(middle, 1);
    auto *layout = new QVBoxLayout(middle);
    layout->setSpacing(Style::WideGap);
    auto *picture = new QLabel(middle);
    constexpr int PictureSize = 72;
    picture->setPixmap(QIcon(u":/icons/banister.svg"_s).pixmap(PictureSize));
    auto *welcome = Style::label(tr("Upgrade a site, with a way back at every step.", "@title"),
                                 Style::Text::Heading,
                                 empty);
    auto *text = Style::label(tr("Banister upgrades self-hosted web applications, step by step and "
                                 "with a verified backup "
                                 "that can be restored at any time. Add your site, or see how it "
                                 "goes on a small practice "
                                 "site that Banister builds for you."),
                              Style::Text::Body,
                              empty);
    auto *add = new QPushButton(Style::icon(u"add"_s), tr("Add a &site", "@action"), empty);
    add->setObjectName(u"welcomeAdd"_s);
    m_tryIt = new QPushButton(
        Style::icon(u"practice"_s), tr("&Try it on a practice site", "@action"), empty);
    m_tryIt->setObjectName(u"welcomePractice"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(add);
    row->addWidget(m_tryIt);
    row->addStretch();
    layout->addStretch(1);
    layout->addWidget(picture);
    layout->addWidget(welcome);
    layout->addWidget(text);
    layout->addLayout(row);
    layout->addStretch(2);

    m_view->setObjectName(u"sites"_s);
    m_view->setModel(&m_model);
    m_stack->addWidget(m_view);
    m_stack->addWidget(empty);
    body()->addWidget(m_stack, 1);

    m_another = addAside(tr("Add a &site", "@action"), u"add"_s, u"addSite"_s);
    m_edit = addAside(tr("&Change…", "@action"), u"edit"_s, u"editSite"_s);
    m_remove = addAside(tr("&Forget", "@action"), u"remove"_s, u"removeSite"_s);
    m_remove->setToolTip(tr("Takes the site off this list. The site itself stays as it is."));
    m_rollback = addAside(tr("Roll &back…", "@action"), u"rollback"_s, u"siteRollBack"_s);
    m_stopTrying = addAside(tr("Stop building", "@action"), u"stop"_s, u"stopPractice"_s);
    m_stopTrying->hide();
    m_open = addOnward(tr("&Open", "@action"), u"next"_s, u"openSite"_s);

    connect(add, &QPushButton::clicked, this, &SitesPage::addWanted);
    connect(m_another, &QPushButton::clicked, this, &SitesPage::addWanted);
    connect(m_tryIt, &QPushButton::clicked, this, &SitesPage::buildPracticeSite);
    connect(m_stopTrying, &QPushButton::clicked, this, [this] {
        m_building.cancel();
        m_stopTrying->hide();
        m_tryIt->setEnabled(true);
        banner().show(Style::Tone::Neutral, tr("The practice site was not built."));
    });
    connect(m_remove, &QPushButton::clicked, this, &SitesPage::removeCurrent);
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const auto *site = current())
            emit editWanted(site->settings);
    });
    connect(m_rollback, &QPushButton::clicked, this, [this] {
        if (const auto *site = current())
            emit rollbackWanted(site->settings);
    });
    const auto open = [this] {
        if (const auto *site = current())
            emit siteChosen(site->settings);
    };
    connect(m_open, &QPushButton::clicked, this, open);
    connect(m_view, &LineView::activated, this, open);
    connect(m_view, &LineView::currentRowChanged, this, &SitesPage::updateButtons);
    updateButtons();
}

const KnownSite *SitesPage::current() const
{
    const auto index = m_view->currentIndex();
    return index.isValid() && index.row() < m_model.rowCount() ? &m_model.site(index.row())
                                                               : nullptr;
}

void SitesPage::updateButtons()
{
    const bool isOne = current() != nullptr;
    for (auto *button : {m_open, m_edit, m_remove})
        button->setEnabled(isOne);
    m_rollback->setVisible(
        isOne && current()->status.kind != SiteStatus::Kind::Running
        && (current()->hasForeign || !current()->status.restorePoints.isEmpty()));
    const bool isEmpty = m_model.rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    for (auto *button : {m_another, m_open, m_edit, m_remove})
        button->setVisible(!isEmpty);
}

void SitesPage::refresh()
{
    m_looking.start(
        [services = m_services](Monitor &) -> Result<QList<KnownSite>> {
            const auto sites = services.store.sites();
            if (!sites)
                return sites.failure();
            QList<KnownSite> known;
            for (const auto &settings : *sites) {
                KnownSite site;
                site.settings = settings;
                auto detection = services.assistant.detect(settings.folder);
                if (detection)
                    site.detection = std::move(*detection);
                else if (detection.isError())
                    site.problem = detection.error();
                site.status = services.assistant.status(settings);
                site.hasForeign = !services.assistant.foreignLeft(settings).isEmpty();
                site.isLookedUp = true;
                known.append(site);
            }
            return known;
        },
        [this](Result<QList<KnownSite>> sites) {
            if (sites)
                showSites(*sites);
            else if (sites.isError())
                banner().show(Style::Tone::Bad, factsOf(sites.error()));
        });
}

void SitesPage::showSites(const QList<KnownSite> &sites)
{
    const auto folder = current() ? current()->settings.folder : QString();
    m_model.setSites(sites);
    int row = 0;
    for (int at = 0; at < sites.size(); ++at) {
        if (sites.at(at).settings.folder == folder)
            row = at;
    }
    if (!sites.isEmpty())
        m_view->setCurrentIndex(m_model.index(row));
    updateButtons();
}

void SitesPage::removeCurrent()
{
    const auto *site = current();
    if (!site)
        return;
    // A file of a few kilobytes in this user's own folder.
    const auto removed = m_services.store.remove(site->settings.folder);
    if (removed.isError())
        banner().show(Style::Tone::Bad, factsOf(removed.error()));
    refresh();
}

void SitesPage::buildPracticeSite()
{
    const auto folder = newPracticeFolder();
    m_tryIt->setEnabled(false);
    m_stopTrying->show();
    banner().show(Style::Tone::Active, tr("Building a practice site in %1.").arg(folder));
    m_building.start(
        [folder, services = m_services](Monitor &monitor) -> Result<SiteSettings> {
            const auto built = buildMauticSite(folder, {}, monitor);
            if (!built)
                return built.failure();
            SiteSettings settings;
            settings.folder = built->sitePath();
            settings.phpCommand = built->phpCommand;
            settings.package = built->packagePath;
            settings.originalPackage = built->originalPackagePath;
            const auto saved = services.store.save(settings);
            if (!saved)
                return saved.failure();
            return settings;
        },
        [this](Result<SiteSettings> settings) {
            m_tryIt->setEnabled(true);
            m_stopTrying->hide();
            if (settings.isError()) {
                banner().show(Style::Tone::Bad, factsOf(settings.error()));
                return;
            }
            banner().hide();
            refresh();
            if (settings)
                emit siteChosen(*settings);
        },
        [this, folder](const Progress &progress) {
            banner().show(Style::Tone::Active,
                          tr("Building a practice site in %1. %2").arg(folder, progress.text));
        });
}

} // namespace Banister
