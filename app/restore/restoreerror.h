// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::RestoreErrors {
Q_NAMESPACE

enum class RestoreError {
    PointUnreadable,  ///< its manifest is missing, damaged or of a newer Banister
    PointIncomplete,  ///< files that it needs are neither in place nor where they were moved to
    PointDamaged,     ///< a file or dump part differs from what was recorded
    PointUsed,        ///< its files were moved back into the site already
    NoRollbackFound,  ///< there is no restore point
    OtherSite,        ///< the restore point belongs to another site
    NotInPoint,       ///< what is to come back alone is not in the restore point
    UnsafeSelection,  ///< tables that do not fit those that would stay
    NotEqual,         ///< after the rollback the site differs from the restore point
    NotWritten,       ///< the restore point could not be written
    NotEnoughSpace,   ///< told before anything is written
    NotReachable,     ///< the folder that it was moved to is not there now
    PointFrozen,      ///< a person has marked it to stay
    PointNeeded,      ///< a run that stands half-way goes back to it
    FolderUnsuitable, ///< restore points cannot be kept there
    CannotOwn,        ///< files of other users, which this one cannot bring back
    ForeignNoDump,    ///< another program left files but no dump, and the database is changed
    ForeignMixed,     ///< it put files of the newer version into its own backup
    ForeignEmpty,     ///< its backup lacks the program
    ForeignNotTaken,  ///< what it left is no restore point before it is taken over
};
Q_ENUM_NS(RestoreError)

} // namespace Banister::RestoreErrors

namespace Banister {
using RestoreErrors::RestoreError;
}
