// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace Banister {

/// One bar for all that a restore does, which never goes back. In shares that were measured: to read
/// the files back takes a seventh of the time that their rows take to load, the indexes half of it.
class RestoreProgress : public Monitor
{
public:
    /// \param bytes of the dump's files
    RestoreProgress(Monitor &monitor, qint64 bytes, bool isVerified)
        : m_monitor(monitor)
        , m_verifying(isVerified ? 0 : bytes / verifyingShare)
        , m_loaded(m_verifying + bytes)
        , m_total(m_loaded + bytes / keysShare)
    {}
    /// While the files are being verified; done counts their bytes.
    void report(const Progress &progress) override
    {
        show(std::min(progress.done / verifyingShare, m_verifying), progress.text);
    }
    void reportClearing(const QString &what) { show(m_verifying, what); }
    void reportLoading(qint64 bytes, const QString &what)
    {
        show(std::min(m_verifying + bytes, m_loaded), what);
    }
    /// All rows are there; so many are in tables that get indexes.
    void beginKeys(qint64 rows, const QString &what)
    {
        m_rows = std::max<qint64>(rows, 1);
        show(m_loaded, what);
    }
    /// The indexes of a table of so many rows are there. From any thread.
    void reportKeys(qint64 rows, const QString &what)
    {
        m_rowsDone += rows;
        show(m_loaded + qint64(double(m_total - m_loaded) * double(m_rowsDone) / double(m_rows)),
             what);
    }
    void reportEnd(const QString &what) { show(m_total, what); }
    void log(const QString &line) override { m_monitor.log(line); }
    bool isCancelRequested() const override { return !m_isEnding && m_monitor.isCancelRequested(); }
    /// From here on it is quicker to end than to begin again: cancelling is not heard any more.
    void beginEnd() { m_isEnding = true; }

private:
    static constexpr qint64 verifyingShare = 7;
    static constexpr qint64 keysShare = 2;
    void show(qint64 done, const QString &what)
    {
        const std::scoped_lock lock(m_mutex);
        m_shown = std::clamp(done, m_shown, m_total);
        m_monitor.report({m_shown, m_total, what});
    }

    Monitor &m_monitor;
    qint64 m_verifying; ///< what of m_total is for reading the files
    qint64 m_loaded;    ///< what of it is done when all rows are there
    qint64 m_total;
    qint64 m_rows = 1; ///< in tables that get indexes
    std::atomic<qint64> m_rowsDone = 0;
    std::atomic_bool m_isEnding = false;
    std::mutex m_mutex; ///< guards m_shown
    qint64 m_shown = 0;
};

} // namespace Banister
