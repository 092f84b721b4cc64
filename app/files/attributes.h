// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/tree.h"

namespace Banister {

/// Copies the extended attributes, ACLs among them, between two open files or folders.
struct CopiedAttributes
{
    bool any = false;
    bool all = true; ///< false: the other file system or the user's rights refuse some
};
CopiedAttributes copyAttributes(int from, int to);

/// What applyFacts() could not keep because the user may not, or the file system cannot.
struct FactsKept
{
    bool owner = true;
    bool attributes = true;
};

/// Gives an open file or folder owner, mode and time of an entry, and the attributes of `from`, in
/// the order in which they survive each other. False with errno set where mode or time fail.
bool applyFacts(int to, int from, const TreeEntry &facts, FactsKept &kept);

/// Gives what stands at a path (raw bytes) owner, mode and time of an entry, where they differ and
/// the user may. Passes over what is gone, or is of another type or size. False with errno set where
/// mode or time fail.
bool applyFacts(const QByteArray &path, const TreeEntry &facts);

} // namespace Banister
