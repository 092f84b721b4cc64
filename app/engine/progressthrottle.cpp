// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/progressthrottle.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace Banister {

ProgressThrottle::ProgressThrottle(std::function<void(const Progress &)> deliver)
    : m_deliver(std::move(deliver))
    , m_thread([this](const std::stop_token &stop) { work(stop); })
{}

void ProgressThrottle::report(const Progress &progress)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        isFirst = !m_waiting;
        m_waiting = progress;
        keepForward(*m_waiting);
    }
    if (isFirst)
        m_wake.notify_one();
}

// Compared as fractions: a total may grow while the work finds more to do.
void ProgressThrottle::keepForward(Progress &progress)
{
    progress.total = std::max<qint64>(progress.total, 0);
    progress.done = std::max<qint64>(progress.done, 0);
    if (progress.total > 0)
        progress.done = std::min(progress.done, progress.total);
    const auto fraction = [](const Progress &each) {
        return each.total > 0 ? double(each.done) / double(each.total) : 0;
    };
    const bool goesBack = m_reached.total > 0
                              ? fraction(progress) < fraction(m_reached)
                              : progress.total == 0 && progress.done < m_reached.done;
    if (goesBack) {
        progress.done = m_reached.done;
        progress.total = m_reached.total;
    }
    m_reached = progress;
}

void ProgressThrottle::work(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return m_waiting.has_value(); })) {
        if (stop.stop_requested())
            return;
        const auto progress = *std::exchange(m_waiting, std::nullopt);
        lock.unlock();
        m_deliver(progress);
        lock.lock();
        m_wake.wait_for(lock, stop, 34ms, [] { return false; });
    }
}

void ProgressThrottle::finish()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_thread.join();
    if (const auto last = std::exchange(m_waiting, std::nullopt))
        m_deliver(*last);
}

} // namespace Banister
