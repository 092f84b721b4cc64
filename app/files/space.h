// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Banister {

/// Room on the file system that a path is on.
struct SpaceFacts
{
    qint64 freeBytes = 0; ///< for this user, without what is reserved for root
    qint64 totalBytes = 0;
    qint64 freeInodes = 0; ///< how many more files; -1 where the file system has no such limit
    /// Equal for two paths on one file system, as long as it stays mounted.
    quint64 fileSystem = 0;
    QString path; ///< the folder that was asked: the path itself or its nearest existing parent
};

/// The path need not exist yet.
Result<SpaceFacts> spaceOf(const QString &path);

} // namespace Banister
