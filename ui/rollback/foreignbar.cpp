// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/foreignbar.h"

#include "assistant/assistant.h"
#include "ui/style/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int BarSteps = 1000;

} // namespace

ForeignBar::ForeignBar(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_text(Style::label({}, Style::Text::Body, this))
    , m_bar(new QProgressBar(this))
    , m_take(new QPushButton(tr("Take it o&ver", "@action"), this))
    , m_stop(new QPushButton(tr("Sto&p", "@action"), this))
{
    m_text->setObjectName(u"foreignText"_s);
    m_take->setObjectName(u"takeOver"_s);
    m_stop->setObjectName(u"stopTakingOver"_s);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(Style::Gap + 2);
    m_bar->setAccessibleName(tr("Progress of taking it over"));
    auto *line = new QHBoxLayout;
    line->setSpacing(Style::Gap);
    line->addWidget(m_text, 1);
    line->addWidget(m_take);
    line->addWidget(m_stop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, Style::Gap);
    layout->setSpacing(Style::Gap);
    layout->addLayout(line);
    layout->addWidget(m_bar);
    connect(m_take, &QPushButton::clicked, this, &ForeignBar::start);
    connect(m_stop, &QPushButton::clicked, this, &ForeignBar::stop);
    clear();
}

void ForeignBar::clear()
{
    m_taking.cancel();
    m_left.reset();
    updateState({});
}

void ForeignBar::offer(const SiteSettings &settings, const QList<ForeignLeft> &all)
{
    m_settings = settings;
    const auto found = std::find_if(
        all.begin(), all.end(), [](const ForeignLeft &left) { return left.takenAs.isEmpty(); });
    if (found == all.end())
        return clear();
    m_left = *found;
    const auto time = QLocale().toString(found->created.toLocalTime(), QLocale::ShortFormat);
    const auto what = tr("%1 left the files of version %2 of %3 in %4.")
                          .arg(found->program, found->version, time, found->name);
    updateState(what + u' '
                + (found->problem ? tr("It cannot be gone back to: %1").arg(found->problem->fact)
                                  : tr("Banister can make a restore point of it; what is there "
                                       "stays as it is.")));
}

void ForeignBar::start()
{
    if (!m_left || m_taking.isRunning())
        return;
    m_bar->setRange(0, 0);
    m_taking.start(
        [services = m_services, settings = m_settings, name = m_left->name](Monitor &monitor) {
            return services.assistant.takeOver(settings, name, monitor);
        },
        [this](const Result<RestorePoint> &point) {
            updateState(m_text->text());
            if (point)
                emit taken(point->id());
            else if (point.isError())
                emit failed(factsOf(point.error()));
        },
        [this](const Progress &progress) {
            m_bar->setRange(0, progress.total > 0 ? BarSteps : 0);
            if (progress.total > 0)
                m_bar->setValue(int(double(progress.done) / double(progress.total) * BarSteps));
        });
    updateState(m_text->text());
    m_stop->setFocus();
}

// Half of one is removed by the work itself, before it ends.
void ForeignBar::stop()
{
    m_taking.cancel();
    updateState(m_text->text());
    m_take->setFocus();
}

void ForeignBar::updateState(const QString &text)
{
    const bool runs = m_taking.isRunning();
    m_text->setText(text);
    m_bar->setVisible(runs);
    m_stop->setVisible(runs);
    m_take->setVisible(!runs);
    m_take->setEnabled(m_left && !m_left->problem);
    setVisible(hasOffer());
}

} // namespace Banister
