// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/download.h"

namespace Banister {

/// Copies a local file to the target, checked as a download is. Errors: NetError.
Result<DownloadReport>
copyLocalFile(const QString &source, const DownloadRequest &request, Monitor &monitor);

/// Reads a file that is there already and tells whether it is what the request wants.
/// Errors: NetError::SourceUnreadable, NotAPackage, Incomplete, TooLarge, HashMismatch.
Result<DownloadReport>
checkLocalFile(const QString &path, const DownloadRequest &request, Monitor &monitor);

Error hashError(const QString &source, const QByteArray &wanted, const QByteArray &found);
Error sizeError(const QString &source, qint64 maximumBytes);

} // namespace Banister
