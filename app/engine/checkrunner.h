// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/checkstate.h"
#include "engine/mailbox.h"
#include "engine/runcheck.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <thread>
#include <variant>

namespace Banister {

/// The checks before a run as the window sees them: run one after the other on a worker thread,
/// findings as ordinary signals on the thread where this object lives.
class CheckRunner : public QObject
{
    Q_OBJECT

public:
    explicit CheckRunner(Checks checks,
                         QObject *parent = nullptr,
                         std::chrono::milliseconds limit = timeForACheck);
    ~CheckRunner() override; ///< asks the running check to stop, then waits for it

    void start();                    ///< all that are not waiting or running already
    void again(const QString &code); ///< this one, after those that wait
    void cancel();                   ///< those that wait and the one that runs; returns at once
    void setAccepted(const QString &code, bool isAccepted); ///< of a warning; nothing for others

    const QList<CheckState> &states() const { return m_states; } ///< in the checks' order
    bool isBlocked() const { return Banister::isBlocked(m_states); }
    bool isRunning() const { return m_pending > 0; }

signals:
    void changed(const Banister::CheckState &state);
    void progressed(const QString &code, const Banister::Progress &progress);
    void finished(); ///< nothing waits or runs any more

private:
    struct Started
    {
        qsizetype index;
    };
    struct Reported
    {
        qsizetype index;
        Progress progress;
    };
    struct Ended
    {
        qsizetype index;
        std::optional<Finding> finding; ///< nothing: cancelled
    };
    using Event = std::variant<Started, Reported, Ended>;

    void add(qsizetype index);
    void work(const std::stop_token &stop);
    void deliver(const Event &event);

    const Checks m_checks;
    const std::chrono::milliseconds m_limit;
    QList<CheckState> m_states;
    QList<bool> m_isQueued; ///< waits or runs, as this object's thread knows
    int m_pending = 0;
    Mailbox<Event> m_mailbox;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<qsizetype> m_queue; ///< guarded by m_mutex
    CancelFlag m_cancel;
    std::jthread m_thread; // last member: joined before the rest goes
};

} // namespace Banister
