// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxy>
#include <QString>
#include <QUrl>

namespace Banister {

/// localhost and the addresses that mean this machine.
bool isThisMachine(const QString &host);

/// The proxy for an address: the one wanted, or else what environment or desktop say.
/// See NetOptions::proxy.
QNetworkProxy proxyFor(const QUrl &url, const QUrl &wanted);

} // namespace Banister
