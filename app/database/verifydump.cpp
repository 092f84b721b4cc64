// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/verifydump.h"

#include "database/databaseerror.h"
#include "files/hash.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Banister {

Result<> verifyDump(const QString &folder, Monitor &monitor)
{
    const auto manifest = readDumpManifest(folder);
    if (!manifest)
        return manifest.failure();
    Progress progress;
    for (const auto &part : manifest->parts)
        progress.total += part.bytes;
    for (const auto &part : manifest->parts) {
        const auto path = folder + u'/' + part.file;
        if (!QFileInfo::exists(path)) {
            return Error{DatabaseError::DumpIncomplete,
                         QCoreApplication::translate("VerifyDump", "The dump's file %1 is missing.")
                             .arg(path),
                         {},
                         {}};
        }
        const auto hash = sha256OfFile(path, monitor);
        if (!hash)
            return hash.failure();
        if (*hash != part.sha256) {
            return Error{DatabaseError::DumpDamaged,
                         QCoreApplication::translate("VerifyDump",
                                                     "The dump's file %1 is not what was written.")
                             .arg(path),
                         {},
                         {}};
        }
        progress.done += part.bytes;
        progress.text = part.file;
        monitor.report(progress);
    }
    return Success;
}

} // namespace Banister
