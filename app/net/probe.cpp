// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/probe.h"

#include "net/transfer.h"

#include <algorithm>

namespace Banister {

namespace {

constexpr qsizetype keptBytes = 16384;
constexpr int okStatus = 200;

} // namespace

Result<ProbeReport> probe(const QUrl &url, Monitor &monitor, const NetOptions &options)
{
    ProbeReport report;
    Transfer transfer(options);
    transfer.receive = [&report](QByteArrayView bytes) -> Result<Flow> {
        const auto wanted = keptBytes - report.firstBytes.size();
        report.firstBytes += bytes.first(std::min(bytes.size(), wanted));
        return report.firstBytes.size() < keptBytes ? Flow::Continue : Flow::Enough;
    };
    Transfer::Request request;
    request.url = url;
    request.redirects = Transfer::Redirects::Any;
    request.acceptsAnyCertificate = true;
    const auto response = transfer.get(request, monitor);
    if (!response)
        return response.failure();
    report.status = response->status;
    report.url = response->url;
    report.redirects = response->redirects;
    report.title = titleOf(report.firstBytes);
    report.isTrusted = !transfer.hadTlsProblems();
    return report;
}

Result<bool> isReadable(const QUrl &url,
                        const QByteArray &expectedBytes,
                        Monitor &monitor,
                        const NetOptions &options)
{
    const auto report = probe(url, monitor, options);
    if (!report)
        return report.failure();
    const auto compared = std::min(expectedBytes.size(), keptBytes);
    return report->status == okStatus && compared > 0
           && report->firstBytes.startsWith(expectedBytes.left(compared));
}

} // namespace Banister
