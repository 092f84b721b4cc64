// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/planmodel.h"
#include "ui/pages/page.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

class QFormLayout;
class QLabel;
class QTabWidget;

namespace Banister {

class DifferenceView;
class LineView;

/// What the upgrade will do, before anything is done.
class PlanPage : public Page
{
    Q_OBJECT

public:
    explicit PlanPage(const Services &services, QWidget *parent = nullptr);

    void plan(const SiteSettings &settings);
    void clear(); ///< another site is opened, or this one has changed
    bool isEmpty() const { return m_plan.steps.isEmpty() && !m_reading.isRunning(); }
    /// Whether the upgrade may begin: the checks do not block it, and no run stands half-way.
    void setStartAllowed(bool isAllowed);
    const QString &planTitle() const { return m_plan.title; }

signals:
    void startWanted();

private:
    void show(PlanData plan);
    void saveAsText();

    const Services m_services;
    PlanData m_plan;
    bool m_isStartAllowed = false;
    PlainModel m_steps;
    PlainModel m_customisations;
    QTabWidget *m_tabs;
    LineView *m_stepView;
    LineView *m_customView;
    QLabel *m_intention;
    QLabel *m_reason;
    QLabel *m_facts;
    DifferenceView *m_difference;
    QPushButton *m_save;
    QPushButton *m_start;
    Background m_reading;
};

} // namespace Banister
