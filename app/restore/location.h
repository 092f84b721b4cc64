// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "restore/moverecord.h"
#include "restore/restorepoint.h"

#include <QByteArray>
#include <QString>

namespace Banister {

/// Where a restore point's files are just now: in the site's folder, where a run moved them, or copied
/// into the restore point.
class FileLocation
{
public:
    static Result<FileLocation>
    find(const RestorePoint &point, const QString &siteFolder, const QString &replacedFolder = {});

    /// The folder that holds the entries moved out, or the copies; empty where none was moved or all
    /// are back.
    const QString &holdingFolder() const { return m_holding; }
    const MoveRecord &move() const { return m_move; }

private:
    QString m_holding;
    MoveRecord m_move;
};

/// Whether something stands there, a dangling link included.
bool entryExists(const QString &folder, const QByteArray &path);

} // namespace Banister
