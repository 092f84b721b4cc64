// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "database/rowdiff.h"
#include "restore/restorepoint.h"
#include "restore/selection.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace Banister {

/// A file of the site that is not what it was when the restore point was made.
struct FileChange
{
    enum class Kind { Added, Changed, Removed };
    QByteArray path; ///< relative to the site's folder
    Kind kind = Kind::Changed;
    qint64 size = 0;    ///< bytes, as it is now; of a removed one, as it was
    QDateTime modified; ///< UTC; of a removed one, as it was
    /// Written after the run that followed the restore point had ended: by the site or by people.
    bool isSince = false;
};

/// What going back to a restore point would take away.
struct LossPreview
{
    QDateTime since; ///< UTC; when the run ended that the restore point was made for
    QList<FileChange> files;
    QList<TableRowDiff> tables; ///< those that differ

    qsizetype count(FileChange::Kind kind) const;
    /// Of the files, those that people or the site itself wrote since.
    QList<FileChange> filesSince() const;
    qint64 rowsAdded() const;
    qint64 rowsChanged() const;
    qint64 rowsRemoved() const;
};

struct LossRequest
{
    RestorePoint point;
    QString siteFolder; ///< as seen from here now
    DatabaseSettings database;
    RollbackSelection selection;
    QDateTime since; ///< UTC; when the run ended that followed the restore point; else its own time
    QStringList leftOut; ///< relative names of what restore points keep in the site's folder
    int samples = 20;    ///< rows of each sort for each table
};

/// Compares the site with the restore point; reads all files and all tables that differ. Nothing is
/// changed.
Result<LossPreview> previewLoss(const LossRequest &request, Monitor &monitor);

} // namespace Banister
