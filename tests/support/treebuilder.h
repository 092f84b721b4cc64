// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace Banister {

/// One entry of a tree literal. Made by file(), folder() and linkTo() below.
struct TreeItem
{
    enum Kind { File, Folder, Link };
    Kind kind = File;
    QByteArray path;    ///< raw bytes, relative, '/' between the parts
    QByteArray content; ///< of a file; the target of a link
    unsigned mode = 0644;
};

namespace TreeItems {
TreeItem file(const QByteArray &path, const QByteArray &content = {}, unsigned mode = 0644);
TreeItem folder(const QByteArray &path, unsigned mode = 0755);
TreeItem linkTo(const QByteArray &path, const QByteArray &target);
} // namespace TreeItems

/// Writes the items under the root, which is made where it is missing. Parents need not be named.
/// Modes are set at the end, so read-only folders may have content. Each item gets its own time in
/// 2020, with odd nanoseconds, so that a lost time is seen. Aborts the test program on failure.
void buildTree(const QString &root, const QList<TreeItem> &items);

/// Names that break careless code: spaces, quotes, a newline, UTF-8, bytes that are no UTF-8,
/// 255 bytes; links that are absolute, dangling, or lead out; read-only and empty entries.
QList<TreeItem> oddTree();

/// Removes a tree that holds read-only folders; follows no link.
void removeWholly(const QString &path);

} // namespace Banister
