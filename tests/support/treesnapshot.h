// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace Banister {

/// What a snapshot of one entry says; taken with plain POSIX calls, not with the code under test.
struct SnapshotEntry
{
    char type = '?'; ///< 'f' file, 'd' folder, 'l' link, 'o' other
    unsigned mode = 0;
    unsigned uid = 0;
    unsigned gid = 0;
    qint64 modifiedNs = 0;
    QByteArray content;    ///< SHA-256 of a file's content, target of a link
    QByteArray attributes; ///< extended attributes, ACLs among them, as name=value lines
};

/// By path (raw bytes, relative); the root itself has the empty path.
using TreeSnapshot = QMap<QByteArray, SnapshotEntry>;

/// Times of folders change when something is made in them and taken away again; leave them out
/// where only the content matters.
enum class SnapshotTimes { All, FilesOnly, None };

TreeSnapshot snapshotOf(const QString &root, SnapshotTimes times = SnapshotTimes::All);

/// One line a difference, readable; empty where both are equal. Compare with QCOMPARE to see them:
/// QCOMPARE(snapshotDifferences(before, after), QStringList()).
QStringList snapshotDifferences(const TreeSnapshot &expected, const TreeSnapshot &actual);

} // namespace Banister
