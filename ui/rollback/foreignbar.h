// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/foreignleft.h"
#include "products/sitesettings.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace Banister {

/// Offers to make a restore point of what another program has left in the site; nothing to be seen
/// where there is none, or one was made already.
class ForeignBar : public QWidget
{
    Q_OBJECT

public:
    explicit ForeignBar(const Services &services, QWidget *parent = nullptr);

    void clear();
    void offer(const SiteSettings &settings, const QList<ForeignLeft> &all);
    bool hasOffer() const { return m_left.has_value(); }

signals:
    /// \param id of the restore point
    void taken(const QString &id);
    void failed(const QString &fact);

private:
    void start();
    void stop();
    void updateState(const QString &text);

    const Services m_services;
    SiteSettings m_settings;
    std::optional<ForeignLeft> m_left;
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_take;
    QPushButton *m_stop;
    Background m_taking;
};

} // namespace Banister
