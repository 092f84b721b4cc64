// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/assistant.h"
#include "ui/models/planmodel.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

#include <QWidget>

class QLabel;

namespace Banister {

class LineView;

/// The last look before a rollback: what it brings, what it takes, and its steps.
class ConfirmView : public QWidget
{
    Q_OBJECT

public:
    explicit ConfirmView(const Services &services, QWidget *parent = nullptr);

    void open(const SiteSettings &settings,
              const RestorePoint &point,
              const RollbackWish &wish,
              const QString &numbers,
              const QString &loss);
    void clear();
    /// Whether there is a plan for what was opened last.
    bool isReady() const { return m_isReady; }

signals:
    void changed();
    void failed(const QString &fact);

private:
    const Services m_services;
    bool m_isReady = false;
    PlainModel m_steps;
    QLabel *m_text;
    LineView *m_view;
    QLabel *m_detail; ///< the whole text of the chosen step
    Background m_planning;
};

} // namespace Banister
