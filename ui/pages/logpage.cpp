// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/logpage.h"

#include "assistant/assistant.h"
#include "ui/style/style.h"
#include "ui/widgets/messagebanner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

LogPage::LogPage(const Services &services, QWidget *parent)
    : Page(tr("Log", "@title"), parent)
    , m_services(services)
    , m_level(new QComboBox(this))
    , m_search(new QLineEdit(this))
    , m_follow(new QCheckBox(tr("&Follow", "@action"), this))
    , m_view(new QTableView(this))
{
    m_filter.setSourceModel(&m_model);
    m_level->setObjectName(u"logLevel"_s);
    m_level->addItem(Style::icon(u"info"_s), tr("Everything"), int(LogLevel::Info));
    m_level->addItem(Style::icon(u"warning"_s), tr("Warnings and errors"), int(LogLevel::Warning));
    m_level->addItem(Style::icon(u"error"_s), tr("Errors only"), int(LogLevel::Error));
    m_level->setAccessibleName(tr("Level"));
    m_search->setObjectName(u"logSearch"_s);
    m_search->setClearButtonEnabled(true);
    m_search->addAction(Style::icon(u"search"_s), QLineEdit::LeadingPosition);
    m_search->setAccessibleName(tr("Search in the log"));
    m_search->setPlaceholderText(tr("Search"));
    m_follow->setChecked(true);
    m_follow->setObjectName(u"logFollow"_s);
    m_view->setObjectName(u"log"_s);
    m_view->setAccessibleName(tr("Upgrade log"));
    m_view->setModel(&m_filter);
    m_view->setFont(Style::font(Style::Text::Code));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + Style::Gap);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    const auto width = m_view->fontMetrics().averageCharWidth();
    constexpr int TimeWidth = 21;
    constexpr int LevelWidth = 12;
    constexpr int StepWidth = 20;
    m_view->setColumnWidth(LogModel::Time, width * TimeWidth);
    m_view->setColumnWidth(LogModel::Level, width * LevelWidth + Style::IconSize);
    m_view->setColumnWidth(LogModel::StepColumn, width * StepWidth);

    auto *row = new QHBoxLayout;
    row->addWidget(m_level);
    row->addWidget(m_search, 1);
    row->addWidget(m_follow);
    body()->addLayout(row);
    body()->addWidget(m_view, 1);

    connect(m_level, &QComboBox::currentIndexChanged, this, [this] {
        m_filter.setLevel(LogLevel(m_level->currentData().toInt()));
    });
    connect(m_search, &QLineEdit::textChanged, &m_filter, &LogFilter::setText);
    connect(m_follow, &QCheckBox::toggled, this, [this](bool isOn) {
        if (isOn)
            m_view->scrollToBottom();
    });
    connect(&m_timer, &QTimer::timeout, this, &LogPage::look);
    m_timer.setInterval(std::chrono::seconds(1));
}

void LogPage::open(const SiteSettings &settings)
{
    m_settings = settings;
    m_path.clear();
    m_tail.reset();
    m_model.clear();
    m_looking.cancel();
    setSubtitle(tr("Looking for the log…"));
    if (isVisible())
        look();
}

void LogPage::look()
{
    if (m_looking.isRunning() || m_settings.folder.isEmpty())
        return;
    struct Look
    {
        QString path;
        std::shared_ptr<LogTail> tail;
        LogNews news;
    };
    m_looking.start(
        [services = m_services, settings = m_settings, path = m_path, tail = m_tail](
            Monitor &monitor) {
            // A finished run puts its log away: then it is followed there.
            Look look{services.assistant.logFile(settings), tail, {}};
            const bool isOther = look.path != path || !tail;
            if (isOther && !look.path.isEmpty())
                look.tail = std::make_shared<LogTail>(look.path);
            if (look.tail && !look.path.isEmpty())
                look.news = look.tail->look(monitor);
            look.news.isRestarted |= isOther;
            return look;
        },
        [this](Look look) {
            m_path = look.path;
            m_tail = std::move(look.tail);
            setSubtitle(m_path.isEmpty() ? tr("This site has no upgrade log yet.") : m_path);
            take(look.news);
        });
}

void LogPage::take(const LogNews &news)
{
    if (news.isRestarted)
        m_model.clear();
    m_model.append(news.entries);
    // Not every product's log names the steps.
    const bool namesSteps =
        std::any_of(news.entries.begin(), news.entries.end(), [](const LogEntry &entry) {
            return !entry.step.isEmpty();
        });
    if (namesSteps || news.isRestarted)
        m_view->setColumnHidden(LogModel::StepColumn, !namesSteps);
    if (news.error)
        banner().show(Style::Tone::Bad, factsOf(*news.error));
    else
        banner().hide();
    if (m_follow->isChecked() && !news.entries.isEmpty())
        m_view->scrollToBottom();
}

void LogPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    look();
    m_timer.start();
}

void LogPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_timer.stop();
}

} // namespace Banister
