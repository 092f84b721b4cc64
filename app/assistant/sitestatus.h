// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "engine/runstate.h"
#include "journal/lockholder.h"
#include "restore/pointshelf.h"
#include "restore/restorepoint.h"

#include <QList>

#include <optional>

namespace Banister {

/// Where a site stands, read without locking it.
struct SiteStatus
{
    enum class Kind {
        NoRun,      ///< nothing was ever begun
        Stopped,    ///< a run stands half-way: go on, or roll back; this process may hold the site
        Running,    ///< another living process holds the site, or a step runs in this one
        Upgraded,   ///< the last upgrade is finished
        RolledBack, ///< the last rollback is finished
    };

    Kind kind = Kind::NoRun;
    std::optional<RunState> lastRun;
    /// The last upgrade, finished or half-way, where no rollback of the whole site came after it.
    std::optional<RunState> undoable;
    std::optional<LockHolder> holder;
    QList<RestorePoint> restorePoints; ///< the newest first
    QList<PointLeftover> leftovers;    ///< what stands beside them and is none that can be used
    /// Why the rest does not tell all; then nothing may be begun. AssistantError.StatusUnreadable, or
    /// what is wrong with the last run's journal.
    std::optional<Error> problem;

    bool canResume() const { return kind == Kind::Stopped; }
    bool canRollBack() const;
    /// The restore point of the upgrade that a rollback undoes where nobody says more. Null where
    /// none was made or is left, and where the site was rolled back, or the upgrade given up: an
    /// older restore point would take newer data away, so it has to be named.
    const RestorePoint *usualWayBack() const;
};

/// The run that made a restore point; nothing where none that is known did.
std::optional<RunState> runThatMade(const RestorePoint &point, const QString &privateFolder);

/// Whether the run can be given up as if it had never been.
bool hasChangedNothing(const RunState &run);

/// \param privateFolder Banister's folder within the site
/// \param backupFolder where a person keeps restore points; may be empty
SiteStatus readSiteStatus(const QString &privateFolder, const QString &backupFolder);

} // namespace Banister
