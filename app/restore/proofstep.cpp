// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/proofstep.h"

#include "base/phasemonitor.h"
#include "database/comparedatabase.h"
#include "database/dumpmanifest.h"
#include "files/foldertime.h"
#include "files/move.h"
#include "files/tree.h"
#include "files/treecompare.h"
#include "files/treemanifest.h"
#include "restore/changedsince.h"
#include "restore/filesback.h"
#include "restore/moverecord.h"
#include "restore/objectssince.h"
#include "restore/restoreerror.h"
#include "restore/rollbacksteps.h"
#include "restore/weights.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// How the site's files stand beside those of the restore point.
struct FilesProof
{
    qint64 compared = 0;
    QStringList different; ///< what the rollback should have brought back
    int added = 0;
    int changedSince = 0;     ///< by the site or a person, in what no run has moved: kept
    int writtenMeanwhile = 0; ///< by the site or a person, after the files were back
};

/// Whether a difference came after the rollback had brought the files back. Files that the site does
/// not write all the time are not expected to go.
bool isWrittenMeanwhile(const RollbackRequest &request,
                        const FilesBack &back,
                        const TreeDifference &difference)
{
    if (difference.kind == TreeDifference::Missing) {
        return request.point.preserves(difference.path)
               && back.mayBeOlderThanRemoval(request.siteFolder, difference.path);
    }
    return back.isOlderThan(request.siteFolder, difference.path);
}

Result<FilesProof> compareFiles(const RollbackRequest &request, Monitor &monitor)
{
    const auto changedSince = readChangedSince(request.replacedFolder);
    if (!changedSince)
        return changedSince.failure();
    const auto move = readMove(request.point.folder);
    if (!move)
        return move.failure();
    const auto recorded = readTreeManifest(request.point.filesManifest());
    if (!recorded)
        return recorded.failure();
    QStringList pointFolders{request.point.folder, request.safetyPoint};
    for (const auto &other : request.others)
        pointFolders.append(other.folder);
    pointFolders.removeAll(QString());
    const auto held = foldersHeldBy(pointFolders);
    if (!held)
        return held.failure();
    TreeOptions options;
    options.hash = true;
    for (const auto &name : request.point.excluded + *held)
        options.excluded.append(QFile::encodeName(name));
    const auto present = readTree(request.siteFolder, options, monitor);
    if (!present)
        return present.failure();
    const auto back = FilesBack::read(request.replacedFolder);
    FilesProof proof;
    proof.compared = std::count_if(recorded->begin(), recorded->end(), [&](const auto &entry) {
        return entry.type == EntryType::File && request.selection.includes(entry.path);
    });
    QByteArray last;
    const auto differences = compareTrees(*recorded, *present);
    for (const auto &difference : differences) {
        const auto &path = difference.path;
        if (std::exchange(last, path) == path)
            continue; // one that differs in several ways stands several times
        if (!request.selection.includes(path))
            continue;
        const bool isBrought =
            request.point.hasCopies || move->takesOut(path) || request.point.preserves(path);
        if (difference.kind == TreeDifference::Added)
            ++proof.added;
        else if (!isBrought || changedSince->contains(path))
            ++proof.changedSince;
        else if (isWrittenMeanwhile(request, back, difference))
            ++proof.writtenMeanwhile;
        else
            proof.different.append(QFile::decodeName(path));
    }
    return proof;
}

} // namespace

RollbackProofStep::RollbackProofStep(const RollbackRequest &request)
    : m_request(request)
{}

StepCode RollbackProofStep::code() const
{
    return u"rollbackComplete"_s;
}

QString RollbackProofStep::title() const
{
    return tr("Proof", "@title");
}

QString RollbackProofStep::intention() const
{
    return tr("Compares every file and every table with the restore point.");
}

qint64 RollbackProofStep::weight() const
{
    return m_request.point.fileBytes + weightOfRows(m_request.point, RowWork::Compare) + 1;
}

Result<QStringList> RollbackProofStep::compareTables(Monitor &monitor) const
{
    const auto manifest = readDumpManifest(m_request.point.databaseFolder());
    if (!manifest)
        return manifest.failure();
    const auto &tables = m_request.selection.tables;
    const auto differences = compareWithManifest(m_request.database, *manifest, monitor, tables);
    if (!differences)
        return differences.failure();
    const auto kept = objectsSince(m_request.point, m_request.database);
    if (!kept)
        return kept.failure();
    QStringList different;
    for (const auto &difference : *differences) {
        if (!kept->contains(difference.table))
            different.append(tr("table %1").arg(difference.table));
    }
    return different;
}

