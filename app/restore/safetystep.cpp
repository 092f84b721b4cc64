// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/safetystep.h"

#include "restore/createpoint.h"
#include "restore/moverecord.h"
#include "restore/rollbackfiles.h"
#include "restore/weights.h"

#include <QDir>

#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

SafetyStep::SafetyStep(const RollbackRequest &request)
    : m_request(request)
{}

StepCode SafetyStep::code() const
{
    return u"rollbackSafetyPoint"_s;
}

QString SafetyStep::title() const
{
    return tr("Present state", "@title");
}

QString SafetyStep::intention() const
{
    if (m_request.safetyPoint.isEmpty())
        return tr("The present state is not kept: this rollback cannot be rolled back.");
    return tr("Keeps the site as it is now in a restore point of its own, %1, so that this "
              "rollback "
              "can be rolled back.")
        .arg(m_request.safetyPoint);
}

qint64 SafetyStep::weight() const
{
    return m_request.safetyPoint.isEmpty()
               ? 1
               : m_request.point.fileBytes + weightOfRows(m_request.point, RowWork::Dump) + 1;
}

QString SafetyStep::skipConsequence() const
{
    return tr("This rollback could not be rolled back.");
}

Result<RestorePoint> SafetyStep::keepPresent(StepContext &context) const
{
    RestorePointRequest request;
    request.folder = m_request.safetyPoint;
    request.origin = PointOrigin::Rollback;
    request.product = m_request.point.product;
    request.version = m_request.presentVersion;
    request.siteFolder = m_request.siteFolder;
    request.tablePrefix = m_request.point.tablePrefix;
    request.database = m_request.database;
    request.preserved = m_request.point.preserved;
    const QDir site(m_request.siteFolder);
    for (const auto &own : {m_request.replacedFolder, m_request.logFile})
        request.excluded.append(site.relativeFilePath(own).section(u'/', 0, 0));
    // What other restore points keep within the site's folder is theirs.
    QStringList pointFolders{m_request.point.folder};
    for (const auto &other : m_request.others)
        pointFolders.append(other.folder);
    const auto held = foldersHeldBy(pointFolders);
    if (!held)
        return held.failure();
    request.excluded += *held;
    request.excluded.removeDuplicates();
    return createRestorePoint(request, context);
}

Outcome SafetyStep::run(StepContext &context)
{
    if (m_request.safetyPoint.isEmpty()) {
        if (const auto prepared = prepareFiles(m_request, context); !prepared)
            return outcomeOf(prepared.failure());
        return Skipped{tr("A person decided not to keep the present state.")};
    }
    if (const auto noted = context.intend({{u"safetyPoint"_s, m_request.safetyPoint}}); !noted)
        return outcomeOf(noted.failure());
    const auto point = keepPresent(context);
    if (!point)
        return outcomeOf(point.failure());
    context.log(u"Restore point of the present state: %1 files, %2 tables, %3 rows in %4"_s.arg(
        QString::number(point->fileCount),
        QString::number(point->tableCount),
        QString::number(point->rowCount),
        point->folder));
    if (const auto prepared = prepareFiles(m_request, context); !prepared)
        return outcomeOf(prepared.failure());
    return Done{tr("%Ln file(s)", nullptr, int(point->fileCount)) + u", "_s
                + tr("%Ln table(s)", nullptr, int(point->tableCount))};
}

} // namespace Banister
