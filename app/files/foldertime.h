// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QtGlobal>

namespace Banister {

/// When the folder's entries changed last, in ns since 1970; 0 where it cannot be examined.
qint64 folderTime(const QString &folder);
/// Passes over a folder that is gone, or belongs to somebody else. Errors: FileError.
Result<> setFolderTime(const QString &folder, qint64 modifiedNs);

/// What it outlives adds entries to a folder, or takes some, without a trace in the folder's time.
class FolderTimeKeeper
{
public:
    explicit FolderTimeKeeper(const QString &folder);
    ~FolderTimeKeeper();
    Q_DISABLE_COPY_MOVE(FolderTimeKeeper)

private:
    QString m_folder;
    qint64 m_modifiedNs;
};

} // namespace Banister
