// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/lossview.h"

#include "assistant/assistant.h"
#include "ui/rollback/tablesloss.h"
#include "ui/style/style.h"
#include "ui/widgets/lineview.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int BarSteps = 1000;

QString number(qint64 value)
{
    return QLocale().toString(value);
}

} // namespace

LossView::LossView(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_text(Style::label({}, Style::Text::Body, this))
    , m_bar(new QProgressBar(this))
    , m_stop(new QPushButton(Style::icon(u"stop"_s), tr("&Stop comparing", "@action"), this))
    , m_again(new QPushButton(Style::icon(u"refresh"_s), tr("&Compare again", "@action"), this))
    , m_tabs(new QTabWidget(this))
    , m_fileView(new LineView(tr("Files that differ"), this))
    , m_tables(new TablesLoss(services, this))
{
    m_text->setObjectName(u"lossText"_s);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(Style::Gap + 2);
    m_bar->setAccessibleName(tr("Progress of the comparison"));
    m_stop->setObjectName(u"stopComparing"_s);
    m_again->setObjectName(u"compareAgain"_s);
    m_tabs->setObjectName(u"lossTabs"_s);
    m_tabs->setAccessibleName(tr("What differs"));
    m_tabs->tabBar()->setAccessibleName(tr("What differs"));
    m_fileView->setObjectName(u"lostFiles"_s);
    m_fileView->setModel(&m_files);
    m_tabs->addTab(m_fileView, tr("F&iles", "@title"));
    m_tabs->addTab(m_tables, tr("T&ables", "@title"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_text, 1);
    row->addWidget(m_stop, 0, Qt::AlignTop);
    row->addWidget(m_again, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Style::Gap);
    layout->addLayout(row);
    layout->addWidget(m_bar);
    layout->addWidget(m_tabs, 1);
    connect(m_stop, &QPushButton::clicked, this, &LossView::stop);
    connect(m_again, &QPushButton::clicked, this, &LossView::start);
    clear();
}

void LossView::clear()
{
    m_comparing.cancel();
    m_preview.reset();
    m_point = {};
    m_files.setFiles({});
    m_tables->clear();
    updateState({});
}

void LossView::compare(const SiteSettings &settings, const RestorePoint &point)
{
    if (m_point.folder == point.folder && (m_preview || m_comparing.isRunning()))
        return;
    clear();
    m_settings = settings;
    m_point = point;
    start();
}

void LossView::start()
{
    m_preview.reset();
    m_files.setFiles({});
    m_tables->clear();
    m_comparing.start(
        [services = m_services, settings = m_settings, point = m_point](Monitor &monitor) {
            return services.assistant.previewLoss(settings, point, {}, monitor);
        },
        [this](Result<LossPreview> preview) {
            if (preview) {
                show(std::move(*preview));
                return;
            }
            updateState(tr("The site could not be compared with the restore point. Rolling back is "
                           "possible all the same; what would be lost is not known."));
            if (preview.isError())
                emit failed(factsOf(preview.error()));
        },
        [this](const Progress &progress) {
            m_bar->setRange(0, progress.total > 0 ? BarSteps : 0);
            if (progress.total > 0)
                m_bar->setValue(int(double(progress.done) / double(progress.total) * BarSteps));
            if (!progress.text.isEmpty())
                m_text->setText(progress.text);
        });
    m_bar->setRange(0, 0);
    updateState(tr("Comparing the site with the restore point…"));
}

void LossView::stop()
{
    m_comparing.cancel();
    updateState(tr("The comparison was stopped; what would be lost is not known."));
}

void LossView::updateState(const QString &text)
{
    const bool runs = m_comparing.isRunning();
    const bool hadFocus = m_stop->hasFocus() || m_again->hasFocus();
    m_text->setText(text);
    m_bar->setVisible(runs);
    m_stop->setVisible(runs);
    m_again->setVisible(!runs && !m_point.folder.isEmpty());
    m_tabs->setEnabled(m_preview.has_value());
    if (hadFocus)
        (runs ? m_stop : m_again)->setFocus();
}

void LossView::show(LossPreview preview)
{
    m_preview = std::move(preview);
    const auto &found = *m_preview;
    using Kind = FileChange::Kind;
    auto text = tr("Files: %1 changed, %2 added, %3 removed.")
                    .arg(number(found.count(Kind::Changed)),
                         number(found.count(Kind::Added)),
                         number(found.count(Kind::Removed)));
    text += u' '
            + tr("Rows: %1 changed, %2 added, %3 removed.")
                  .arg(number(found.rowsChanged()),
                       number(found.rowsAdded()),
                       number(found.rowsRemoved()));
    const auto since = found.filesSince().size();
    const auto time = QLocale().toString(found.since.toLocalTime(), QLocale::ShortFormat);
    text += u'\n'
            + (since > 0 ? tr("%Ln file(s) were written after %1, by people or the site itself.",
                              nullptr,
                              int(since))
                               .arg(time)
                         : tr("No file was written after %1.").arg(time));
    m_files.setFiles(found.files);
    m_fileView->setCurrentIndex(m_files.index(0));
    m_tabs->setTabText(0, tr("F&iles (%1)", "@title").arg(number(found.files.size())));
    m_tabs->setTabText(1, tr("T&ables (%1)", "@title").arg(number(found.tables.size())));
    m_tables->show(m_settings, m_point, found.tables);
    updateState(text);
}

} // namespace Banister
