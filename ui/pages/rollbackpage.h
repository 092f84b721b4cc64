// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/assistant.h"
#include "ui/pages/page.h"
#include "ui/support/background.h"
#include "ui/support/services.h"

class QStackedWidget;

namespace Banister {

class ConfirmView;
class ForeignBar;
class InclusionView;
class LossView;
class PointChoice;

/// The path to a rollback: choose a restore point, see what comes back and what is lost, say what to
/// include, and confirm. Nothing is changed before that.
class RollbackPage : public Page
{
    Q_OBJECT

public:
    explicit RollbackPage(const Services &services, QWidget *parent = nullptr);

    /// Begins anew.
    void open(const SiteSettings &settings);

signals:
    void rollbackConfirmed(const Banister::RestorePoint &point, const Banister::RollbackWish &wish);
    /// Of a run that stopped before it changed anything.
    void givingUpConfirmed();

private:
    enum Stage { Choosing, Comparing, Including, Confirming };

    struct Reading
    {
        SiteStatus status;
        QList<ForeignLeft> foreign;
        QString chosen; ///< id of the restore point to begin with; empty: the usual one
    };
    void read(const QString &chosen);
    void showStatus(const Reading &reading);
    Stage stage() const;
    void goTo(Stage stage);
    void goBack();
    void goOn();
    void updateWays();
    QString subtitleOf(Stage stage) const;
    QString numbers() const;

    const Services m_services;
    SiteSettings m_settings;
    QString m_about; ///< what is said of the site above its restore points
    bool m_canGiveUp = false;
    QStackedWidget *m_stack;
    ForeignBar *m_foreign;
    PointChoice *m_choice;
    LossView *m_loss;
    InclusionView *m_inclusion;
    ConfirmView *m_confirmation;
    QPushButton *m_back;
    QPushButton *m_giveUp;
    QPushButton *m_next;
    QPushButton *m_confirm;
    Background m_reading;
};

} // namespace Banister
