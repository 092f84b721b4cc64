// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/databasesettings.h"
#include "restore/restorepoint.h"

#include <QString>
#include <QStringList>

namespace Banister {

/// Notes beside the restore point what the database has at the end of the run that it was made for:
/// objects.json. What comes later is not the run's, and a rollback leaves it.
/// \param except kinds that are not noted, and so stay: "event"
Result<> recordObjects(const RestorePoint &point,
                       const DatabaseSettings &database,
                       const QStringList &except = {});

/// Tables, views, routines, events and sequences that came after that run, as a dump's manifest calls
/// them. None where the run did not come to its end: then what came since counts as the run's.
Result<QStringList> objectsSince(const RestorePoint &point, const DatabaseSettings &database);

} // namespace Banister
