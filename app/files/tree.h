// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

struct stat;

namespace Banister {

/// Other: sockets, pipes and devices.
enum class EntryType { File, Folder, Link, Other };

/// One entry of a tree of files, as lstat(2) sees it.
struct TreeEntry
{
    QByteArray path =
        {}; ///< raw bytes, relative to the root, '/' between the parts; "" is the root
    EntryType type = EntryType::File;
    qint64 size = 0;  ///< of files only
    quint32 mode = 0; ///< permission bits with setuid, setgid and sticky; 0777 for links
    quint32 uid = 0;
    quint32 gid = 0;
    qint64 modifiedNs = 0;      ///< nanoseconds since 1970
    QByteArray linkTarget = {}; ///< raw bytes, of links only
    QByteArray sha256 = {};     ///< 32 raw bytes; empty where not hashed

    friend bool operator==(const TreeEntry &, const TreeEntry &) = default;
};

/// Sorted by the bytes of the path.
using Tree = QList<TreeEntry>;

struct TreeOptions
{
    bool hash = false;
    bool withRoot = false; ///< the root itself comes first, with the empty path
    int threads = 2;
    QList<QByteArray> excluded = {}; ///< exact paths, left out with everything below
    qint64 expectedBytes = 0;        ///< for the progress while hashing; 0: not known
};

/// Reads a tree without passing links; other file systems mounted in it are read as well. What
/// disappears meanwhile is left out; when the root does, the error is Vanished. The progress counts
/// bytes when hashing, else entries.
Result<Tree> readTree(const QString &root, const TreeOptions &options, Monitor &monitor);

/// The sum of the sizes of the files.
qint64 bytesIn(const Tree &tree);

/// The entry of a path; null where it is not in the tree.
const TreeEntry *findIn(const Tree &tree, const QByteArray &path);

/// What stat says, without path, link target and hash.
TreeEntry entryOf(const struct stat &facts);

void sortTree(Tree &tree);

} // namespace Banister
