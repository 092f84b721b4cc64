// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Banister {

/// Renames a file, link or folder and waits until that is on the disk. Never replaces anything
/// (Exists), never copies (OtherFileSystem).
Result<> moveEntry(const QString &from, const QString &to);

/// Renames entries of one folder into another, under their names (raw bytes, no '/'), with one fsync
/// for each folder at the end. Repeatable: what is no longer in `from` but in `to` counts as moved.
/// Stops at the first failure; what was moved by then stays moved, and is on the disk.
Result<> moveEntries(const QString &from, const QString &to, const QList<QByteArray> &names);

/// Whether the entry could be moved into the folder, as far as that can be known without trying:
/// same file system, no mount point, rights on both folders, sticky bit, immutable flags. On overlay
/// file systems folders of the lower layer cannot be renamed; only trying tells.
Result<> checkMovable(const QString &path, const QString &targetFolder);

} // namespace Banister
