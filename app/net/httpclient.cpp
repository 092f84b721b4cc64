// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"

#include "net/localfile.h"
#include "net/neterror.h"
#include "net/transfer.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int firstErrorStatus = 400;
constexpr qsizetype shownBytes = 500;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

} // namespace

Result<QByteArray>
fetchBytes(const QUrl &url, Monitor &monitor, const NetOptions &options, qint64 maximumBytes)
{
    QByteArray body;
    Transfer transfer(options);
    transfer.receive = [&](QByteArrayView bytes) -> Result<Flow> {
        body += bytes;
        if (body.size() > maximumBytes)
            return sizeError(displayed(url), maximumBytes);
        return Flow::Continue;
    };
    Transfer::Request request;
    request.url = url;
    const auto response = transfer.get(request, monitor);
    if (!response)
        return response.failure();
    if (response->status >= firstErrorStatus)
        return statusError(*response, body);
    return body;
}

Result<QJsonObject>
fetchJson(const QUrl &url, Monitor &monitor, const NetOptions &options, qint64 maximumBytes)
{
    const auto body = fetchBytes(url, monitor, options, maximumBytes);
    if (!body)
        return body.failure();
    QJsonParseError problem;
    const auto json = QJsonDocument::fromJson(*body, &problem);
    if (json.isObject())
        return json.object();
    const auto title = titleOf(*body);
    const auto fact = title.isEmpty()
                          ? Texts::tr("%1 did not answer with a JSON object.").arg(displayed(url))
                          : Texts::tr("%1 answered with a web page (“%2”), not with JSON.")
                                .arg(displayed(url), title);
    return Error{NetError::BadAnswer,
                 fact,
                 problem.errorString() + u'\n' + QString::fromUtf8(body->left(shownBytes)),
                 {}};
}

} // namespace Banister
