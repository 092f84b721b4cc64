// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "net/netoptions.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QHash>
#include <QList>

#include <functional>
#include <utility>

class QNetworkReply;

namespace Banister {

/// The head of the answer that is no redirect.
struct Response
{
    int status = 0;
    QUrl url;                              ///< that answered
    QList<QUrl> redirects;                 ///< the addresses before it, in order
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    qint64 announcedBytes = -1;            ///< Content-Length; -1 where there is none
};

enum class Flow { Continue, Enough };

/// One GET, followed through its redirects. Blocks, with an event loop of its own: not for the GUI
/// thread. The room's other parts are made of it.
class Transfer
{
    Q_DECLARE_TR_FUNCTIONS(Transfer)

public:
    enum class Redirects {
        Careful, ///< to https, or from this machine's http to the same host's http
        Any,     ///< to any http or https address
    };
    struct Request
    {
        QUrl url;
        QList<std::pair<QByteArray, QByteArray>> headers;
        Redirects redirects = Redirects::Careful;
        bool acceptsAnyCertificate = false; ///< to look at a page only, nothing secret is sent
        bool wantsPlainBytes = false;       ///< no compression on the way
    };

    /// Called with the head, before the first bytes; a status of 400 and more as well.
    std::function<Result<>(const Response &)> begin = [](const Response &) { return Success; };
    /// Called with the bytes as they come; may be called without any bytes in it.
    std::function<Result<Flow>(QByteArrayView)> receive;

    explicit Transfer(NetOptions options);
    /// The answer, whatever its status. What begin() and receive() fail with comes through as it is.
    Result<Response> get(const Request &request, Monitor &monitor);
    /// Whether a certificate on the way was not trusted, also where that was accepted.
    bool hadTlsProblems() const { return !m_tlsProblems.isEmpty(); }

private:
    Result<Response> followRedirects(Request request, Monitor &monitor);
    Result<Response> getOnce(const Request &request, Monitor &monitor);
    Error explain(QNetworkReply &reply, bool isProxied, const QUrl &url, qint64 received) const;

    NetOptions m_options;
    QString m_tlsProblems;
};

/// Whether a client may be sent from one address to the other, by Redirects::Careful.
bool isCarefulRedirect(const QUrl &from, const QUrl &to);

/// The text of <title>, at most 200 characters; empty where there is none.
QString titleOf(const QByteArray &html);
/// Whether it starts as a web page does.
bool looksLikeHtml(QByteArrayView bytes);
/// The error for a status of 400 and more: the page's title or first words in the details.
Error statusError(const Response &response, const QByteArray &body);

} // namespace Banister
