// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/overallprogress.h"

#include <algorithm>

namespace Banister {

namespace {

using Seconds = std::chrono::duration<double>;

// Less is noise: caches warm up, connections are made.
constexpr Seconds enoughTime(2);
constexpr double enoughOfStep = 0.02;
constexpr double enoughOfRun = 0.01;

} // namespace

OverallMeter::OverallMeter(const QList<qint64> &weights, Clock clock)
    : m_clock(std::move(clock))
    , m_started(m_clock())
    , m_stepStarted(m_started)
{
    for (const auto weight : weights) {
        m_weights.append(double(std::max<qint64>(weight, 1)));
        m_total += m_weights.last();
    }
}

void OverallMeter::skip(qsizetype step)
{
    m_behind += m_weights.at(step);
}

void OverallMeter::begin(qsizetype step)
{
    m_step = step;
    m_inStep = 0;
    m_stepStarted = m_clock();
}

OverallProgress OverallMeter::update(const Progress &progress)
{
    if (progress.total > 0)
        m_inStep = std::clamp(double(progress.done) / double(progress.total), m_inStep, 1.0);
    return measure();
}

OverallProgress OverallMeter::end()
{
    m_behind += m_weights.at(m_step);
    m_worked += m_weights.at(m_step);
    m_inStep = 0;
    m_step = -1;
    return measure();
}

OverallProgress OverallMeter::measure()
{
    const auto weight = m_step < 0 ? 0 : m_weights.at(m_step);
    const auto inStep = weight * m_inStep;
    OverallProgress overall;
    m_shown = std::clamp((m_behind + inStep) / std::max(m_total, 1.0), m_shown, 1.0);
    overall.fraction = m_shown;

    const auto now = m_clock();
    const Seconds elapsed = now - m_started;
    const auto worked = m_worked + inStep;
    if (elapsed < enoughTime || worked < m_total * enoughOfRun)
        return overall;
    const auto speed = worked / elapsed.count();
    const Seconds inStepFor = now - m_stepStarted;
    const bool isStepKnown = inStepFor >= enoughTime && m_inStep >= enoughOfStep;
    const auto stepSpeed = isStepKnown ? inStep / inStepFor.count() : speed;
    const auto later = std::max(m_total - m_behind - weight, 0.0);
    const Seconds remaining((weight - inStep) / stepSpeed + later / speed);
    overall.remaining = std::chrono::duration_cast<std::chrono::milliseconds>(remaining);
    return overall;
}

} // namespace Banister
