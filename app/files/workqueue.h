// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace Banister {

/// Jobs for a few threads; a job may add more. The newest is done first, which keeps the queue short
/// while a tree is walked.
template<typename Job>
class WorkQueue
{
public:
    void add(Job job)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_jobs.push_back(std::move(job));
        }
        m_changed.notify_one();
    }

    /// Runs work(job, worker) on all jobs; worker is 0 … threads-1, one of them on this thread.
    /// The first failure stops the others; with a request to cancel it is Cancelled.
    template<typename Work>
    Result<> run(int threads, const Monitor &monitor, const Work &work)
    {
        const auto workAs = [this, &monitor, &work](int worker) {
            while (auto job = next()) {
                auto result =
                    monitor.isCancelRequested() ? Result<>(Cancelled{}) : work(*job, worker);
                job.reset();
                finishOne(result);
            }
        };
        {
            std::vector<std::jthread> others;
            for (int worker = 1; worker < threads; ++worker)
                others.emplace_back(workAs, worker);
            workAs(0);
        }
        return m_failure ? Result<>(*m_failure) : Result<>(Success);
    }

private:
    std::optional<Job> next()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_jobs.empty() || m_busy == 0 || m_failure; });
        if (m_failure || m_jobs.empty())
            return std::nullopt;
        std::optional<Job> job(std::move(m_jobs.back()));
        m_jobs.pop_back();
        ++m_busy;
        return job;
    }

    void finishOne(const Result<> &result)
    {
        bool wakesAll = false;
        {
            const std::scoped_lock lock(m_mutex);
            --m_busy;
            if (!result && !m_failure)
                m_failure = result.failure();
            wakesAll = m_failure || (m_busy == 0 && m_jobs.empty());
        }
        if (wakesAll)
            m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Job> m_jobs;
    int m_busy = 0;
    std::optional<Failure> m_failure;
};

} // namespace Banister
