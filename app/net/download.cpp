// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/download.h"

#include "net/localfile.h"
#include "net/neterror.h"
#include "net/partfile.h"
#include "net/transfer.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QLocale>

#include <optional>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int okStatus = 200;
constexpr int partialStatus = 206;
constexpr int rangeNotSatisfiable = 416;
constexpr int firstErrorStatus = 400;
constexpr qsizetype keptOfBody = 16384; ///< enough for the title of a page
constexpr qsizetype signatureBytes = 512;

/// One try to fetch what is missing of a part file.
class Fetch
{
    Q_DECLARE_TR_FUNCTIONS(Download)

public:
    enum class End { Complete, MustRestart };

    Fetch(const DownloadRequest &request, PartFile &part, Monitor &monitor)
        : m_request(request)
        , m_part(part)
        , m_monitor(monitor)
        , m_source(QCryptographicHash::hash(request.url.toEncoded(), QCryptographicHash::Sha256))
    {}

    Result<End> run(bool mayResume);
    DownloadReport report() const;

private:
    Result<> begin(const Response &response);
    Result<> beginFile(const Response &response);
    Result<Flow> receive(QByteArrayView bytes);
    Result<> checkStartOfFile(QByteArrayView bytes);

    const DownloadRequest &m_request;
    PartFile &m_part;
    Monitor &m_monitor;
    QByteArray m_source;
    Response m_response;
    QByteArray m_body;  ///< the first bytes of an answer that is no file
    QByteArray m_start; ///< of the file, until there are enough to look at
    bool m_isChecked = false;
    bool m_isFile = false;
    qint64 m_resumedFrom = 0;
    qint64 m_total = 0; ///< 0: not announced
};

/// A weak ETag does not promise equal bytes (RFC 9110, 13.1.5).
QByteArray validatorOf(const Response &response)
{
    auto tag = response.headers.value("etag");
    if (!tag.isEmpty() && !tag.startsWith("W/"))
        return tag;
    return response.headers.value("last-modified");
}

/// "bytes 5-9/10": the first number and the last; -1 for what is not there.
std::pair<qint64, qint64> contentRangeOf(const Response &response)
{
    const auto range = response.headers.value("content-range");
    const auto numbers = range.startsWith("bytes ") ? range.mid(6) : QByteArray();
    const auto number = [](const QByteArray &text) {
        bool isNumber = false;
        const auto value = text.toLongLong(&isNumber);
        return isNumber ? value : -1;
    };
    return {number(numbers.split('-').first()), number(numbers.split('/').last())};
}

Result<Fetch::End> Fetch::run(bool mayResume)
{
    Transfer::Request request;
    request.url = m_request.url;
    request.wantsPlainBytes = true;
    const auto &origin = m_part.origin();
    if (mayResume && m_part.size() > 0 && origin.source == m_source
        && !origin.validator.isEmpty()) {
        m_resumedFrom = m_part.size();
        request.headers = {{"Range", "bytes=" + QByteArray::number(m_resumedFrom) + "-"},
                           {"If-Range", origin.validator}};
    }
    Transfer transfer(m_request.options);
    transfer.begin = [this](const Response &response) { return begin(response); };
    transfer.receive = [this](QByteArrayView bytes) { return receive(bytes); };
    auto got = transfer.get(request, m_monitor);
    if (!got)
        return got.failure();
    const auto [from, total] = contentRangeOf(*got);
    if (got->status == rangeNotSatisfiable && m_resumedFrom > 0) {
        if (total != m_part.size())
            return End::MustRestart;
        if (auto read = m_part.resume(m_monitor); !read) // all had come, and was not looked at yet
            return read.failure();
        return End::Complete;
    }
    if (got->status >= firstErrorStatus)
        return statusError(*got, m_body);
    if (!m_isFile)
        return got->status == partialStatus ? Result<End>(End::MustRestart)
                                            : Result<End>(statusError(*got, m_body));
    if (auto checked = checkStartOfFile({}); !checked)
        return checked.failure();
    if (m_total > 0 && m_part.size() < m_total) {
        return Error{NetError::Incomplete,
                     tr("%1 ended after %2 of %3 bytes.")
                         .arg(displayed(got->url))
                         .arg(m_part.size())
                         .arg(m_total),
                     {},
                     {}};
    }
    return End::Complete;
}

Result<> Fetch::begin(const Response &response)
{
    m_response = response;
    const auto [from, total] = contentRangeOf(response);
    if (response.status == partialStatus && m_resumedFrom > 0 && from == m_resumedFrom) {
        if (auto read = m_part.resume(m_monitor); !read)
            return read;
        m_total = total > 0 ? total : 0;
        m_isChecked = true; // when it was new
        m_monitor.log(
            u"Going on after %1 bytes: %2"_s.arg(m_resumedFrom).arg(displayed(response.url)));
        return beginFile(response);
    }
    if (response.status != okStatus)
        return Success; // its body is an explanation, or it must be asked for again
    m_resumedFrom = 0;
    m_total = response.announcedBytes > 0 ? response.announcedBytes : 0;
    if (auto begun = m_part.restart({m_source, validatorOf(response)}); !begun)
        return begun;
    return beginFile(response);
}

Result<> Fetch::beginFile(const Response &response)
{
    m_isFile = true;
    if (m_total > m_request.maximumBytes)
        return sizeError(displayed(response.url), m_request.maximumBytes);
    return m_part.checkSpace(std::max<qint64>(0, m_total - m_part.size()));
}

