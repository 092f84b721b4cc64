// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"

#include <QElapsedTimer>

namespace Banister {

/// Milliseconds from the wish to cancel to the end of all programs; sanitizers take their time.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr qint64 LongestCancel = 1000;
#else
inline constexpr qint64 LongestCancel = 200;
#endif

/// Asks to cancel as soon as it is told to, and knows how long ago that was.
class StoppingMonitor : public SilentMonitor
{
public:
    void stop() { m_clock.start(); }
    bool isCancelRequested() const override { return m_clock.isValid(); }
    qint64 sinceStop() const { return m_clock.elapsed(); }

private:
    QElapsedTimer m_clock;
};

} // namespace Banister
