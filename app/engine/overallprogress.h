// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"

#include <QList>

#include <chrono>
#include <functional>
#include <optional>

namespace Banister {

/// How far the whole run is.
struct OverallProgress
{
    double fraction = 0; ///< 0 to 1, by the steps' weights
    /// Nothing while too little was done to tell.
    std::optional<std::chrono::milliseconds> remaining;
};

/// Joins the steps into one bar by their weights, and estimates the rest from the speed of this go:
/// the running step by its own speed, the later ones by that of all. For one thread at a time.
class OverallMeter
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// One weight a step, in order; what was done by an earlier go counts for the bar, not for speed.
    explicit OverallMeter(
        const QList<qint64> &weights,
        Clock clock = [] { return std::chrono::steady_clock::now(); });

    void skip(qsizetype step); ///< done by an earlier go, or nothing to do
    void begin(qsizetype step);
    /// Of the step begun last. Never goes back within a go.
    OverallProgress update(const Progress &progress);
    OverallProgress end();

private:
    OverallProgress measure();

    QList<double> m_weights;
    Clock m_clock;
    double m_total = 0;
    double m_behind = 0; ///< weight of steps that are over
    double m_worked = 0; ///< the part of it that this go did
    double m_inStep = 0; ///< fraction of the running step
    double m_shown = 0;
    qsizetype m_step = -1;
    std::chrono::steady_clock::time_point m_started;
    std::chrono::steady_clock::time_point m_stepStarted;
};

} // namespace Banister
