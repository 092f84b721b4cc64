// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/losspreview.h"

#include "base/phasemonitor.h"
#include "database/dumpmanifest.h"
#include "files/tree.h"
#include "files/treecompare.h"
#include "files/treemanifest.h"
#include "restore/weights.h"

#include <QFile>

#include <algorithm>
#include <iterator>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 NsPerMs = 1'000'000;

QDateTime timeOf(const TreeEntry &entry)
{
    return QDateTime::fromMSecsSinceEpoch(entry.modifiedNs / NsPerMs, Qt::UTC);
}

FileChange::Kind kindOf(TreeDifference::Kind kind)
{
    if (kind == TreeDifference::Added)
        return FileChange::Kind::Added;
    return kind == TreeDifference::Missing ? FileChange::Kind::Removed : FileChange::Kind::Changed;
}

Result<QList<FileChange>> changedFiles(const LossRequest &request, Monitor &monitor)
{
    const auto recorded = readTreeManifest(request.point.filesManifest());
    if (!recorded)
        return recorded.failure();
    TreeOptions options;
    options.hash = true;
    for (const auto &name : request.point.excluded + request.leftOut)
        options.excluded.append(QFile::encodeName(name));
    options.expectedBytes = request.point.fileBytes;
    const auto present = readTree(request.siteFolder, options, monitor);
    if (!present)
        return present.failure();
    QList<FileChange> changes;
    const auto differences = compareTrees(*recorded, *present, TreeAspect::Content);
    for (const auto &difference : differences) {
        const auto kind = kindOf(difference.kind);
        const auto *entry =
            findIn(kind == FileChange::Kind::Removed ? *recorded : *present, difference.path);
        if (!entry || entry->type == EntryType::Folder
            || !request.selection.includes(difference.path)
            || (!changes.isEmpty() && changes.constLast().path == difference.path))
            continue;
        const auto modified = timeOf(*entry);
        changes.append({difference.path,
                        kind,
                        entry->size,
                        modified,
                        kind != FileChange::Kind::Removed && modified > request.since});
    }
    return changes;
}

Result<QList<TableRowDiff>> changedTables(const LossRequest &request, Monitor &monitor)
{
    const auto manifest = readDumpManifest(request.point.databaseFolder());
    if (!manifest)
        return manifest.failure();
    RowDiffOptions options;
    options.tables = request.selection.tables;
    options.samples = request.samples;
    auto tables = compareRows(request.database, *manifest, options, monitor);
    if (!tables)
        return tables.failure();
    tables->removeIf([](const auto &table) {
        return table.kind == TableRowDiff::Kind::Equal && table.hasSameColumns();
    });
    return tables;
}

qint64 sum(const QList<TableRowDiff> &tables, qint64 TableRowDiff::*rows)
{
    return std::accumulate(
        tables.begin(), tables.end(), qint64(0), [rows](qint64 all, const auto &table) {
            return all + std::max<qint64>(0, table.*rows);
        });
}

} // namespace

qsizetype LossPreview::count(FileChange::Kind kind) const
{
    return std::count_if(
        files.begin(), files.end(), [kind](const auto &file) { return file.kind == kind; });
}

QList<FileChange> LossPreview::filesSince() const
{
    QList<FileChange> chosen;
    std::copy_if(files.begin(), files.end(), std::back_inserter(chosen), [](const auto &file) {
        return file.isSince;
    });
    return chosen;
}

qint64 LossPreview::rowsAdded() const
{
    return sum(tables, &TableRowDiff::added);
}

qint64 LossPreview::rowsChanged() const
{
    return sum(tables, &TableRowDiff::changed);
}

qint64 LossPreview::rowsRemoved() const
{
    return sum(tables, &TableRowDiff::removed);
}

Result<LossPreview> previewLoss(const LossRequest &request, Monitor &monitor)
{
    LossPreview preview;
    preview.since = request.since;
    const auto share = filesShare(request.point, RowWork::Compare);
    if (request.selection.files) {
        PhaseMonitor reading(monitor, 0, request.selection.database ? share : 1);
        auto files = changedFiles(request, reading);
        if (!files)
            return files.failure();
        preview.files = std::move(files).value();
    }
    if (request.selection.database) {
        PhaseMonitor reading(monitor, request.selection.files ? share : 0, 1);
        auto tables = changedTables(request, reading);
        if (!tables)
            return tables.failure();
        preview.tables = std::move(tables).value();
    }
    return preview;
}

} // namespace Banister
