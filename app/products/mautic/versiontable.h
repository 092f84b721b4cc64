// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/databasesettings.h"

#include <QString>
#include <QStringList>

namespace Banister {

/// The versions in the table of executed migrations, sorted; empty where there is no such table.
/// The table is <prefix>migrations (Mautic 2.16.5, app/config/config.php, doctrine_migrations).
Result<QStringList> recordedVersions(const DatabaseSettings &database, const QString &tablePrefix);

} // namespace Banister
