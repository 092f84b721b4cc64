// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/handle.h"

#include <QByteArray>
#include <QList>

namespace Banister {

/// What openBeneath() does not pass.
enum class Border { Links, LinksAndMounts };

/// Opens the root folder of a tree. The root itself may be reached through links: people choose it.
/// Not open on failure, with errno set.
Handle openRoot(const QString &folder);

/// Opens a path under a folder without passing a symbolic link at any place, whatever others do
/// with the tree meanwhile: openat2(2), or part by part where the system lacks it. An empty path is
/// the folder itself. Not open on failure, with errno set: ELOOP or ENOTDIR for a link, EXDEV for a
/// mount point.
Handle openBeneath(int folder,
                   const QByteArray &path,
                   int flags,
                   unsigned mode = 0,
                   Border border = Border::Links);

/// Opens a folder to list it, or to use it as the start of *at() calls.
Handle openFolderBeneath(int folder, const QByteArray &path, Border border = Border::Links);

/// The names in a folder, without "." and "..", in no order. errno is 0 when all were read.
QList<QByteArray> namesIn(int folder);

/// The folder of an entry ("" at the top) and its name.
QByteArray parentOf(const QByteArray &path);
QByteArray nameOf(const QByteArray &path);
/// folder + '/' + name, or the name where the folder is the root.
QByteArray joined(const QByteArray &folder, const QByteArray &name);
/// Whether the path is the other one or lies below it.
bool isAtOrBelow(const QByteArray &path, const QByteArray &folder);

} // namespace Banister
