// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "net/netoptions.h"
#include "net/packagecheck.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace Banister {

struct DownloadRequest
{
    QUrl url;               ///< http, https or file
    QString target;         ///< path of the file to be; its folder exists
    QByteArray sha256 = {}; ///< 32 bytes or 64 hex digits; empty where it is not known
    qint64 maximumBytes = qint64(4) << 30;
    Expected expected = Expected::ZipFile;
    NetOptions options = {};
};

struct DownloadReport
{
    QString path;
    qint64 sizeInBytes = 0;
    QByteArray sha256;      ///< of the whole file, 32 bytes
    QUrl url;               ///< that delivered it, after redirects
    qint64 resumedFrom = 0; ///< bytes that were there from a former try
    bool wasThere = false;  ///< the target was complete before: nothing was fetched
};

/// Fetches a file to its target, all or nothing.
///
/// On the way it is "<target>.part" (0600, with "<target>.part.json" beside it); both stay when the work
/// is cancelled or breaks off, and the next call goes on where the server allows it and the file is
/// still the same. A target that is complete already is taken as it is. Blocks, with an event loop of
/// its own: not for the GUI thread. Errors: NetError.
Result<DownloadReport> download(const DownloadRequest &request, Monitor &monitor);

/// The same from an http or https address, a file: URL or a path. The person's file is only read;
/// where source and target are the same file it is checked and left alone.
/// The url of the request is not looked at.
Result<DownloadReport>
fetchPackage(const QString &source, const DownloadRequest &request, Monitor &monitor);

/// Whether both are SHA-256 sums of the same, in bytes or hex digits of either case.
bool isSameSha256(const QByteArray &left, const QByteArray &right);

} // namespace Banister
