// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Banister {

struct WriteOptions
{
    /// Permission bits of the file. Not given: those of the file that is replaced, or 0644.
    std::optional<quint32> mode = {};
    /// Gives the new file the owner, the ACL and other attributes of the one it replaces. Where the
    /// owner may not be set this is an error: a web server might lose its configuration.
    bool keepOwner = true;
    bool mustNotExist = false; ///< Exists where the file is there
    /// A symbolic link at the path: write the file that it leads to. Else it is an UnsafePath.
    bool followsLink = false;
};

/// Replaces a file so that at any instant, after a power cut too, either the old or the new content
/// is there, whole: temporary neighbour (.banister-….tmp), fsync, rename, fsync of the folder. A
/// neighbour that a killed call left goes with the next one.
Result<>
writeDurably(const QString &path, const QByteArray &content, const WriteOptions &options = {});

/// The content of a file; TooLarge where it is longer than the limit (bytes).
Result<QByteArray> readWhole(const QString &path, qint64 limit);

/// fsync of a folder: what was created, renamed or removed in it is on the disk.
Result<> syncFolder(const QString &folder);

/// syncfs of the file system that the path is on: all that was written there is on the disk.
Result<> syncFileSystem(const QString &path);

} // namespace Banister
