// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/sitestatus.h"
#include "ui/models/planmodel.h"
#include "ui/pages/page.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

class QLabel;

namespace Banister {

class LineView;

/// Choose a restore point, see what rolling back will do, and do it.
class RollbackPage : public Page
{
    Q_OBJECT

public:
    explicit RollbackPage(const Services &services, QWidget *parent = nullptr);

    void open(const SiteSettings &settings);

signals:
    void rollbackConfirmed(const Banister::RestorePoint &point);
    /// Of an upgrade that stopped before it changed anything.
    void givingUpConfirmed();

private:
    void showStatus(const SiteStatus &status);
    void showPoints(const QList<RestorePoint> &points);
    void showCurrent();

    const Services m_services;
    SiteSettings m_settings;
    QList<RestorePoint> m_points;
    PlainModel m_pointModel;
    PlainModel m_stepModel;
    LineView *m_pointView;
    LineView *m_stepView;
    QLabel *m_place;
    QPushButton *m_giveUp;
    QPushButton *m_confirm;
    Background m_reading;
    Background m_planning;
};

} // namespace Banister
