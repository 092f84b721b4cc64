// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <mutex>

namespace Banister {

/// One bar for a comparison, in rows to be read; what turns out not to be needed counts as done.
class TableProgress
{
public:
    explicit TableProgress(Monitor &monitor)
        : m_monitor(monitor)
    {}
    /// Before the work begins.
    void expect(const QString &table, qint64 rows)
    {
        m_left[table] += rows;
        m_progress.total += rows;
    }
    /// From any thread.
    void add(const QString &table, qint64 rows, const QString &text)
    {
        const std::scoped_lock lock(m_mutex);
        auto &left = m_left[table];
        rows = std::min(rows, left);
        left -= rows;
        m_progress.done += rows;
        m_progress.text = text;
        m_monitor.report(m_progress);
    }
    void finish(const QString &table, const QString &text)
    {
        add(table, m_left.value(table), text);
    }

private:
    Monitor &m_monitor;
    std::mutex m_mutex; ///< guards what follows once the work has begun
    QHash<QString, qint64> m_left;
    Progress m_progress;
};

} // namespace Banister
