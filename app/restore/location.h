// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "restore/restorepoint.h"

#include <QByteArray>
#include <QString>

namespace Banister {

/// Where a restore point's files are just now: in the site's folder, or where a run moved them.
class FileLocation
{
public:
    static Result<FileLocation>
    find(const RestorePoint &point, const QString &siteFolder, const QString &replacedFolder = {});

    /// The folder that holds the entries moved out; empty where none was moved or all are back.
    const QString &holdingFolder() const { return m_holding; }
    const MoveRecord &move() const { return m_move; }
    /// The folder in which a top-level entry of the restore point stands now.
    QString folderOf(const QByteArray &topLevelName) const;

private:
    QString m_site;
    QString m_holding;
    MoveRecord m_move;
};

/// Whether something stands there, a dangling link included.
bool entryExists(const QString &folder, const QByteArray &name);
/// The first part of a relative path.
QByteArray topLevelOf(const QByteArray &path);

} // namespace Banister
