// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/rollbacksteps.h"

#include "database/comparedatabase.h"
#include "database/dumpmanifest.h"
#include "database/restore.h"
#include "files/foldertime.h"
#include "files/move.h"
#include "files/privatefolder.h"
#include "files/tree.h"
#include "files/treecompare.h"
#include "files/treemanifest.h"
#include "restore/changedsince.h"
#include "restore/location.h"
#include "restore/restoreerror.h"
#include "restore/rollbackfiles.h"
#include "restore/verify.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// Rows cost about as much time as this many bytes of files.
constexpr qint64 BytesPerRow = 400;

qint64 databaseWeight(const RestorePoint &point)
{
    return point.rowCount * BytesPerRow;
}

/// How the site's files stand beside those of the restore point.
struct FilesProof
{
    QStringList different; ///< what the rollback should have brought back
    int added = 0;
    int changedSince = 0; ///< by the site or a person, in what no run has moved: kept
};

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
    TreeOptions options;
    options.hash = true;
    for (const auto &name : request.point.excluded)
        options.excluded.append(QFile::encodeName(name));
    const auto present = readTree(request.siteFolder, options, monitor);
    if (!present)
        return present.failure();
    FilesProof proof;
    QByteArray last;
    const auto differences = compareTrees(*recorded, *present);
    for (const auto &difference : differences) {
        const auto &path = difference.path;
        if (std::exchange(last, path) == path)
            continue; // one that differs in several ways stands several times
        const bool isBrought =
            move->out.contains(topLevelOf(path)) || request.point.preserves(path);
        if (difference.kind == TreeDifference::Added)
            ++proof.added;
        else if (!isBrought || changedSince->contains(path))
            ++proof.changedSince;
        else
            proof.different.append(QFile::decodeName(path));
    }
    return proof;
}

} // namespace

VerifyStep::VerifyStep(const RollbackRequest &request)
    : m_request(request)
{}

StepCode VerifyStep::code() const
{
    return u"rollback"_s;
}

QString VerifyStep::title() const
{
    return tr("Restore point", "@title");
}

QString VerifyStep::intention() const
{
    return tr("Reads the restore point %1 back, file by file and table by table. Nothing is "
              "changed.")
        .arg(m_request.point.id());
}

qint64 VerifyStep::weight() const
{
    return m_request.point.fileBytes + databaseWeight(m_request.point);
}

Outcome VerifyStep::run(StepContext &context)
{
    // An earlier try may have brought files back already: what is missing then shows here.
    auto point = m_request.point;
    point.siteFolder = m_request.siteFolder;
    const auto report = verifyRestorePoint(point, context);
    if (!report)
        return outcomeOf(report.failure());
    context.log(u"The restore point %1 was read back: %2 files, %3 tables, %4 rows."_s.arg(
        point.id(),
        QString::number(report->files),
        QString::number(report->tables),
        QString::number(report->rows)));
    for (const auto &path : report->changedSince)
        context.log(u"Changed since the restore point, kept as it is: "_s
                    + QFile::decodeName(path));
    for (const auto &path : report->removedSince)
        context.log(u"Removed since the restore point, not brought back: "_s
                    + QFile::decodeName(path));
    if (const auto made = makePrivateFolder(m_request.replacedFolder); !made)
        return outcomeOf(made.failure());
    const auto changed = report->changedSince + report->removedSince;
    const auto noted =
        recordChangedSince(m_request.replacedFolder, ChangedPaths(changed.begin(), changed.end()));
    if (!noted)
        return outcomeOf(noted.failure());
    if (m_request.verified) {
        if (const auto taken = m_request.verified(); !taken)
            return outcomeOf(taken.failure());
    }
    return Done{tr("%Ln file(s)", nullptr, int(report->files)) + u", "_s
                + tr("%Ln table(s)", nullptr, int(report->tables))};
}

RollbackFilesStep::RollbackFilesStep(const RollbackRequest &request)
    : m_request(request)
{}

StepCode RollbackFilesStep::code() const
{
    return u"rollbackFiles"_s;
}

QString RollbackFilesStep::title() const
{
    return tr("Files", "@title");
}

QString RollbackFilesStep::intention() const
{
    return tr("Moves the files of version %1 back into place. What stands there now is kept in %2.")
        .arg(m_request.point.version, m_request.replacedFolder);
}

qint64 RollbackFilesStep::weight() const
{
    return std::max<qint64>(1, m_request.point.fileBytes / 100);
}

