// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancelflag.h"
#include "base/monitor.h"

namespace Banister {

/// Work outside of a run: it can be cancelled, and prints nothing.
class CliMonitor : public SilentMonitor
{
public:
    explicit CliMonitor(const CancelFlag &cancel)
        : m_cancel(cancel)
    {}
    bool isCancelRequested() const override { return m_cancel.isRequested(); }

private:
    const CancelFlag &m_cancel;
};

} // namespace Banister
