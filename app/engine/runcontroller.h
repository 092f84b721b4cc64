// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/mailbox.h"
#include "engine/runevent.h"
#include "engine/session.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <thread>

namespace Banister {

/// A run as the window sees it: a session on a worker thread, and ordinary signals on the thread
/// where this object lives. No call waits for the run but the destructor.
class RunController : public QObject
{
    Q_OBJECT

public:
    /// Session::begin() or resume(), with what they need; called on the worker thread. Shared, so that
    /// it may keep alive what the session writes to.
    using Opener = std::function<Result<std::shared_ptr<Session>>()>;

    explicit RunController(Opener open, QObject *parent = nullptr);
    ~RunController() override; ///< asks the running step to stop, then waits for it

    /// Begins, or goes on where the run stands. Does nothing while it is running, and after its end.
    /// Between two goes the site stays held by this object; it is released when the run is over.
    void start();
    void retry() { start(); } ///< the same, in a person's words
    void pauseAfterStep();
    /// The run then goes on after all; until the step has ended.
    void dontPause();
    void cancel(); ///< returns at once; finished() tells when the step has stopped
    /// Leaves out the step where the run stands and goes on. Not while it is running.
    void skip(const StepCode &code, const QString &reason);
    /// Ends the run for good, after a stop or a failure. Not while it is running.
    void abandon(const QString &reason);
    /// What holds the site between two goes, to be released on another thread as that may take time;
    /// null where nothing does. Not while it is running; the next start() opens a session anew.
    std::shared_ptr<Session> takeSession();

    bool isRunning() const { return m_isRunning; }
    /// Between cancel() and finished(): stopping takes time, and is to be shown.
    bool isCancelling() const { return m_isRunning && m_requests.cancel.isRequested(); }

signals:
    /// At the beginning of each go: the steps and what earlier goes have done.
    void opened(const Banister::RunState &state);
    /// The error is empty (its code is) unless the state is Failed; the text is what a step did, or
    /// why it was skipped.
    void stateChanged(const Banister::StepCode &step,
                      Banister::StepState state,
                      const Banister::Error &error,
                      const QString &text);
    void progressed(const Banister::StepCode &step,
                    const Banister::Progress &progress,
                    const Banister::OverallProgress &overall);
    /// Lines in a batch; so many before them were dropped, as nobody could have read them.
    void logged(const QStringList &lines, qint64 dropped);
    /// The run does not run any more. The receiver may start it again, or delete this object later.
    void finished(const Banister::RunEnd &end);

private:
    using Work = std::function<RunEnd(Session &)>;

    void launch(Work work);
    RunEnd openAndDo(const Work &work);
    void deliver(const RunEvent &event);

    Mailbox<RunEvent> m_mailbox;
    RunRequests m_requests;
    Opener m_open;
    std::shared_ptr<Session> m_session; ///< the worker's while m_isRunning
    bool m_isRunning = false;           ///< as this object's thread knows
    bool m_isOver = false;
    std::jthread m_thread; // last member: joined before the rest goes
};

} // namespace Banister
