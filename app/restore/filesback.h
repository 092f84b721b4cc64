// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace Banister {

/// The moment when a rollback had all files back, by the clock of the site's file system. A site that
/// is visited goes on writing to its logs and its cache; that is not the rollback's.
class FilesBack
{
public:
    /// Notes it, on disk, in the rollback's own folder.
    static Result<> mark(const QString &replacedFolder);
    /// Where nothing was noted, nothing was written since.
    static FilesBack read(const QString &replacedFolder);

    /// Whether something was changed since, by the time that nobody can set (ctime).
    bool isOlderThan(const QString &siteFolder, const QByteArray &path) const;
    /// The same of what is missing: whether anything was added to its folder, or removed from there.
    bool mayBeOlderThanRemoval(const QString &siteFolder, const QByteArray &path) const;

private:
    qint64 m_changedNs = 0; ///< nanoseconds since 1970; 0: not noted
};

} // namespace Banister
