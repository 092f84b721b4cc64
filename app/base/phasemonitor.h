// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"

#include <algorithm>

namespace Banister {

/// One phase of a longer work: what it reports from nothing to all fills its share of the whole bar,
/// so that the next phase goes on where it ended. Threads as with the monitor that it reports to.
class PhaseMonitor : public Monitor
{
public:
    /// \param from where the share begins, 0 to 1
    /// \param to where it ends
    PhaseMonitor(Monitor &monitor, double from, double to)
        : m_monitor(monitor)
        , m_from(from)
        , m_to(to)
    {}

    void report(const Progress &progress) override
    {
        constexpr qint64 Whole = 1'000'000;
        const auto share =
            progress.total > 0 ? double(progress.done) / double(progress.total) : 0.0;
        const auto done = m_from + (m_to - m_from) * std::clamp(share, 0.0, 1.0);
        m_monitor.report({qint64(done * Whole), Whole, progress.text});
    }
    void log(const QString &line) override { m_monitor.log(line); }
    bool isCancelRequested() const override { return m_monitor.isCancelRequested(); }

private:
    Monitor &m_monitor;
    double m_from;
    double m_to;
};

} // namespace Banister
