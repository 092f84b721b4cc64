// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rollbackpage.h"

#include "assistant/assistant.h"
#include "ui/style/style.h"
#include "ui/widgets/lineview.h"
#include "ui/widgets/messagebanner.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

RollbackPage::RollbackPage(const Services &services, QWidget *parent)
    : Page(tr("Roll back", "@title"), parent)
    , m_services(services)
    , m_pointView(new LineView(tr("Restore points"), this))
    , m_stepView(new LineView(tr("What rolling back does"), this))
    , m_place(Style::label({}, Style::Text::Small, this))
{
    m_pointView->setObjectName(u"restorePoints"_s);
    m_pointView->setModel(&m_pointModel);
    m_stepView->setObjectName(u"rollbackSteps"_s);
    m_stepView->setModel(&m_stepModel);
    auto *points = Style::label(tr("Go back to", "@title"), Style::Text::Heading, this);
    points->setBuddy(m_pointView);
    auto *steps = Style::label(tr("What will be done", "@title"), Style::Text::Heading, this);
    steps->setBuddy(m_stepView);
    body()->addWidget(points);
    body()->addWidget(m_pointView, 1);
    body()->addWidget(m_place);
    body()->addWidget(steps);
    body()->addWidget(m_stepView, 2);
    m_pointView->setFitsLines(1);
    m_giveUp = addOnward(tr("&Give the upgrade up", "@action"), u"stop"_s, u"giveUp"_s);
    m_giveUp->hide();
    m_confirm = addOnward(tr("Roll &back", "@action"), u"rollback"_s, u"confirmRollback"_s);
    m_confirm->setEnabled(false);
    connect(m_pointView, &LineView::currentRowChanged, this, &RollbackPage::showCurrent);
    connect(m_giveUp, &QPushButton::clicked, this, &RollbackPage::givingUpConfirmed);
    connect(m_confirm, &QPushButton::clicked, this, [this] {
        const auto row = m_pointView->currentIndex().row();
        if (row >= 0 && row < m_points.size())
            emit rollbackConfirmed(m_points.at(row));
    });
}

void RollbackPage::open(const SiteSettings &settings)
{
    m_settings = settings;
    banner().hide();
    setSubtitle(tr("Looking for restore points…"));
    showPoints({});
    m_giveUp->hide();
    m_reading.start([services = m_services,
                     settings](Monitor &) { return services.assistant.status(settings); },
                    [this](const SiteStatus &status) { showStatus(status); });
}

void RollbackPage::showStatus(const SiteStatus &status)
{
    showPoints(status.restorePoints);
    const bool canGiveUp = Assistant::canGiveUp(status);
    const bool isUpgrade = canGiveUp && status.lastRun->kind == "upgrade"_L1;
    m_giveUp->setVisible(canGiveUp);
    m_giveUp->setText(isUpgrade ? tr("&Give the upgrade up", "@action")
                                : tr("&Give the rollback up", "@action"));
    if (status.problem)
        setSubtitle(factsOf(*status.problem));
    else if (isUpgrade)
        setSubtitle(
            tr("The upgrade stopped before it changed anything, so there is nothing to roll "
               "back. Go on with it, or give it up and begin anew."));
    else if (status.restorePoints.isEmpty())
        setSubtitle(tr("There is no restore point of this site yet. An upgrade makes one before it "
                       "changes anything."));
    else
        setSubtitle(tr("Files and database become what they were. The present ones are put aside, "
                       "not deleted."));
}

void RollbackPage::showPoints(const QList<RestorePoint> &points)
{
    m_points = points;
    m_planning.cancel();
    m_pointModel.setLines(linesOf(points));
    m_stepModel.setLines({});
    m_place->clear();
    m_confirm->setEnabled(false);
    if (!points.isEmpty())
        m_pointView->setCurrentIndex(m_pointModel.index(0));
}

void RollbackPage::showCurrent()
{
    const auto row = m_pointView->currentIndex().row();
    if (row < 0 || row >= m_points.size())
        return;
    const auto &point = m_points.at(row);
    m_place->setText(tr("In %1").arg(point.folder));
    m_confirm->setEnabled(false);
    m_planning.start(
        [services = m_services, settings = m_settings, point](
            Monitor &) -> Result<QList<PlannedStep>> {
            const auto plan = services.assistant.rollbackPlan(settings, point);
            if (!plan)
                return plan.failure();
            return stepsOf(*plan);
        },
        [this](const Result<QList<PlannedStep>> &steps) {
            m_stepModel.setLines(steps ? linesOf(*steps) : QList<PlainLine>());
            m_confirm->setEnabled(steps.isOk());
            if (steps.isError())
                banner().show(Style::Tone::Bad, factsOf(steps.error()));
        });
    const auto created = QLocale().toString(point.created.toLocalTime(), QLocale::ShortFormat);
    const auto age = point.created.daysTo(QDateTime::currentDateTimeUtc());
    banner().show(Style::Tone::Notice,
                  age < 1
                      ? tr("What was changed on the site since %1 will be lost.").arg(created)
                      : tr("What was changed on the site in the %n day(s) since %1 will be lost.",
                           nullptr,
                           int(age))
                            .arg(created));
}

} // namespace Banister
