// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"

#include <atomic>
#include <chrono>

namespace Banister {

/// Adds up what several threads have done and tells the monitor ten times a second.
class SharedProgress
{
public:
    /// total in the unit of add(); 0 while unknown. The text is translated, present tense.
    SharedProgress(Monitor &monitor, qint64 total, const QString &text)
        : m_monitor(monitor)
        , m_total(total)
        , m_text(text)
    {}

    void add(qint64 amount)
    {
        const auto done = m_done.fetch_add(amount, std::memory_order_relaxed) + amount;
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        auto next = m_next.load(std::memory_order_relaxed);
        if (now < next)
            return;
        const auto later = now + std::chrono::nanoseconds(std::chrono::milliseconds(100)).count();
        if (m_next.compare_exchange_strong(next, later))
            m_monitor.report({done, m_total, m_text});
    }
    /// The last report, which add() may have held back.
    void finish() { m_monitor.report({m_done.load(), m_total, m_text}); }
    bool isCancelRequested() const { return m_monitor.isCancelRequested(); }

private:
    Monitor &m_monitor;
    qint64 m_total;
    QString m_text;
    std::atomic<qint64> m_done = 0;
    std::atomic<qint64> m_next = 0;
};

} // namespace Banister
