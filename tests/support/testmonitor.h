// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"

#include <QStringList>

#include <atomic>
#include <mutex>

namespace Banister {

/// A monitor that remembers, and asks to stop after having been asked n times. For any thread.
class TestMonitor : public Monitor
{
public:
    /// Negative: never.
    explicit TestMonitor(int questionsUntilCancel = -1)
        : m_left(questionsUntilCancel)
    {}

    void report(const Progress &progress) override
    {
        const std::scoped_lock lock(m_mutex);
        m_last = progress;
    }
    void log(const QString &line) override
    {
        const std::scoped_lock lock(m_mutex);
        m_lines.append(line);
    }
    bool isCancelRequested() const override
    {
        ++m_questions;
        return m_left >= 0 && m_questions > m_left;
    }

    int questions() const { return m_questions; }
    Progress last() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_last;
    }
    QStringList lines() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_lines;
    }

private:
    int m_left;
    mutable std::atomic<int> m_questions = 0;
    mutable std::mutex m_mutex;
    Progress m_last;
    QStringList m_lines;
};

} // namespace Banister
