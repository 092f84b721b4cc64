// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/zip.h"

#include "files/fileerror.h"
#include "files/sharedprogress.h"
#include "files/zipdirectory.h"
#include "files/zipwork.h"

#include <QCoreApplication>

namespace Banister {

namespace {

class Inspection
{
    Q_DECLARE_TR_FUNCTIONS(ZipInspection)

public:
    Inspection(const QString &path, const ZipSummary &summary, Monitor &monitor)
        : m_path(path)
        , m_summary(summary)
        , m_monitor(monitor)
        , m_progress(monitor, summary.bytes, tr("Checking the zip file…"))
    {}

    Result<> run();

private:
    Result<> readToTheEnd(const ZipEntry &entry, ZipWorker &worker);

    const QString &m_path;
    const ZipSummary &m_summary;
    Monitor &m_monitor;
    SharedProgress m_progress;
};

Result<> Inspection::run()
{
    auto done = workOnEntries<ZipWorker>(
        m_path, m_summary, m_monitor, [this](const ZipEntry &entry, ZipWorker &worker) {
            return readToTheEnd(entry, worker);
        });
    if (done)
        m_progress.finish();
    return done;
}

Result<> Inspection::readToTheEnd(const ZipEntry &entry, ZipWorker &worker)
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
