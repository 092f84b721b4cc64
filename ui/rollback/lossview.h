// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/sitesettings.h"
#include "ui/models/lossmodels.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace Banister {

class LineView;
class TablesLoss;

/// Compares a site with a restore point in the background and shows what rolling back would take.
class LossView : public QWidget
{
    Q_OBJECT

public:
    explicit LossView(const Services &services, QWidget *parent = nullptr);

    void clear();
    /// Begins to compare; nothing where this very point is compared already.
    void compare(const SiteSettings &settings, const RestorePoint &point);
    bool isComparing() const { return m_comparing.isRunning(); }
    /// Nothing while it is being compared, and where that was stopped or failed.
    const std::optional<LossPreview> &preview() const { return m_preview; }

signals:
    void failed(const QString &fact);

private:
    void start();
    void stop();
    void show(LossPreview preview);
    void updateState(const QString &text);

    const Services m_services;
    SiteSettings m_settings;
    RestorePoint m_point;
    std::optional<LossPreview> m_preview;
    FileChangesModel m_files;
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_stop;
    QPushButton *m_again;
    QTabWidget *m_tabs;
    LineView *m_fileView;
    TablesLoss *m_tables;
    Background m_comparing;
};

} // namespace Banister
