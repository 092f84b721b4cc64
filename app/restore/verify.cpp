// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/verify.h"

#include "base/phasemonitor.h"
#include "database/verifydump.h"
#include "files/foldertime.h"
#include "files/hash.h"
#include "files/tree.h"
#include "files/treemanifest.h"
#include "restore/location.h"
#include "restore/restoreerror.h"
#include "restore/weights.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

Error damaged(const QByteArray &path, const QString &problem)
{
    return {RestoreError::PointDamaged,
            QCoreApplication::translate("RestorePoint", "The file %1 of the restore point %2.")
                .arg(QFile::decodeName(path), problem),
            {},
            {}};
}

/// The files of a restore point as they are now, wherever they stand.
struct PresentFiles
{
    QHash<QByteArray, TreeEntry> kept;  ///< moved away or copied: nothing but the run wrote there
    QHash<QByteArray, TreeEntry> inUse; ///< still in the site's folder
};

Result<> collect(const QString &folder,
                 const QByteArray &prefix,
                 const QList<QByteArray> &excluded,
                 QHash<QByteArray, TreeEntry> &files,
                 Monitor &monitor)
{
    TreeOptions options;
    options.hash = true;
    options.excluded = excluded;
    const auto tree = readTree(folder, options, monitor);
    if (!tree)
        return tree.failure();
    for (const auto &entry : *tree)
        files.insert(prefix + entry.path, entry);
    return Success;
}

Result<PresentFiles>
presentFiles(const RestorePoint &point, const FileLocation &location, Monitor &monitor)
{
    PresentFiles files;
    QList<QByteArray> elsewhere;
    for (const auto &relative : point.preserved) {
        const auto name = QFile::encodeName(relative);
        elsewhere.append(name);
        const auto copy = point.preservedFolder() + u'/' + relative;
        if (const auto read = collect(copy, name + '/', {}, files.kept, monitor); !read)
            return read.failure();
    }
    const auto holding = location.holdingFolder();
    if (!holding.isEmpty()) {
        if (const auto read = collect(holding, {}, elsewhere, files.kept, monitor); !read)
            return read.failure();
    }
    if (point.hasCopies)
        return files;
    for (const auto &path : location.move().out) {
        if (!holding.isEmpty() && entryExists(holding, path))
            elsewhere.append(path);
    }
    for (const auto &name : point.excluded)
        elsewhere.append(QFile::encodeName(name));
    if (const auto read = collect(point.siteFolder, {}, elsewhere, files.inUse, monitor); !read)
        return read.failure();
    return files;
}

/// Tells damage from what the site did itself while its files were in use: until they were moved
/// away, its visitors, its cron jobs and people wrote to them.
class Judge
{
public:
    Judge(const RestorePoint &point, const FileLocation &location, const PresentFiles &present)
        : m_point(point)
        , m_move(location.move())
        , m_present(present)
        , m_movedNs(folderTime(point.folder + u"/moved.json"_s))
    {}

    /// A disk that fails leaves the time as it was.
    bool wasEdited(const TreeEntry &recorded, const TreeEntry &kept) const
    {
        return !m_point.preserves(recorded.path) && kept.modifiedNs != recorded.modifiedNs
               && kept.modifiedNs < m_movedNs;
    }
    bool wasRemoved(const QByteArray &path) const
    {
        if (m_point.hasCopies || m_point.preserves(path))
            return false;
        if (!m_move.takesOut(path))
            return true;
        // The folder that it was in tells when it went.
        for (auto end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            const auto parent = m_present.kept.constFind(path.left(end));
            if (parent != m_present.kept.constEnd())
                return parent->modifiedNs < m_movedNs;
        }
        return false;
    }

private:
    const RestorePoint &m_point;
    const MoveRecord &m_move;
    const PresentFiles &m_present;
    qint64 m_movedNs;
};

