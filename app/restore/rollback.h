// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/databasesettings.h"
#include "engine/plan.h"
#include "restore/restorepoint.h"
#include "restore/selection.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace Banister {

/// Another restore point of the site: it goes on knowing where its files are.
struct OtherPoint
{
    QString folder;
    bool isHalfBack = false; ///< a rollback to it stands half-way, and is given up for this one
};

struct RollbackRequest
{
    RestorePoint point;
    RollbackSelection selection;
    /// New folder of the restore point that keeps the present state; empty: it is not kept.
    QString safetyPoint;
    QString presentVersion; ///< of the site now; empty: between two
    QList<OtherPoint> others;
    QString siteFolder; ///< as seen from here now
    DatabaseSettings database;
    /// New folder of this rollback within Banister's own, on the site's file system: takes what the
    /// rollback replaces. Kept; never deleted by the rollback.
    QString replacedFolder;
    /// Top-level entries that a run makes by itself, such as a downloaded package.
    QStringList ownEntries;
    /// The log of this run; put away with what was replaced at the end. May be empty.
    QString logFile;
    /// Called before the first change, when the restore point has proven whole and the present state is
    /// kept; again before later changes and in repeated tries. Its failure stops the rollback there.
    std::function<Result<>()> takeOver;
    /// Connections for loading the dump.
    int connections = 2;
};

/// Where a rollback holds the former files until they are back in place.
QString formerFilesIn(const QString &replacedFolder);
/// Where it puts what stood in their place.
QString replacedFilesIn(const QString &replacedFolder);

/// The way back: verify, keep the present state, database, files, proof. Each step can run again from
/// any state.
Plan rollbackPlan(const RollbackRequest &request);

} // namespace Banister
