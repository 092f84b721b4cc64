// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFileInfo>

#include <optional>

namespace Banister {

struct FileOwner
{
    uint id = 0;
    QString name; ///< the number where the system knows no name

    static FileOwner of(const QFileInfo &file);
    /// "sudo -u www-data": what to put before a command for a shell.
    QString sudo() const;
};

/// Makes a folder in this one and takes it away again. The user that it belonged to; nothing where
/// none can be made. Afterwards the folder is what it was before, its time too.
std::optional<FileOwner> ownerOfNewFolder(const QDir &folder);

/// Two users where there should be one.
struct OwnerDifference
{
    FileOwner owner; ///< of the files there are
    FileOwner maker; ///< of the files that would be made
};
/// Nothing where the file's owner makes new files in the folder as well, or none can be made.
std::optional<OwnerDifference> ownerDifference(const QFileInfo &file, const QDir &folder);

} // namespace Banister
