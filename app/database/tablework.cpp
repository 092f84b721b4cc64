// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/tablework.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace Banister {

namespace {

/// Stops all threads when one has failed, or when the person wants to.
class SharedMonitor : public Monitor
{
public:
    explicit SharedMonitor(Monitor &monitor)
        : m_monitor(monitor)
    {}
    void report(const Progress &progress) override { m_monitor.report(progress); }
    void log(const QString &line) override { m_monitor.log(line); }
    bool isCancelRequested() const override { return m_hasFailed || m_monitor.isCancelRequested(); }

    void fail(const Failure &failure)
    {
        const std::lock_guard guard(m_mutex);
        // Only the first one tells: the others were stopped by it.
        if (!m_failure)
            m_failure = failure;
        m_hasFailed = true;
    }
    const std::optional<Failure> &failure() const { return m_failure; }

private:
    Monitor &m_monitor;
    std::mutex m_mutex;
    std::optional<Failure> m_failure;
    std::atomic<bool> m_hasFailed = false;
};

void runAll(std::vector<Connection> &connections,
            const Schema &schema,
            const QList<RowChunk> &chunks,
            const ChunkWork &work,
            SharedMonitor &monitor)
{
    std::atomic<qsizetype> next = 0;
    const auto takeChunks = [&](Connection &connection) {
        while (!monitor.isCancelRequested()) {
            const auto index = next++;
            if (index >= chunks.size())
                return;
            const auto &chunk = chunks.at(index);
            const auto done = work(connection, schema.tables.at(chunk.table), chunk, monitor);
            if (!done) {
                monitor.fail(done.failure());
                return;
            }
        }
    };
    std::vector<std::jthread> threads;
    for (size_t index = 1; index < connections.size(); ++index)
        threads.emplace_back([&, index] { takeChunks(connections.at(index)); });
    takeChunks(connections.front());
}

} // namespace

Result<> workOnChunks(Snapshot &snapshot,
                      const Schema &schema,
                      qint64 bytesPerChunk,
                      const ChunkWork &work,
                      Monitor &monitor,
                      LockEnd lockEnd)
{
    QList<RowChunk> locked;
    QList<RowChunk> free;
    for (qsizetype index = 0; index < schema.tables.size(); ++index) {
        const auto &table = schema.tables.at(index);
        auto chunks = chunksOf(snapshot.connections().front(), table, index, bytesPerChunk);
        if (!chunks)
            return chunks.failure();
        (table.isTransactional ? free : locked) += *chunks;
    }
    // The large ones first: a small one at the end keeps nobody waiting.
    std::stable_sort(free.begin(), free.end(), [&schema](const auto &left, const auto &right) {
        return schema.tables.at(left.table).bytesEstimate
               > schema.tables.at(right.table).bytesEstimate;
    });
    SharedMonitor shared(monitor);
    runAll(snapshot.connections(), schema, locked, work, shared);
    if (!shared.failure()) {
        if (lockEnd == LockEnd::AfterTheirChunks) {
            if (const auto released = snapshot.release(); !released)
                return released.failure();
        }
        runAll(snapshot.connections(), schema, free, work, shared);
    }
    if (shared.failure())
        return *shared.failure();
    if (monitor.isCancelRequested())
        return Cancelled{};
    return Success;
}

} // namespace Banister
