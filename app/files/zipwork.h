// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/workqueue.h"
#include "files/zip.h"
#include "files/zipreader.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace Banister {

/// What one thread reads entries with.
struct ZipWorker
{
    static constexpr size_t BufferSize = size_t(1) << 18U;

    explicit ZipWorker(const QString &path)
        : zip(path)
    {}
    ZipReader zip;
    std::vector<char> buffer = std::vector<char>(BufferSize);
};

/// Calls work(entry, worker) for all entries of an archive, on two threads. The first failure stops
/// both; with a request to cancel it is Cancelled.
/// \tparam Worker a ZipWorker, or what adds to it what a thread keeps between two entries
template<typename Worker, typename Work>
Result<>
workOnEntries(const QString &path, const ZipSummary &summary, Monitor &monitor, const Work &work)
{
    constexpr int Threads = 2;
    constexpr qsizetype EntriesInBatch = 32;
    const auto count = summary.entries.size();
    if (count == 0)
        return Success;
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < Threads; ++i) {
        workers.push_back(std::make_unique<Worker>(path));
        if (auto opened = workers.back()->zip.open(); !opened)
            return opened;
    }
    WorkQueue<qsizetype> queue;
    // The last one added is taken first: this way the archive is read from its beginning.
    for (auto begin = (count - 1) / EntriesInBatch * EntriesInBatch; begin >= 0;
         begin -= EntriesInBatch)
        queue.add(begin);
    return queue.run(Threads, monitor, [&](qsizetype begin, int number) -> Result<> {
        for (auto i = begin; i < std::min(begin + EntriesInBatch, count); ++i) {
            if (auto done = work(summary.entries.at(i), *workers[size_t(number)]); !done)
                return done;
        }
        return Success;
    });
}

} // namespace Banister
