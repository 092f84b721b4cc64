// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runcontroller.h"
#include "products/sitesettings.h"
#include "ui/models/checklistmodel.h"
#include "ui/pages/page.h"

#include <QHash>
#include <QTimer>

class QLabel;
class QPlainTextEdit;
class QProgressBar;

namespace Banister {

class ErrorCatalogue;
class ExplanationView;
class LineView;

/// A run as it goes, upgrade or rollback: the checklist, what the chosen step does or why it failed,
/// and the newest lines of the log.
class RunPage : public Page
{
    Q_OBJECT

public:
    explicit RunPage(const ErrorCatalogue &catalogue, QWidget *parent = nullptr);
    ~RunPage() override;

    /// Begins a run. \param isRollback a rollback is not rolled back once more
    void start(const QString &title, bool isRollback, RunController::Opener open);
    /// A run that stands half-way; goes on with the opener when a person says so.
    void showStopped(const RunState &state, RunController::Opener open);
    bool isRunning() const { return m_controller && m_controller->isRunning(); }
    /// A run was begun and is not over: no other may begin.
    bool standsHalfway() const;
    /// Forgets the run, which must not be running. What is returned holds the site until it is
    /// released, on another thread, as that may take time.
    [[nodiscard]] std::shared_ptr<Session> leave();
    void stop(); ///< safely; finished() tells when
    const ChecklistModel &checklist() const { return m_model; }

signals:
    void rollbackWanted();
    void runningChanged(bool isRunning);
    void finished(const Banister::RunEnd &end);

private:
    void prepare(const QString &title, bool isRollback, RunController::Opener open);
    void go();
    void takeLines(const QStringList &lines, qint64 dropped);
    void askToSkip();
    void skipStep();
    void end(const RunEnd &end);
    void showCurrent();
    void updateButtons();
    void updateOverall();

    ChecklistModel m_model;
    bool m_isRollback = false;
    OverallProgress m_overall;
    std::optional<RunEnd> m_end;
    QLabel *m_position;
    QProgressBar *m_bar;
    LineView *m_view;
    ExplanationView *m_detail;
    QPlainTextEdit *m_log;
    QPushButton *m_copy;
    QPushButton *m_skip;
    QPushButton *m_rollback;
    QPushButton *m_pause;
    QPushButton *m_stop;
    QPushButton *m_retry;
    QHash<StepCode, QStringList> m_lines; ///< the newest of each step of this run, as seen here
    StepCode m_running;
    QTimer m_clock;
    std::unique_ptr<RunController> m_controller; // last: it stops before the rest goes
};

} // namespace Banister
