// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/sitesettings.h"
#include "ui/models/logmodel.h"
#include "ui/pages/page.h"
#include "ui/support/background.h"
#include "ui/support/logtail.h"
#include "ui/support/services.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QTableView;

namespace Banister {

/// The upgrade log of a site, live: levels, search, follow.
class LogPage : public Page
{
    Q_OBJECT

public:
    explicit LogPage(const Services &services, QWidget *parent = nullptr);

    void open(const SiteSettings &settings);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void look();
    void take(const LogNews &news);

    const Services m_services;
    SiteSettings m_settings;
    QString m_path;
    LogModel m_model;
    LogFilter m_filter;
    QComboBox *m_level;
    QLineEdit *m_search;
    QCheckBox *m_follow;
    QTableView *m_view;
    QTimer m_timer;
    std::shared_ptr<LogTail> m_tail; ///< the worker's while one looks
    Background m_looking;
};

} // namespace Banister
