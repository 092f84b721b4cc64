// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sitesmodel.h"
#include "ui/pages/page.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

class QStackedWidget;

namespace Banister {

class LineView;

/// The sites that were added, and where each stands; two ways to begin where there is none yet.
class SitesPage : public Page
{
    Q_OBJECT

public:
    explicit SitesPage(const Services &services, QWidget *parent = nullptr);

    /// Reads the list again and looks at each site.
    void refresh();

signals:
    void siteChosen(const Banister::SiteSettings &settings);
    void rollbackWanted(const Banister::SiteSettings &settings);
    void addWanted();
    void editWanted(const Banister::SiteSettings &settings);

private:
    void showSites(const QList<KnownSite> &sites);
    void updateButtons();
    void buildPracticeSite();
    void removeCurrent();
    const KnownSite *current() const;

    const Services m_services;
    SitesModel m_model;
    QStackedWidget *m_stack;
    LineView *m_view;
    QPushButton *m_another;
    QPushButton *m_open;
    QPushButton *m_edit;
    QPushButton *m_remove;
    QPushButton *m_rollback;
    QPushButton *m_tryIt;
    QPushButton *m_stopTrying;
    Background m_looking;
    Background m_building;
};

} // namespace Banister
