// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transfer.h"

#include "net/neterror.h"
#include "net/proxychoice.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Banister {

namespace {

constexpr int maximumRedirects = 10;
constexpr qint64 bufferBytes = 1 << 18; ///< bounds memory on fast lines, and what a break loses
constexpr int firstErrorStatus = 400;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool isWeb(const QUrl &url)
{
    return url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
}

Response responseOf(const QNetworkReply &reply)
{
    Response response;
    response.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.url = reply.url();
    for (const auto &[name, value] : reply.rawHeaderPairs())
        response.headers.insert(name.toLower(), value);
    bool isNumber = false;
    const auto length = response.headers.value("content-length").toLongLong(&isNumber);
    if (isNumber)
        response.announcedBytes = length;
    return response;
}

QNetworkRequest networkRequest(const Transfer::Request &request, const NetOptions &options)
{
    QNetworkRequest result(request.url);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                        QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setHeader(QNetworkRequest::UserAgentHeader, u"Banister/" BANISTER_VERSION ""_s);
    result.setRawHeader("Accept", "*/*");
    if (request.wantsPlainBytes)
        result.setRawHeader("Accept-Encoding", "identity");
    for (const auto &[name, value] : request.headers)
        result.setRawHeader(name, value);
    if (!options.authorityFile.isEmpty()) {
        auto security = result.sslConfiguration();
        security.addCaCertificates(options.authorityFile);
        result.setSslConfiguration(security);
    }
    return result;
}

Error redirectError(const QUrl &from, const QUrl &to)
{
    return {NetError::RedirectRefused,
            Transfer::tr("%1 redirects to %2, which is not followed.")
                .arg(displayed(from), displayed(to)),
            {},
            {}};
}

} // namespace

QString displayed(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

bool isCarefulRedirect(const QUrl &from, const QUrl &to)
{
    if (to.scheme() == "https"_L1)
        return true;
    return to.scheme() == from.scheme() && to.scheme() == "http"_L1 && to.host() == from.host()
           && isThisMachine(to.host());
}

Transfer::Transfer(NetOptions options)
    : m_options(std::move(options))
{}

Result<Response> Transfer::get(const Request &request, Monitor &monitor)
{
    const auto &url = request.url;
    if (!url.isValid() || url.scheme().isEmpty() || (isWeb(url) && url.host().isEmpty())) {
        return Error{NetError::InvalidUrl,
                     tr("The address %1 is not valid.").arg(displayed(url)),
                     url.isValid() ? QString() : url.errorString(),
                     {}};
    }
    if (!isWeb(url)) {
        return Error{NetError::UnsupportedScheme,
                     tr("The address %1 is neither http nor https.").arg(displayed(url)),
                     {},
                     {}};
    }
    if (!m_options.authorityFile.isEmpty()
        && QSslCertificate::fromPath(m_options.authorityFile).isEmpty()) {
        return Error{NetError::TlsFailed,
                     tr("No certificate can be read from %1.").arg(m_options.authorityFile),
                     m_options.authorityFile,
                     {}};
    }
    return followRedirects(request, monitor);
}

Result<Response> Transfer::followRedirects(Request request, Monitor &monitor)
{
    QList<QUrl> redirects;
    for (;;) {
        auto response = getOnce(request, monitor);
        if (!response || !isRedirect(response->status)) {
            if (response)
                response->redirects = redirects;
            return response;
        }
        const auto from = request.url;
        const auto location = response->headers.value("location");
        const auto to = from.resolved(QUrl::fromEncoded(location));
        redirects.append(from);
        const bool isAllowed = request.redirects == Redirects::Any
                                   ? isWeb(to) && !to.host().isEmpty()
                                   : isCarefulRedirect(from, to);
        if (location.isEmpty() || !to.isValid() || !isAllowed)
            return redirectError(from, to);
        if (redirects.contains(to) || redirects.size() > maximumRedirects) {
            QString chain;
            for (const auto &url : std::as_const(redirects))
                chain += displayed(url) + u'\n';
            return Error{NetError::TooManyRedirects,
                         tr("%1 redirects round in circles.").arg(displayed(redirects.first())),
                         chain + displayed(to),
                         {}};
        }
        request.url = to;
    }
}

Result<Response> Transfer::getOnce(const Request &request, Monitor &monitor)
{
    QNetworkAccessManager manager; // of its own: no connection outlives the call
    manager.setAutoDeleteReplies(false);
    manager.setProxy(proxyFor(request.url, m_options.proxy));
    const std::unique_ptr<QNetworkReply> reply(manager.get(networkRequest(request, m_options)));
    reply->setReadBufferSize(bufferBytes);

    QEventLoop loop;
    QTimer silence;
    QTimer poll;
    std::optional<Failure> failure;
    std::optional<Response> response;
    qint64 received = 0;
    bool hasEnough = false;
    const auto stop = [&](std::optional<Failure> why) {
        if (!failure)
            failure = std::move(why);
        loop.quit();
    };
    const auto takeHead = [&] {
        silence.start();
        const auto status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (response || failure || status < 200)
            return;
        response = responseOf(*reply);
        if (isRedirect(status))
            stop({});
        else if (auto begun = begin(*response); !begun)
            stop(begun.failure());
    };
    const auto take = [&] {
        takeHead();
        while (!failure && !hasEnough && response && !isRedirect(response->status)
               && reply->bytesAvailable() > 0) {
            const auto bytes = reply->read(bufferBytes);
            received += bytes.size();
            auto flow = receive(bytes);
            if (!flow)
                stop(flow.failure());
            else if (*flow == Flow::Enough)
                hasEnough = true;
            if (monitor.isCancelRequested())
                stop(Failure(Cancelled{}));
        }
        if (hasEnough)
            loop.quit();
    };
    silence.setInterval(m_options.silence);
    silence.callOnTimeout(&loop, [&] {
        stop(Failure(
            Error{NetError::TimedOut,
                  tr("%1 was silent for %n second(s).", nullptr, int(m_options.silence / 1s))
                      .arg(displayed(request.url)),
                  {},
                  {}}));
    });
    poll.callOnTimeout(&loop, [&] {
        if (monitor.isCancelRequested())
            stop(Failure(Cancelled{}));
    });
    QObject::connect(reply.get(), &QNetworkReply::metaDataChanged, &loop, takeHead);
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, take);
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QObject::connect(reply.get(),
                     &QNetworkReply::sslErrors,
                     &loop,
                     [this, &reply, &request](const QList<QSslError> &problems) {
                         if (request.acceptsAnyCertificate)
                             reply->ignoreSslErrors();
                         for (const auto &problem : problems)
                             m_tlsProblems += problem.errorString() + u'\n';
                     });
    silence.start();
    poll.start(50ms);
    if (!reply->isFinished() && !monitor.isCancelRequested())
        loop.exec();
    else if (!reply->isFinished())
        failure = Cancelled{};

    if (reply->isFinished())
        take(); // what came with the end
    if (!reply->isFinished())
        reply->abort();
    if (failure)
        return *failure;
    if (response && (hasEnough || isRedirect(response->status)))
        return *response;
    const auto problem = reply->error();
    const bool isOfProxy = problem >= QNetworkReply::ProxyConnectionRefusedError
                           && problem <= QNetworkReply::UnknownProxyError;
    const bool isBadStatus = response && response->status >= firstErrorStatus && !isOfProxy;
    if (isBadStatus || (response && problem == QNetworkReply::NoError))
        return *response;
    const bool isProxied = manager.proxy().type() != QNetworkProxy::NoProxy;
    return explain(*reply, isProxied, request.url, response ? received : -1);
}

