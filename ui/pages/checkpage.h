// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/checkrunner.h"
#include "products/product.h"
#include "ui/models/findingsmodel.h"
#include "ui/pages/page.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

#include <QSortFilterProxyModel>

class QCheckBox;
class QTextBrowser;

namespace Banister {

class LineView;

/// The checks before an upgrade: what was found, errors first, and warnings to accept one by one.
class CheckPage : public Page
{
    Q_OBJECT

public:
    explicit CheckPage(const Services &services, QWidget *parent = nullptr);
    ~CheckPage() override;

    /// Opens the site and runs all its checks.
    void check(const SiteSettings &settings);
    /// Forgets what was found: another site is opened, or this one has changed.
    void clear();
    /// In place of checks, which say nothing of a site between two states: where its run stands.
    void showHalfway(const QString &where);
    bool isOpen() const { return m_runner != nullptr || m_opening.isRunning(); }
    bool isBlocked() const { return !m_runner || m_runner->isBlocked(); }

signals:
    void continued();
    void runWanted();    ///< to the run that stands half-way
    void stateChanged(); ///< isBlocked() may have become another

private:
    void begin(std::shared_ptr<ProductSite> site);
    void letGo();
    void showCurrent();
    void updateState();
    void showWays(bool isHalfway);
    const CheckState *current() const;

    const Services m_services;
    FindingsModel m_model;
    QSortFilterProxyModel m_sorted;
    LineView *m_view;
    QTextBrowser *m_detail;
    QCheckBox *m_accept;
    QPushButton *m_again;
    QPushButton *m_all;
    QPushButton *m_continue;
    QPushButton *m_toRun;
    QWidget *m_content;
    Background m_opening;
    std::shared_ptr<ProductSite> m_site; ///< its checks may refer to it: outlives the runner
    std::unique_ptr<CheckRunner> m_runner;
};

} // namespace Banister
