// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancelflag.h"
#include "base/monitor.h"
#include "engine/mailbox.h"

#include <functional>
#include <list>
#include <memory>
#include <thread>
#include <type_traits>

namespace Banister {

/// Runs slow work on a thread of its own and brings the result to the thread of the window. Each new
/// work takes the place of the one before, whose result is then dropped. Nothing is delivered after
/// the destruction, which asks the work to stop and waits for it.
class Background
{
public:
    using Progressed = std::function<void(const Progress &)>;

    Background();
    ~Background();
    Q_DISABLE_COPY_MOVE(Background)

    /// \param work called with a Monitor & on a thread; what it captures must be copyable
    /// \param done called with the work's value here, where this object was made
    template<typename Work, typename Done>
    void start(Work work, Done done, Progressed progressed = {})
    {
        using Value = std::invoke_result_t<Work &, Monitor &>;
        launch(
            [work = std::move(work), done = std::move(done)](Monitor &monitor) mutable {
                auto value = std::make_shared<Value>(work(monitor));
                return Delivery([value, done]() mutable { done(std::move(*value)); });
            },
            std::move(progressed));
    }

    /// The work is asked to stop; its result is dropped.
    void cancel();
    bool isRunning() const { return m_isRunning; }

private:
    using Delivery = std::function<void()>;
    using Task = std::function<Delivery(Monitor &)>;
    struct Letter
    {
        int job = 0;
        Progress progress;
        Delivery delivery; ///< null while it is still at work
    };
    struct Job;
    class JobMonitor;

    void launch(Task task, Progressed progressed);
    void deliver(const Letter &letter);

    Mailbox<Letter> m_mailbox;
    Progressed m_progressed;
    int m_job = 0;
    bool m_isRunning = false;
    std::list<Job> m_jobs; // last member: joined before the rest goes
};

} // namespace Banister
