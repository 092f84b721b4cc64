// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/rollbacksteps.h"

#include "base/phasemonitor.h"
#include "database/comparedatabase.h"
#include "database/dumpmanifest.h"
#include "database/restore.h"
#include "database/selectioncheck.h"
#include "files/privatefolder.h"
#include "restore/changedsince.h"
#include "restore/filesback.h"
#include "restore/objectssince.h"
#include "restore/ownership.h"
#include "restore/restoreerror.h"
#include "restore/rollbackfiles.h"
#include "restore/verify.h"
#include "restore/weights.h"

#include <QFile>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// To read all rows takes about a fifth of the time that loading them does.
constexpr double ComparingShare = 0.15;

qint64 databaseWeight(const RestorePoint &point)
{
    return weightOfRows(point, RowWork::Compare);
}

/// What stands before each change of the site.
Result<>
beginChange(const RollbackRequest &request, StepContext &context, const QJsonObject &change)
{
    if (auto noted = context.intend(change); !noted)
        return noted;
    return request.takeOver ? request.takeOver() : Success;
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

// Some tables alone may not fit those that stay.
Result<> VerifyStep::checkTables(StepContext &context) const
{
    if (!m_request.selection.database || m_request.selection.tables.isEmpty())
        return Success;
    const auto manifest = readDumpManifest(m_request.point.databaseFolder());
    if (!manifest)
        return manifest.failure();
    const auto findings =
        checkSelection(m_request.database, *manifest, m_request.selection.tables, context);
    if (!findings)
        return findings.failure();
    QStringList blocking;
    for (const auto &finding : *findings) {
        if (finding.severity() == SelectionFinding::Severity::Blocking)
            blocking.append(finding.text);
        else
            context.log(u"WARNING: "_s + finding.text);
    }
    if (blocking.isEmpty())
        return Success;
    return Error{RestoreError::UnsafeSelection,
                 tr("These tables cannot come back alone: %1").arg(blocking.constFirst()),
                 blocking.join(u'\n'),
                 {}};
}

Outcome VerifyStep::run(StepContext &context)
{
    // An earlier try may have brought files back already: what is missing then shows here.
    auto point = m_request.point;
    point.siteFolder = m_request.siteFolder;
    const auto report = verifyRestorePoint(point, m_request.selection, context);
    if (!report)
        return outcomeOf(report.failure());
    if (const auto owned = checkOwners(m_request); !owned)
        return outcomeOf(owned.failure());
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
    if (const auto checked = checkTables(context); !checked)
        return outcomeOf(checked.failure());
    if (const auto made = makePrivateFolder(m_request.replacedFolder); !made)
        return outcomeOf(made.failure());
    const auto changed = report->changedSince + report->removedSince;
    const auto noted =
        recordChangedSince(m_request.replacedFolder, ChangedPaths(changed.begin(), changed.end()));
    if (!noted)
        return outcomeOf(noted.failure());
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
    if (const auto begun = beginChange(m_request,
                                       context,
                                       {{u"restorePoint"_s, m_request.point.folder},
                                        {u"replacedFolder"_s, m_request.replacedFolder}});
        !begun)
        return outcomeOf(begun.failure());
    const auto count = rollBackFiles(m_request, context);
    if (!count)
        return outcomeOf(count.failure());
    if (const auto marked = FilesBack::mark(m_request.replacedFolder); !marked)
        return outcomeOf(marked.failure());
    context.log(u"Files brought back: %1 top-level entries. The others are in %2."_s.arg(
        QString::number(*count), m_request.replacedFolder));
    return Done{tr("%Ln top-level entry(ies) moved back", nullptr, *count)};
}

RollbackDatabaseStep::RollbackDatabaseStep(const RollbackRequest &request)
    : m_request(request)
{}

StepCode RollbackDatabaseStep::code() const
{
    return u"rollbackDb"_s;
}

QString RollbackDatabaseStep::title() const
{
    return tr("Database", "@title");
}

QString RollbackDatabaseStep::intention() const
{
    return tr("Loads the tables of the restore point into the database %1 beside those that are "
              "there; when all rows have arrived, they change places.")
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
    const auto tables = m_request.selection.tables;
    const auto kept = objectsSince(m_request.point, m_request.database);
    if (!kept)
        return outcomeOf(kept.failure());
    PhaseMonitor comparing(context, 0, ComparingShare);
    auto differences = compareWithManifest(m_request.database, *manifest, comparing, tables);
    if (differences.isCancelled())
        return Cancelled{};
    if (differences) {
        differences->removeIf([&kept](const auto &one) { return kept->contains(one.table); });
        if (differences->isEmpty()) {
            const auto tidied = removeLoadedBeside(m_request.database, m_request.point.tablePrefix);
            return tidied ? Outcome(Skipped{tr("The database equals the restore point.")})
                          : outcomeOf(tidied.failure());
        }
    }
    if (const auto begun =
            beginChange(m_request, context, {{u"restoreDatabase"_s, m_request.database.name}});
        !begun)
        return outcomeOf(begun.failure());
    for (const auto &object : *kept)
        context.log(u"Came since the restore point, kept: "_s + object);
    RestoreOptions options;
    options.connections = m_request.connections;
    options.tables = tables;
    options.kept = *kept;
    PhaseMonitor loading(context, ComparingShare, 1);
    const auto report =
        restoreDump(m_request.database, m_request.point.databaseFolder(), options, loading);
    if (!report)
        return outcomeOf(report.failure());
    return Done{tr("%Ln table(s)", nullptr, report->tables)};
}

} // namespace Banister