/// received: bytes of the body; -1 where not even a head came.
Error Transfer::explain(QNetworkReply &reply,
                        bool isProxied,
                        const QUrl &url,
                        qint64 received) const
{
    const auto shown = displayed(url);
    const auto host = url.host();
    const auto details = reply.errorString();
    Error proxyFailed = {NetError::ProxyFailed,
                         tr("The proxy did not pass on the request for %1.").arg(shown),
                         details,
                         {}};
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        if (isProxied) // only the proxy was looked up and called
            return proxyFailed;
        return {NetError::HostNotFound, tr("The host %1 is not known.").arg(host), details, {}};
    case QNetworkReply::ConnectionRefusedError:
        if (isProxied)
            return proxyFailed;
        return {NetError::ConnectionRefused,
                tr("%1 refused the connection to port %2.")
                    .arg(host)
                    .arg(url.port(url.scheme() == "https"_L1 ? 443 : 80)),
                details,
                {}};
    case QNetworkReply::TimeoutError:
        return {NetError::TimedOut, tr("%1 did not answer.").arg(shown), details, {}};
    case QNetworkReply::SslHandshakeFailedError:
        return {NetError::TlsFailed,
                tr("No secure connection to %1 could be made.").arg(host),
                m_tlsProblems + details,
                {}};
    case QNetworkReply::RemoteHostClosedError:
        if (received < 0) {
            return {NetError::ConnectionLost,
                    tr("%1 closed the connection without an answer.").arg(host),
                    details,
                    {}};
        }
        return {NetError::Incomplete,
                tr("%1 ended after %Ln byte(s), before all had come.", nullptr, int(received))
                    .arg(shown),
                details,
                {}};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return proxyFailed;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::UnknownContentError:
        return {NetError::BadAnswer,
                tr("The answer of %1 cannot be understood.").arg(shown),
                details,
                {}};
    default:
        return {NetError::Unreachable, tr("%1 cannot be reached.").arg(shown), details, {}};
    }
}

} // namespace Banister
