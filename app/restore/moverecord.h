// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "files/tree.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace Banister {

/// Entries of a site that a run moved away, and those that it moved in instead. Paths are raw bytes,
/// relative to the site's folder; an upgrade moves top-level entries only.
struct MoveRecord
{
    QList<QByteArray> out;
    QList<QByteArray> in;
    /// Where the entries moved out may be now, relative to the site's folder; the first that exists.
    QStringList holding;

    /// Whether the path is one of those moved out, or lies in one.
    bool takesOut(const QByteArray &path) const;
};

/// Notes, on disk, which entries are about to be moved; to be called before the first move.
Result<> recordMove(const QString &pointFolder, const MoveRecord &record);
/// The same without the script for doing it by hand, for a restore point that is not finished.
Result<> noteMove(const QString &pointFolder, const MoveRecord &record);
/// An empty record where nothing was moved.
Result<MoveRecord> readMove(const QString &pointFolder);

/// All folders within the site, relative to it, where restore points may have their files.
Result<QStringList> foldersHeldBy(const QStringList &pointFolders);

/// The paths of a tree's top-level entries.
QList<QByteArray> topEntriesOf(const Tree &tree);

/// Whether a path is one of the others, or lies in one of them.
bool liesIn(const QByteArray &path, const QList<QByteArray> &others);

} // namespace Banister