Result<Flow> Fetch::receive(QByteArrayView bytes)
{
    if (!m_isFile) {
        m_body += bytes.first(std::min(bytes.size(), keptOfBody - m_body.size()));
        return m_body.size() < keptOfBody ? Flow::Continue : Flow::Enough;
    }
    if (auto checked = checkStartOfFile(bytes); !checked)
        return checked.failure();
    if (m_part.size() + bytes.size() > m_request.maximumBytes)
        return sizeError(displayed(m_response.url), m_request.maximumBytes);
    if (auto written = m_part.append(bytes); !written)
        return written.failure();
    m_monitor.report(
        {m_part.size(),
         m_total,
         m_total > 0
             ? tr("Downloading %1 of %2")
                   .arg(QLocale().formattedDataSize(m_part.size()),
                        QLocale().formattedDataSize(m_total))
             : tr("Downloading, %1 so far").arg(QLocale().formattedDataSize(m_part.size()))});
    return Flow::Continue;
}

/// As soon as there are enough bytes, or no more; of a web page the title is waited for.
Result<> Fetch::checkStartOfFile(QByteArrayView bytes)
{
    if (m_isChecked)
        return Success;
    m_start += bytes.first(std::min(bytes.size(), keptOfBody - m_start.size()));
    const bool isEnd = bytes.isEmpty();
    const bool isPage = m_request.expected != Expected::Anything && looksLikeHtml(m_start);
    const auto enough = isPage ? keptOfBody : signatureBytes;
    const bool hasTitle = isPage && m_start.toLower().contains("</title>");
    if (!isEnd && !hasTitle && m_start.size() < enough)
        return Success;
    m_isChecked = true;
    return checkStart(m_start, m_request.expected, displayed(m_response.url));
}

DownloadReport Fetch::report() const
{
    DownloadReport report;
    report.path = m_request.target;
    report.sizeInBytes = m_part.size();
    report.url = m_response.url.isEmpty() ? m_request.url : m_response.url;
    report.resumedFrom = m_resumedFrom;
    return report;
}

/// Whether what arrived so far is of no use to a later try.
bool isUseless(const Failure &failure)
{
    const auto *error = std::get_if<Error>(&failure);
    return error
           && (error->has(NetError::NotAPackage) || error->has(NetError::TooLarge)
               || error->has(NetError::HashMismatch));
}

Result<DownloadReport>
verify(const DownloadRequest &request, PartFile &part, DownloadReport report, bool &isDamaged)
{
    const auto source = displayed(report.url);
    isDamaged = true;
    if (auto checked = part.check(request.expected, source); !checked)
        return checked.failure();
    report.sha256 = part.hash();
    if (!request.sha256.isEmpty() && !isSameSha256(request.sha256, report.sha256))
        return hashError(source, request.sha256, report.sha256);
    isDamaged = false;
    if (auto finished = part.finish(); !finished)
        return finished.failure();
    return report;
}

Result<DownloadReport> downloadFromWeb(const DownloadRequest &request, Monitor &monitor)
{
    auto part = PartFile::open(request.target);
    if (!part)
        return part.failure();
    bool mayResume = true;
    for (;;) {
        Fetch fetch(request, **part, monitor);
        const auto end = fetch.run(mayResume);
        if (!end) {
            if (isUseless(end.failure()) || (*part)->size() == 0)
                (*part)->remove();
            return end.failure();
        }
        const bool wasResumed = fetch.report().resumedFrom > 0;
        bool isDamaged = *end == Fetch::End::MustRestart;
        if (!isDamaged) {
            auto verified = verify(request, **part, fetch.report(), isDamaged);
            if (!isDamaged)
                return verified;
            if (!wasResumed) {
                (*part)->remove();
                return verified;
            }
        }
        if (!mayResume) {
            (*part)->remove();
            return Error{
                NetError::BadAnswer,
                Transfer::tr("The answer of %1 cannot be understood.").arg(displayed(request.url)),
                {},
                {}};
        }
        // The two parts do not fit together: the file on the server is another one by now.
        monitor.log(u"Starting the download anew: %1"_s.arg(displayed(request.url)));
        mayResume = false;
    }
}

} // namespace

bool isSameSha256(const QByteArray &left, const QByteArray &right)
{
    const auto bytes = [](const QByteArray &sum) {
        return sum.size() == 32 ? sum : QByteArray::fromHex(sum.trimmed());
    };
    return bytes(left).size() == 32 && bytes(left) == bytes(right);
}

Result<DownloadReport> download(const DownloadRequest &request, Monitor &monitor)
{
    if (request.url.isLocalFile())
        return copyLocalFile(request.url.toLocalFile(), request, monitor);
    if (QFileInfo::exists(request.target)) {
        auto there = checkLocalFile(request.target, request, monitor);
        if (there || there.isCancelled())
            return there;
        monitor.log(u"Not used as it is: %1"_s.arg(there.error().fact));
    }
    return downloadFromWeb(request, monitor);
}

Result<DownloadReport>
fetchPackage(const QString &source, const DownloadRequest &request, Monitor &monitor)
{
    auto wanted = request;
    const QUrl url(source, QUrl::StrictMode);
    const bool isAddress = source.contains("://"_L1) || source.startsWith("file:"_L1);
    wanted.url = isAddress ? url : QUrl::fromLocalFile(source);
    return download(wanted, monitor);
}

} // namespace Banister