Result<> checkSum(const QString &file, const QByteArray &recorded, Monitor &monitor)
{
    // A small file before much work: nothing to be seen in the bar.
    PhaseMonitor still(monitor, 0, 0);
    const auto sum = sha256OfFile(file, still);
    if (!sum) {
        return because({RestoreError::PointDamaged,
                        QCoreApplication::translate(
                            "RestorePoint", "The file %1 of the restore point cannot be read.")
                            .arg(file),
                        {},
                        {}},
                       sum.failure());
    }
    if (*sum == recorded)
        return Success;
    return Error{
        RestoreError::PointDamaged,
        QCoreApplication::translate("RestorePoint",
                                    "The file %1 is another than when the restore point was "
                                    "made.")
            .arg(file),
        {},
        {}};
}

Result<> verifyFiles(const RestorePoint &point, VerifyReport &report, Monitor &monitor)
{
    if (auto right = checkSum(point.filesManifest(), point.filesSum, monitor); !right)
        return right;
    const auto recorded = readTreeManifest(point.filesManifest());
    if (!recorded)
        return recorded.failure();
    const auto location = FileLocation::find(point, point.siteFolder);
    if (!location)
        return location.failure();
    const auto present = presentFiles(point, *location, monitor);
    if (!present)
        return present.failure();
    const Judge judge(point, *location, *present);
    for (const auto &entry : *recorded) {
        if (entry.type != EntryType::File)
            continue;
        const auto kept = present->kept.constFind(entry.path);
        const auto inUse = present->inUse.constFind(entry.path);
        if (kept != present->kept.constEnd()) {
            if (kept->sha256 != entry.sha256 && judge.wasEdited(entry, *kept)) {
                report.changedSince.append(entry.path);
            } else if (kept->sha256 != entry.sha256) {
                return damaged(entry.path,
                               QCoreApplication::translate("RestorePoint",
                                                           "has another content than recorded"));
            }
        } else if (inUse == present->inUse.constEnd() && judge.wasRemoved(entry.path)) {
            report.removedSince.append(entry.path);
        } else if (inUse == present->inUse.constEnd()) {
            return damaged(entry.path, QCoreApplication::translate("RestorePoint", "is not there"));
        } else if (inUse->sha256 != entry.sha256) {
            report.changedSince.append(entry.path);
        }
        ++report.files;
        report.fileBytes += entry.size;
    }
    return Success;
}

Result<> verifyDatabase(const RestorePoint &point, VerifyReport &report, Monitor &monitor)
{
    if (auto right = checkSum(point.databaseManifest(), point.databaseSum, monitor); !right)
        return right;
    if (auto whole = verifyDump(point.databaseFolder(), monitor); !whole)
        return whole;
    report.tables = point.tableCount;
    report.rows = point.rowCount;
    return Success;
}

} // namespace

Result<VerifyReport>
verifyRestorePoint(const RestorePoint &point, const RollbackSelection &what, Monitor &monitor)
{
    if (what.files && point.notes.used.isValid()) {
        return Error{RestoreError::PointUsed,
                     QCoreApplication::translate("RestorePoint",
                                                 "A rollback has moved the files of the restore "
                                                 "point %1 back into the site.")
                         .arg(point.id()),
                     {},
                     {}};
    }
    VerifyReport report;
    const auto databaseShare = 1 - filesShare(point, RowWork::ReadDump);
    if (what.database) {
        PhaseMonitor reading(monitor, 0, what.files ? databaseShare : 1);
        if (auto whole = verifyDatabase(point, report, reading); !whole)
            return whole.failure();
    }
    if (what.files) {
        PhaseMonitor reading(monitor, what.database ? databaseShare : 0, 1);
        if (auto whole = verifyFiles(point, report, reading); !whole)
            return whole.failure();
    }
    if (what.isAll()) {
        // The disk of the restore points may be full: that is no reason against going back.
        auto verified = point;
        static_cast<void>(noteVerified(verified).isOk());
    }
    return report;
}

} // namespace Banister
