// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/proxychoice.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int defaultProxyPort = 8080;
constexpr int defaultSocksPort = 1080;

QNetworkProxy proxyOf(const QUrl &url)
{
    if (url.scheme() == "direct"_L1 || url.host().isEmpty())
        return QNetworkProxy::NoProxy;
    const bool isSocks = url.scheme().startsWith("socks"_L1);
    return {isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy,
            url.host(),
            quint16(url.port(isSocks ? defaultSocksPort : defaultProxyPort)),
            url.userName(QUrl::FullyDecoded),
            url.password(QUrl::FullyDecoded)};
}

} // namespace

bool isThisMachine(const QString &host)
{
    if (host == "localhost"_L1 || host.endsWith(".localhost"_L1))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

QNetworkProxy proxyFor(const QUrl &url, const QUrl &wanted)
{
    if (!wanted.isEmpty())
        return proxyOf(wanted);
    if (isThisMachine(url.host()))
        return QNetworkProxy::NoProxy;
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
}

} // namespace Banister
