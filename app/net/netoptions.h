// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <chrono>

namespace Banister {

/// How requests of this room go out.
struct NetOptions
{
    /// http:// or socks5://, with user and password where the proxy wants them; "direct:" for none.
    /// Empty: what the environment (http_proxy, https_proxy, no_proxy) or the desktop says; then
    /// addresses of this machine are always direct.
    QUrl proxy;
    /// PEM file with certificates to trust as well as the system's; empty for none.
    QString authorityFile;
    /// A transfer in which nothing arrives for so long is given up.
    std::chrono::milliseconds silence = std::chrono::seconds(60);
};

/// For people and logs: without user, password, query and fragment, which may hold secrets.
QString displayed(const QUrl &url);

} // namespace Banister