// What comes from now on is not this rollback's, should it be rolled back.
Result<> RollbackProofStep::noteObjects() const
{
    if (!isFinished(m_request.safetyPoint))
        return Success;
    const auto safety = readRestorePoint(m_request.safetyPoint);
    return safety ? recordObjects(*safety, m_request.database) : Result<>(safety.failure());
}

// The site is as it was: the log does not stay in its folder, nor does its time tell of moves.
Result<> RollbackProofStep::leaveNoTrace() const
{
    if (QFileInfo::exists(m_request.logFile)) {
        const FolderTimeKeeper keeper(m_request.siteFolder);
        const auto target =
            m_request.replacedFolder + u'/' + QFileInfo(m_request.logFile).fileName();
        if (auto moved = moveEntry(m_request.logFile, target); !moved)
            return moved;
    }
    if (!m_request.selection.hasAllFiles())
        return Success;
    if (!m_request.point.hasCopies) {
        auto notes = readPointNotes(m_request.point.folder);
        notes.used = QDateTime::currentDateTimeUtc();
        if (auto noted = writePointNotes(m_request.point.folder, notes); !noted)
            return noted;
    }
    const auto time = m_request.point.siteFolderModifiedNs;
    return time == 0 ? Result<>(Success) : setFolderTime(m_request.siteFolder, time);
}

/// What a former try found in the database stays there, unless it is brought back once more.
std::optional<Outcome> RollbackProofStep::bringBackAgain(StepContext &context) const
{
    if (!m_request.selection.database || context.intentions().isEmpty())
        return {};
    auto outcome = RollbackDatabaseStep(m_request).run(context);
    const bool isBack =
        std::holds_alternative<Done>(outcome) || std::holds_alternative<Skipped>(outcome);
    return isBack ? std::nullopt : std::optional<Outcome>(std::move(outcome));
}

Outcome RollbackProofStep::run(StepContext &context)
{
    if (auto end = bringBackAgain(context))
        return std::move(*end);
    QStringList different;
    FilesProof files;
    const auto share = filesShare(m_request.point, RowWork::Compare);
    if (m_request.selection.files) {
        PhaseMonitor reading(context, 0, m_request.selection.database ? share : 1);
        auto compared = compareFiles(m_request, reading);
        if (!compared)
            return outcomeOf(compared.failure());
        files = std::move(compared).value();
        different = files.different;
    }
    if (m_request.selection.database) {
        PhaseMonitor reading(context, m_request.selection.files ? share : 0, 1);
        const auto tables = compareTables(reading);
        if (!tables)
            return outcomeOf(tables.failure());
        different += *tables;
        const QJsonObject found{{u"different"_s, QJsonArray::fromStringList(*tables)}};
        if (!tables->isEmpty()) {
            if (const auto noted = context.intend(found); !noted)
                return outcomeOf(noted.failure());
        }
    }
    if (!different.isEmpty()) {
        return Error{RestoreError::NotEqual,
                     tr("%Ln thing(s) differ(s) from the restore point; the first is %1.",
                        nullptr,
                        int(different.size()))
                         .arg(different.constFirst()),
                     different.join(u'\n'),
                     {}};
    }
    context.log(
        u"Equal to the restore point: %1 files, %2 tables, %3 rows. "
        "Kept: %4 added since, %5 changed or removed since. Written while the rollback went "
        "on: %6."_s.arg(
            QString::number(files.compared),
            QString::number(m_request.selection.database ? m_request.point.tableCount : 0),
            QString::number(m_request.selection.database ? m_request.point.rowCount : 0),
            QString::number(files.added),
            QString::number(files.changedSince),
            QString::number(files.writtenMeanwhile)));
    if (const auto noted = noteObjects(); !noted)
        return outcomeOf(noted.failure());
    if (const auto left = leaveNoTrace(); !left)
        return outcomeOf(left.failure());
    const QLocale locale;
    if (!m_request.selection.database) {
        return Done{tr("Equal to the restore point: %Ln file(s)", nullptr, int(files.compared))};
    }
    return Done{tr("Equal to the restore point: %1 files, %2 tables, %3 rows")
                    .arg(locale.toString(files.compared),
                         locale.toString(m_request.point.tableCount),
                         locale.toString(m_request.point.rowCount))};
}

} // namespace Banister
