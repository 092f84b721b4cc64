// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/zip.h"

#include "files/fileerror.h"
#include "files/sharedprogress.h"
#include "files/workqueue.h"
#include "files/zipdirectory.h"
#include "files/zipreader.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>
#include <vector>

namespace Banister {

namespace {

constexpr int Threads = 2;
constexpr qsizetype EntriesInBatch = 64;
constexpr size_t BufferSize = size_t(1) << 18U;

class Inspection
{
    Q_DECLARE_TR_FUNCTIONS(ZipInspection)

public:
    Inspection(const QString &path, const ZipSummary &summary, Monitor &monitor)
        : m_summary(summary)
        , m_monitor(monitor)
        , m_progress(monitor, summary.bytes, tr("Checking the zip file…"))
    {
        for (int i = 0; i < Threads; ++i)
            m_workers.push_back(std::make_unique<Worker>(path));
    }

    Result<> run();

private:
    struct Worker
    {
        explicit Worker(const QString &path)
            : zip(path)
        {}
        ZipReader zip;
        std::vector<char> buffer = std::vector<char>(BufferSize);
    };

    Result<> readToTheEnd(const ZipEntry &entry, Worker &worker);

    const ZipSummary &m_summary;
    Monitor &m_monitor;
    SharedProgress m_progress;
    std::vector<std::unique_ptr<Worker>> m_workers;
};

Result<> Inspection::run()
{
    if (m_summary.entries.isEmpty())
        return Success;
    for (auto &worker : m_workers) {
        if (auto opened = worker->zip.open(); !opened)
            return opened;
    }
    WorkQueue<qsizetype> queue;
    const auto count = m_summary.entries.size();
    for (qsizetype begin = 0; begin < count; begin += EntriesInBatch)
        queue.add(begin);
    auto done =
        queue.run(Threads, m_monitor, [this, count](qsizetype begin, int number) -> Result<> {
            for (auto i = begin; i < std::min(begin + EntriesInBatch, count); ++i) {
                auto read = readToTheEnd(m_summary.entries.at(i), *m_workers[size_t(number)]);
                if (!read)
                    return read;
            }
            return Success;
        });
    m_progress.finish();
    return done;
}

Result<> Inspection::readToTheEnd(const ZipEntry &entry, Worker &worker)
{
    if (auto opened = worker.zip.openEntry(entry); !opened)
        return opened;
    for (;;) {
        if (m_monitor.isCancelRequested())
            return Cancelled{};
        const auto got = worker.zip.read(worker.buffer.data(), qint64(worker.buffer.size()));
        if (!got)
            return got.failure();
        if (*got == 0)
            return worker.zip.closeEntry();
        m_progress.add(*got);
    }
}

} // namespace

Result<ZipSummary> listZip(const QString &path, const ZipLimits &limits, Monitor &monitor)
{
    return ZipDirectory(path, limits).read(monitor);
}

Result<ZipSummary> inspectZip(const QString &path, const ZipLimits &limits, Monitor &monitor)
{
    auto summary = listZip(path, limits, monitor);
    if (!summary)
        return summary;
    if (auto inspected = Inspection(path, *summary, monitor).run(); !inspected)
        return inspected.failure();
    return summary;
}

Result<QByteArray> readZipEntry(const QString &path, const QByteArray &name, qint64 limit)
{
    SilentMonitor silent;
    const auto summary = listZip(path, {}, silent);
    if (!summary)
        return summary.failure();
    const auto &entries = summary->entries;
    const auto found = std::find_if(
        entries.begin(), entries.end(), [&](const ZipEntry &entry) { return entry.name == name; });
    if (found == entries.end()) {
        return zipError(
            FileError::NotFound,
            QCoreApplication::translate("ZipReader", "The zip file %1 has no entry %2."),
            path,
            name);
    }
    if (found->size > limit) {
        return zipError(FileError::TooLarge,
                        QCoreApplication::translate(
                            "ZipReader", "The entry %2 of the zip file %1 is too large."),
                        path,
                        name);
    }
    ZipReader zip(path);
    if (auto opened = zip.open(); !opened)
        return opened.failure();
    if (auto opened = zip.openEntry(*found); !opened)
        return opened.failure();
    QByteArray content(found->size, Qt::Uninitialized);
    qint64 done = 0;
    while (done < content.size()) {
        const auto got = zip.read(content.data() + done, content.size() - done);
        if (!got)
            return got.failure();
        if (*got == 0)
            break;
        done += *got;
    }
    if (auto closed = zip.closeEntry(); !closed)
        return closed.failure();
    return content;
}

} // namespace Banister
