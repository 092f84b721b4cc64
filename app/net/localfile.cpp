// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/localfile.h"

#include "net/neterror.h"
#include "net/partfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 blockBytes = 1 << 20;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(LocalFile)
};

/// A regular file, open for reading.
class Source
{
public:
    explicit Source(const QString &path)
        : m_path(path)
        , m_file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
        if (m_file < 0 || ::fstat(m_file, &m_status) != 0)
            m_reason = qt_error_string(errno);
        else if (!S_ISREG(m_status.st_mode))
            m_reason = Texts::tr("it is not a file");
    }
    ~Source()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    Q_DISABLE_COPY_MOVE(Source)

    int file() const { return m_file; }
    qint64 size() const { return m_status.st_size; }

    Result<> check(const DownloadRequest &request) const
    {
        if (!m_reason.isEmpty())
            return error(m_reason);
        if (size() > request.maximumBytes)
            return sizeError(m_path, request.maximumBytes);
        return checkFile(m_file, request.expected, m_path);
    }

    /// Gives the file to the function, block by block.
    Result<> read(const QString &text,
                  const std::function<Result<>(QByteArrayView)> &take,
                  Monitor &monitor) const
    {
        QByteArray block(blockBytes, Qt::Uninitialized);
        for (qint64 at = 0;;) {
            if (monitor.isCancelRequested())
                return Cancelled{};
            const auto count = ::pread(m_file, block.data(), size_t(block.size()), at);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return error(qt_error_string(errno));
            if (count == 0)
                return Success;
            if (auto taken = take(QByteArrayView(block).first(count)); !taken)
                return taken;
            at += count;
            monitor.report({at, size(), text});
        }
    }

    bool isSameAs(const QString &path) const
    {
        struct stat other = {};
        return ::stat(QFile::encodeName(path).constData(), &other) == 0
               && other.st_dev == m_status.st_dev && other.st_ino == m_status.st_ino;
    }

private:
    Error error(const QString &reason) const
    {
        return {NetError::SourceUnreadable,
                Texts::tr("The file %1 cannot be read: %2.").arg(m_path, reason),
                m_path,
                {}};
    }

    QString m_path;
    struct stat m_status = {};
    QString m_reason;
    int m_file;
};

Result<DownloadReport> checkOpened(const Source &source,
                                   const QString &path,
                                   const DownloadRequest &request,
                                   Monitor &monitor)
{
    if (auto checked = source.check(request); !checked)
        return checked.failure();
    Sha256 hash;
    const auto text = Texts::tr("Checking %1").arg(path);
    auto read = source.read(
        text,
        [&hash](QByteArrayView bytes) -> Result<> {
            hash.add(bytes);
            return Success;
        },
        monitor);
    if (!read)
        return read.failure();
    DownloadReport report;
    report.path = path;
    report.sizeInBytes = source.size();
    report.sha256 = hash.result();
    report.url = QUrl::fromLocalFile(path);
    report.wasThere = true;
    if (!request.sha256.isEmpty() && !isSameSha256(request.sha256, report.sha256))
        return hashError(path, request.sha256, report.sha256);
    return report;
}

} // namespace

Error hashError(const QString &source, const QByteArray &wanted, const QByteArray &found)
{
    const auto hex = [](const QByteArray &sum) {
        return QString::fromLatin1(sum.size() == 32 ? sum.toHex() : sum.toLower());
    };
    return {NetError::HashMismatch,
            Texts::tr("%1 does not have the SHA-256 sum that it should have.").arg(source),
            u"expected %1\nfound    %2"_s.arg(hex(wanted), hex(found)),
            {}};
}

Error sizeError(const QString &source, qint64 maximumBytes)
{
    return {NetError::TooLarge,
            Texts::tr("%1 is larger than %2, the most that is accepted.")
                .arg(source, QLocale().formattedDataSize(maximumBytes)),
            {},
            {}};
}

Result<DownloadReport>
checkLocalFile(const QString &path, const DownloadRequest &request, Monitor &monitor)
{
    return checkOpened(Source(path), path, request, monitor);
}

Result<DownloadReport>
copyLocalFile(const QString &path, const DownloadRequest &request, Monitor &monitor)
{
    const Source source(path);
    if (source.isSameAs(request.target))
        return checkOpened(source, path, request, monitor);
    if (auto checked = source.check(request); !checked)
        return checked.failure();
    auto part = PartFile::open(request.target);
    if (!part)
        return part.failure();
    auto &file = **part;
    if (auto begun = file.restart({}); !begun)
        return begun.failure();
    const auto text = Texts::tr("Copying %1").arg(path);
    auto copied = file.checkSpace(source.size());
    if (copied)
        copied = source.read(
            text, [&file](QByteArrayView bytes) { return file.append(bytes); }, monitor);
    DownloadReport report;
    if (copied) {
        report = {request.target, file.size(), file.hash(), QUrl::fromLocalFile(path)};
        // Read again from the copy: the source may have changed meanwhile.
        copied = file.check(request.expected, path);
    }
    if (copied && !request.sha256.isEmpty() && !isSameSha256(request.sha256, report.sha256))
        copied = hashError(path, request.sha256, report.sha256);
    if (copied)
        copied = file.finish();
    if (!copied) {
        file.remove(); // a copy starts anew quickly, and is not resumed
        return copied.failure();
    }
    return report;
}

} // namespace Banister
