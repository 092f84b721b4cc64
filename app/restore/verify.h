// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "restore/restorepoint.h"
#include "restore/selection.h"

#include <QByteArray>
#include <QList>

namespace Banister {

/// What reading a restore point back has shown.
struct VerifyReport
{
    qint64 files = 0;
    qint64 fileBytes = 0;
    qint64 tables = 0;
    qint64 rows = 0;
    /// Files that the site or a person changed while they were in use, and files that went.
    QList<QByteArray> changedSince;
    QList<QByteArray> removedSince;
};

/// Reads every dump part and every file back, where it is now, and compares with what was recorded;
/// of files or database only, if no more is to come back. Notes the time when all is right. PointUsed
/// where a rollback has moved the files back into the site.
Result<VerifyReport>
verifyRestorePoint(const RestorePoint &point, const RollbackSelection &what, Monitor &monitor);

} // namespace Banister
