// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/failure.h"
#include "base/monitor.h"
#include "base/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QSet>
#include <QString>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace Banister {

/// Statements that one connection carries out one after the other.
struct LoadJob
{
    QByteArrayList statements;
    QString file;
    QString table;
    qint64 number = 0; ///< of the first statement in its file, from 1
    /// Whether the table's rows are to be loaded one job after the other: where no primary key
    /// gives them an order, the order in which they come is the one that they are read back in.
    bool isOrdered = false;
    bool addsKeys = false; ///< to a table whose rows are there

    qint64 bytes() const;
};

/// Hands jobs from the thread that reads the dump to those that load it.
class LoadQueue
{
public:
    /// \param bytes about so much text may wait; a larger job waits alone
    explicit LoadQueue(qint64 bytes)
        : m_limit(bytes)
    {}

    /// Waits for room. Fails as the first worker did, or with Cancelled.
    Result<> add(LoadJob job, const Monitor &monitor);
    /// Waits until everything has been carried out; what is added then comes behind it.
    Result<> drain(const Monitor &monitor);
    /// Nothing will be added any more: take() ends.
    void close();

    /// For workers: the next job, null when there is no more work. Each is followed by finish().
    std::optional<LoadJob> take();
    void finish(const LoadJob &job, const Result<> &result);
    /// Ends the work of all; the first failure is the one that counts.
    void fail(const Failure &failure);

private:
    Result<> waitFor(std::unique_lock<std::mutex> &lock, const Monitor &monitor, bool forRoom);

    const qint64 m_limit;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<LoadJob> m_jobs;
    QSet<QString> m_busyTables; ///< of ordered jobs that are being carried out
    qint64 m_bytes = 0;         ///< of m_jobs
    int m_running = 0;
    bool m_isClosed = false;
    std::optional<Failure> m_failure;
};

} // namespace Banister
