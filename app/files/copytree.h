// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "files/tree.h"

#include <functional>

namespace Banister {

/// What happens where the target has an entry already that differs from the one to be copied. One
/// with the same content is always taken for the work of a former try.
enum class Existing {
    Fail,    ///< the error Exists
    Keep,    ///< it stays, and the report names it
    Replace, ///< it is a former try's; for targets that are Banister's own and need no temporary names
};

struct CopyOptions
{
    bool hash = false; ///< SHA-256 of each file in the same pass
    int threads = 2;
    /// All is on the disk before the first name of a file appears, and again at the end, so that
    /// after a power cut a repeated copy finds no file that is there by name but not by content.
    bool durable = true;
    Existing existing = Existing::Fail;
    /// Gives the target folder itself the facts of the source as well (with Existing::Keep only where
    /// it is new). Else a new one is private, 0700, and one that exists stays as it is.
    bool withRoot = true;
    bool keepHardLinks = false;      ///< else each name gets a file of its own
    QList<QByteArray> excluded = {}; ///< exact paths, left out with everything below
    /// Asked for each entry, from several threads; folders that are not wanted are not entered.
    std::function<bool(const TreeEntry &)> isWanted = {};
    qint64 expectedBytes = 0; ///< for the progress; 0: not known
};

/// What a copy did. Paths are relative, raw bytes, sorted.
struct CopyReport
{
    qint64 files = 0; ///< these, and bytes, count what was there from a former try as well
    qint64 folders = 0;
    qint64 links = 0;
    qint64 bytes = 0;
    QList<QByteArray> kept;              ///< existed and were left as they are (Existing::Keep)
    QList<QByteArray> vanished;          ///< disappeared from the source before they were read
    QList<QByteArray> changed;           ///< were written to while they were being copied
    QList<QByteArray> special;           ///< sockets, pipes, devices: not copied
    QList<QByteArray> ownersNotKept;     ///< not permitted to this user
    QList<QByteArray> attributesNotKept; ///< xattrs or ACLs that the target refuses
    Tree tree;                           ///< what was copied, as the source had it
    TreeEntry root;                      ///< the source folder itself

    /// Nothing but what was asked for happened.
    bool isComplete() const { return kept.isEmpty() && vanished.isEmpty() && special.isEmpty(); }
};

/// Copies everything in a folder into another, which is made where it is missing: content, mode,
/// owner where permitted, times, links as links, extended attributes and ACLs, empty folders.
///
/// Whatever has its name in the target is complete. Until then it has a temporary one next to it
/// (.banister-part-…), as nothing else tells a file that was half copied from a person's file: a
/// whole folder where the target has none of that name, the target itself if need be, else the single
/// file. Stopped in any way, it can be repeated, and goes on with what is there; stopped for good,
/// what has such a name can be deleted. No link is followed in either tree. Errors name the file;
/// UnsafePath where the target lies in the source and is not excluded.
Result<CopyReport>
copyTree(const QString &from, const QString &to, const CopyOptions &options, Monitor &monitor);

/// Tells the log, path by path, in what the copy differs from its source.
void logDifferences(const CopyReport &report, Monitor &monitor);

} // namespace Banister
