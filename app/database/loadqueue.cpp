// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/loadqueue.h"

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace Banister {

qint64 LoadJob::bytes() const
{
    qint64 sum = 0;
    for (const auto &statement : statements)
        sum += statement.size();
    return sum;
}

// A request to cancel comes from outside: nobody wakes us for it.
Result<>
LoadQueue::waitFor(std::unique_lock<std::mutex> &lock, const Monitor &monitor, bool forRoom)
{
    while (true) {
        if (m_failure)
            return *m_failure;
        if (forRoom ? m_bytes < m_limit : m_jobs.empty() && m_running == 0)
            return Success;
        lock.unlock();
        const bool isCancelled = monitor.isCancelRequested();
        lock.lock();
        if (isCancelled)
            return Cancelled{};
        m_changed.wait_for(lock, 50ms);
    }
}

Result<> LoadQueue::add(LoadJob job, const Monitor &monitor)
{
    {
        std::unique_lock lock(m_mutex);
        if (auto room = waitFor(lock, monitor, true); !room)
            return room;
        m_bytes += job.bytes();
        m_jobs.push_back(std::move(job));
    }
    m_changed.notify_all();
    return Success;
}

Result<> LoadQueue::drain(const Monitor &monitor)
{
    std::unique_lock lock(m_mutex);
    return waitFor(lock, monitor, false);
}

void LoadQueue::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isClosed = true;
    }
    m_changed.notify_all();
}

std::optional<LoadJob> LoadQueue::take()
{
    std::unique_lock lock(m_mutex);
    while (!m_failure) {
        const auto next = std::find_if(m_jobs.begin(), m_jobs.end(), [this](const LoadJob &job) {
            return !job.isOrdered || !m_busyTables.contains(job.table);
        });
        if (next != m_jobs.end()) {
            std::optional<LoadJob> job(std::move(*next));
            m_jobs.erase(next);
            m_bytes -= job->bytes();
            ++m_running;
            if (job->isOrdered)
                m_busyTables.insert(job->table);
            lock.unlock();
            m_changed.notify_all();
            return job;
        }
        if (m_isClosed && m_jobs.empty())
            break;
        m_changed.wait(lock);
    }
    return {};
}

void LoadQueue::finish(const LoadJob &job, const Result<> &result)
{
    {
        const std::scoped_lock lock(m_mutex);
        --m_running;
        if (job.isOrdered)
            m_busyTables.remove(job.table);
        if (!result && !m_failure)
            m_failure = result.failure();
    }
    m_changed.notify_all();
}

void LoadQueue::fail(const Failure &failure)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_failure)
            m_failure = failure;
    }
    m_changed.notify_all();
}

} // namespace Banister
