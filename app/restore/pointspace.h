// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QString>

namespace Banister {

struct RestorePointRequest;

/// What a restore point with copies will take, at most, and what there is.
struct PointEstimate
{
    QString folder; ///< that is, or will be, the restore points'
    qint64 files = 0;
    qint64 fileBytes = 0;     ///< on the disk, where each file is rounded up
    qint64 databaseBytes = 0; ///< the server's own estimate: the compressed dump stays below it
    qint64 freeBytes = 0;
    qint64 freeInodes = -1; ///< -1: the file system has no such limit

    qint64 bytes() const { return fileBytes + databaseBytes; }
    /// RestoreError.NotEnoughSpace.
    Result<> check() const;
};

Result<PointEstimate> estimatePoint(const RestorePointRequest &request, Monitor &monitor);

/// What a tree takes on the disk.
qint64 bytesOnDisk(qint64 files, qint64 bytes);

} // namespace Banister
