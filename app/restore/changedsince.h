// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QSet>
#include <QString>

namespace Banister {

/// Paths, relative to the site's folder, of what the site or a person changed or removed after the
/// restore point was made and while the files were in use. A rollback leaves that as it is.
using ChangedPaths = QSet<QByteArray>;

/// Notes them, on disk, in a rollback's own folder: its later steps may run in another process.
Result<> recordChangedSince(const QString &folder, const ChangedPaths &paths);
/// Empty where nothing was noted.
Result<ChangedPaths> readChangedSince(const QString &folder);

} // namespace Banister
