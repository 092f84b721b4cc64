// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "restore/foreignpoint.h"
#include "restore/restorepoint.h"

#include <optional>

namespace Banister {

struct RestorePointRequest
{
    QString folder; ///< of the restore point; its parent is made where it is missing
    QString name;   ///< given by a person; may be empty
    PointOrigin origin = PointOrigin::Upgrade;
    QString product;
    QString version;
    QString siteFolder;
    QString tablePrefix;
    DatabaseSettings database;
    QStringList preserved; ///< folders that the site writes to; missing ones are left out
    QStringList excluded;
    bool keepsCopies = false; ///< no run follows that moves the files away: they are copied
    /// Files and database come from there instead, with copies.
    std::optional<ForeignSource> foreign = {};
};

/// Makes a restore point and reads it back. Repeatable: what an unfinished one left is replaced; a
/// finished one is verified and kept.
Result<RestorePoint> createRestorePoint(const RestorePointRequest &request, Monitor &monitor);

} // namespace Banister
