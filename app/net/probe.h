// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "net/netoptions.h"

#include <QByteArray>
#include <QList>
#include <QUrl>

namespace Banister {

/// What a visitor of an address gets.
struct ProbeReport
{
    int status = 0; ///< of HTTP; 404 and 500 are findings here, no errors
    QUrl url;       ///< that answered, after redirects
    QList<QUrl> redirects;
    QString title;         ///< of a web page
    QByteArray firstBytes; ///< at most 16384
    bool isTrusted = true; ///< false: https with a certificate that is not trusted
};

/// Looks at a page as a visitor does; nothing secret is sent, and certificates that are not trusted are
/// accepted. Blocks: not for the GUI thread. Errors: NetError, where no answer comes.
Result<ProbeReport> probe(const QUrl &url, Monitor &monitor, const NetOptions &options = {});

/// Whether a file can be read through the web server: it answers with these bytes, at the beginning of
/// what it sends. Expect some 20 bytes or more that no page of the site starts with.
Result<bool> isReadable(const QUrl &url,
                        const QByteArray &expectedBytes,
                        Monitor &monitor,
                        const NetOptions &options = {});

} // namespace Banister