Outcome RollbackFilesStep::run(StepContext &context)
{
    if (const auto noted = context.intend({{u"restorePoint"_s, m_request.point.folder},
                                           {u"replacedFolder"_s, m_request.replacedFolder}});
        !noted)
        return outcomeOf(noted.failure());
    const auto count = rollBackFiles(m_request, context);
    if (!count)
        return outcomeOf(count.failure());
    context.log(u"Files brought back: %1 top-level entries. The others are in %2."_s.arg(
        QString::number(*count), m_request.replacedFolder));
    return Done{tr("%Ln top-level entry(ies) moved back", nullptr, *count)};
}

RollbackDatabaseStep::RollbackDatabaseStep(const RollbackRequest &request)
    : m_request(request)
{}

StepCode RollbackDatabaseStep::code() const
{
    return u"rollbackDatabase"_s;
}

QString RollbackDatabaseStep::title() const
{
    return tr("Database", "@title");
}

QString RollbackDatabaseStep::intention() const
{
    return tr("Replaces the tables of the database %1 by those of the restore point. Rows that "
              "were "
              "added since are lost.")
        .arg(m_request.database.name);
}

qint64 RollbackDatabaseStep::weight() const
{
    return 4 * databaseWeight(m_request.point) + 1;
}

Outcome RollbackDatabaseStep::run(StepContext &context)
{
    const auto manifest = readDumpManifest(m_request.point.databaseFolder());
    if (!manifest)
        return outcomeOf(manifest.failure());
    const auto differences = compareWithManifest(m_request.database, *manifest, context);
    if (differences && differences->isEmpty())
        return Skipped{tr("The database equals the restore point.")};
    if (differences.isCancelled())
        return Cancelled{};
    if (const auto noted = context.intend({{u"restoreDatabase"_s, m_request.database.name}});
        !noted)
        return outcomeOf(noted.failure());
    RestoreOptions options;
    options.connections = m_request.connections;
    const auto report =
        restoreDump(m_request.database, m_request.point.databaseFolder(), options, context);
    if (!report)
        return outcomeOf(report.failure());
    return Done{tr("%Ln table(s)", nullptr, int(m_request.point.tableCount))};
}

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
    return m_request.point.fileBytes + databaseWeight(m_request.point) + 1;
}

Outcome RollbackProofStep::run(StepContext &context)
{
    const auto files = compareFiles(m_request, context);
    if (!files)
        return outcomeOf(files.failure());
    const auto manifest = readDumpManifest(m_request.point.databaseFolder());
    if (!manifest)
        return outcomeOf(manifest.failure());
    const auto tables = compareWithManifest(m_request.database, *manifest, context);
    if (!tables)
        return outcomeOf(tables.failure());
    QStringList different = files->different;
    for (const auto &difference : *tables)
        different.append(tr("table %1").arg(difference.table));
    if (!different.isEmpty()) {
        return Error{RestoreError::NotEqual,
                     tr("%n thing(s) differ(s) from the restore point; the first is %1.",
                        nullptr,
                        int(different.size()))
                         .arg(different.constFirst()),
                     different.join(u'\n'),
                     {}};
    }
    const auto summary = u"Equal to the restore point: %1 files, %2 tables, %3 rows. "
                         "Kept: %4 added since, %5 changed or removed since."_s.arg(
                             QString::number(m_request.point.fileCount),
                             QString::number(m_request.point.tableCount),
                             QString::number(m_request.point.rowCount),
                             QString::number(files->added),
                             QString::number(files->changedSince));
    context.log(summary);
    if (QFileInfo::exists(m_request.logFile)) {
        // The site is as it was: the log does not stay in its folder.
        const auto target =
            m_request.replacedFolder + u'/' + QFileInfo(m_request.logFile).fileName();
        if (const auto moved = moveEntry(m_request.logFile, target); !moved)
            return outcomeOf(moved.failure());
    }
    if (const auto time = m_request.point.siteFolderModifiedNs; time != 0) {
        if (const auto timed = setFolderTime(m_request.siteFolder, time); !timed)
            return outcomeOf(timed.failure());
    }
    const QLocale locale;
    return Done{tr("Equal to the restore point: %1 files, %2 tables, %3 rows")
                    .arg(locale.toString(m_request.point.fileCount),
                         locale.toString(m_request.point.tableCount),
                         locale.toString(m_request.point.rowCount))};
}

} // namespace Banister
