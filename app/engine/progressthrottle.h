// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace Banister {

/// Thins out a step's reports: at most 30 a second are passed on, the last one always, also when
/// the step then works in silence. What is passed on never goes back: a report that does carries on
/// with the numbers reached and its own text.
class ProgressThrottle
{
public:
    /// Passes on from a thread of its own, and from finish() on the caller's.
    explicit ProgressThrottle(std::function<void(const Progress &)> deliver);
    ~ProgressThrottle() { finish(); }

    /// From any thread; cheap.
    void report(const Progress &progress);
    /// Passes on what is left; nothing is passed on after it has returned.
    void finish();

private:
    void work(const std::stop_token &stop);
    void keepForward(Progress &progress);

    const std::function<void(const Progress &)> m_deliver;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Progress> m_waiting;
    Progress m_reached;
    std::jthread m_thread;
};

} // namespace Banister
