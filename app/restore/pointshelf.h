// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "restore/restorepoint.h"

#include <QList>
#include <QString>

namespace Banister {

/// What stands among restore points and is none that can be used.
struct PointLeftover
{
    enum class Kind {
        Unfinished,  ///< its making was stopped, or it lost its manifest
        Removed,     ///< its removal was stopped: the next one ends it
        Moved,       ///< its move to another folder was stopped: the copy is not complete
        Unreadable,  ///< its manifest cannot be used
        Unreachable, ///< a link to a folder that is not there now
        OtherSite,
    };

    QString folder;
    Kind kind = Kind::Unfinished;
    Error problem; ///< what to tell whoever wants to use it

    /// Of the restore point that it was, or was to be.
    QString id() const;
};

/// As it stands in the command line's JSON: "unfinished".
QString nameOf(PointLeftover::Kind kind);

/// All that stands in a folder for restore points.
struct PointShelf
{
    QList<RestorePoint> points; ///< of any site, in no order
    QList<PointLeftover> leftovers;
};

/// Folders that neither are restore points nor are called like one are passed over.
PointShelf readShelf(const QString &folder);
/// Of a restore point that was made of another site. RestoreError.OtherSite.
PointLeftover strangerOf(const RestorePoint &point, const QString &siteFolder);

/// Names that a restore point's folder has while it goes, or comes, so that nobody takes it for a whole
/// one.
QString removedFolder(const QString &pointFolder);
QString movingFolder(const QString &pointFolder);

} // namespace Banister
