// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace Banister {

/// Removes a file, a link, or a folder with everything in it. Links are removed, never followed; a
/// mount point inside is left alone and reported (OtherFileSystem). Unwritable folders of the user's
/// are made writable first. Success where there is nothing. The progress counts entries.
Result<> removeTree(const QString &path, Monitor &monitor);

/// The same for a path of raw bytes, which need not be UTF-8.
Result<> removeRawPath(const QByteArray &path, Monitor &monitor);

} // namespace Banister
