// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "products/mautic/mauticsite.h"

namespace Banister {

/// How large a site is, and what its upgrade takes, where a file system has blocks of 4096 bytes.
struct MauticSize
{
    qint64 files = 0;
    qint64 fileBytes = 0;
    qint64 ownBytes = 0;     ///< of plugins, themes, media, translations: may be copied
    qint64 writtenBytes = 0; ///< of cache and logs: are copied
    qint64 rows = 0;         ///< an estimate of the server's
    qint64 tables = 0;
    qint64 databaseBytes = 0; ///< an estimate of the server's
    qint64 dumpBytes = 0;     ///< the compressed dump stays below it
    qint64 listBytes = 0;     ///< of all files, in the restore point
    qint64 packageBytes = 0;  ///< 0: not at hand
    qint64 unpackedBytes = 0;

    qint64 restorePointBytes() const;
    /// Needed on the site's file system beside the restore point.
    qint64 workBytes() const;
};

/// Walks the site, asks the database and reads the package's directory. Where the database or the
/// package cannot be asked, their numbers are 0.
Result<MauticSize> measureSite(const MauticFacts &facts, Monitor &monitor);

} // namespace Banister
