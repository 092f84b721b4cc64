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
};

/// Makes a folder in this one and takes it away again. The user that it belonged to; nothing where
/// none can be made. Afterwards the folder is what it was before, its time too.
std::optional<FileOwner> ownerOfNewFolder(const QDir &folder);

} // namespace Banister
