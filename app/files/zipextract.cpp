// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/beneath.h"
#include "files/durable.h"
#include "files/fileerror.h"
#include "files/sharedprogress.h"
#include "files/zipwork.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>

namespace Banister {

namespace {

class Extraction
{
    Q_DECLARE_TR_FUNCTIONS(ZipExtraction)

public:
    Extraction(const QString &path,
               const QString &folder,
               const ZipSummary &summary,
               Monitor &monitor)
        : m_path(path)
        , m_folder(folder)
        , m_summary(summary)
        , m_monitor(monitor)
        , m_progress(monitor, summary.bytes, tr("Unpacking…"))
    {}

    Result<> run();

private:
    struct Worker : ZipWorker
    {
        using ZipWorker::ZipWorker;
        QByteArray folderPath; // what folder is; entries of one mostly follow each other
        Handle folder;
    };

    Result<> makeFolders();
    Result<> extract(const ZipEntry &entry, Worker &worker);
    Result<> writeContent(const ZipEntry &entry, Worker &worker, const Handle &file);
    static Handle create(int folder, const QByteArray &name, unsigned mode);
    Error error(int problem, const QByteArray &path) const
    {
        return fileError(
            problem, tr("The file cannot be unpacked"), m_folder + u'/' + QFile::decodeName(path));
    }

    QString m_path;
    QString m_folder;
    const ZipSummary &m_summary;
    Monitor &m_monitor;
    SharedProgress m_progress;
    Handle m_root;
};

Result<> Extraction::run()
{
    if (!QDir().mkpath(m_folder))
        return error(errno, {});
    m_root = openRoot(m_folder);
    if (!m_root.isOpen())
        return error(errno, {});
    if (auto made = makeFolders(); !made)
        return made;
    auto done = workOnEntries<Worker>(
        m_path, m_summary, m_monitor, [this](const ZipEntry &entry, Worker &worker) {
            return entry.isFolder ? Result<>(Success) : extract(entry, worker);
        });
    if (done)
        m_progress.finish();
    return done;
}

Result<> Extraction::makeFolders()
{
    std::set<QByteArray> folders; // parents come before what is in them
    for (const auto &entry : m_summary.entries) {
        auto path = entry.isFolder ? entry.name.chopped(1) : parentOf(entry.name);
        while (!path.isEmpty() && folders.insert(path).second)
            path = parentOf(path);
    }
    QByteArray openPath;
    auto open = openFolderBeneath(m_root.fd(), {});
    for (const auto &path : folders) {
        if (m_monitor.isCancelRequested())
            return Cancelled{};
        const auto parent = parentOf(path);
        if (parent != openPath) {
            open = openFolderBeneath(m_root.fd(), parent);
            openPath = parent;
        }
        const auto name = nameOf(path);
        if (!open.isOpen())
            return error(errno, parent);
        bool isNew = mkdirat(open.fd(), name.constData(), 0755) == 0;
        if (!isNew && errno != EEXIST)
            return error(errno, path);
        struct stat facts = {};
        if (!isNew
            && (fstatat(open.fd(), name.constData(), &facts, AT_SYMLINK_NOFOLLOW) != 0
                || !S_ISDIR(facts.st_mode)))
            return error(S_ISLNK(facts.st_mode) ? ELOOP : ENOTDIR, path);
        // The umask of who runs this may be a strict one.
        if (fchmodat(open.fd(), name.constData(), 0755, 0) != 0)
            return error(errno, path);
    }
    return Success;
}

Handle Extraction::create(int folder, const QByteArray &name, unsigned mode)
{
    constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    Handle file(openat(folder, name.constData(), flags, mode));
    if (file.isOpen() || errno != EEXIST)
        return file;
    // Left by a former try: written anew, as ext4 is slow at creating what was just deleted. But
    // links, also hard ones, that somebody put there lead elsewhere: away with them.
    file = Handle(openat(folder, name.constData(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat facts = {};
    if (file.isOpen() && fstat(file.fd(), &facts) == 0 && S_ISREG(facts.st_mode)
        && facts.st_nlink == 1 && ftruncate(file.fd(), 0) == 0)
        return file;
    file.close();
    if (unlinkat(folder, name.constData(), 0) == 0)
        file = Handle(openat(folder, name.constData(), flags, mode));
    return file;
}

Result<> Extraction::extract(const ZipEntry &entry, Worker &worker)
{
    if (m_monitor.isCancelRequested())
        return Cancelled{};
    const auto parent = parentOf(entry.name);
    if (!worker.folder.isOpen() || parent != worker.folderPath) {
        worker.folder = openFolderBeneath(m_root.fd(), parent);
        worker.folderPath = parent;
        if (!worker.folder.isOpen())
            return error(errno, parent);
    }
    const auto name = nameOf(entry.name);
    auto file = create(worker.folder.fd(), name, entry.mode);
    if (!file.isOpen())
        return error(errno, entry.name);
    if (auto written = writeContent(entry, worker, file); !written) {
        unlinkat(worker.folder.fd(), name.constData(), 0);
        return written;
    }
    struct stat facts = {};
    const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, timespec{entry.modified, 0}};
    if (fstat(file.fd(), &facts) != 0
        || ((facts.st_mode & 07777U) != entry.mode && fchmod(file.fd(), entry.mode) != 0)
        || futimens(file.fd(), times.data()) != 0 || file.close() != 0)
        return error(errno, entry.name);
    return Success;
}

Result<> Extraction::writeContent(const ZipEntry &entry, Worker &worker, const Handle &file)
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
        for (qint64 done = 0; done < *got;) {
            const auto written = write(file.fd(), worker.buffer.data() + done, size_t(*got - done));
            if (written < 0 && errno != EINTR)
                return error(errno, entry.name);
            done += std::max<ssize_t>(written, 0);
        }
        m_progress.add(*got);
    }
}

} // namespace

Result<ZipSummary> extractZip(const QString &path,
                              const QString &folder,
                              Monitor &monitor,
                              const ExtractOptions &options)
{
    auto summary = listZip(path, options.limits, monitor);
    if (!summary)
        return summary;
    if (auto extracted = Extraction(path, folder, *summary, monitor).run(); !extracted)
        return extracted.failure();
    if (options.durable) {
        if (auto synced = syncFileSystem(folder); !synced)
            return synced.failure();
    }
    return summary;
}

} // namespace Banister
