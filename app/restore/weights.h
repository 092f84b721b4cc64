// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "restore/restorepoint.h"

namespace Banister {

/// What a row costs, in bytes of files that take as long; measured.
enum class RowWork : qint64 {
    ReadDump = 100, ///< from the dump
    Compare = 400,  ///< in the database with the dump
    Dump = 800,     ///< out of the database, read back
};

inline qint64 weightOfRows(const RestorePoint &point, RowWork work)
{
    return point.rowCount * qint64(work);
}

/// What of the time for files and rows the files take; from 0 to 1.
inline double filesShare(const RestorePoint &point, RowWork work)
{
    const auto files = double(point.fileBytes);
    return files / (files + double(weightOfRows(point, work)) + 1);
}

} // namespace Banister
