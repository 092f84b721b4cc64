// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/pointmove.h"

#include "files/copytree.h"
#include "files/durable.h"
#include "files/fileerror.h"
#include "files/move.h"
#include "files/remove.h"
#include "files/space.h"
#include "files/tree.h"
#include "files/treecompare.h"
#include "files/treemanifest.h"
#include "restore/moverecord.h"
#include "restore/pointplace.h"
#include "restore/pointremoval.h"
#include "restore/pointshelf.h"
#include "restore/pointspace.h"
#include "restore/recipe.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("RestorePoint", sentence);
}

class PointMove
{
public:
    PointMove(const PointMoveRequest &request, Monitor &monitor)
        : m_request(request)
        , m_monitor(monitor)
        , m_from(QFileInfo(request.point.folder).canonicalFilePath())
        , m_to(QDir::cleanPath(request.folder) + u'/' + request.point.id())
    {}

    Result<RestorePoint> run();

private:
    Result<> checkPlace() const;
    Result<> checkSpace() const;
    Result<> copy() const;
    Result<> takeBackFormerCopy() const;
    Result<RestorePoint> describePlace() const;
    Result<> exchange() const;
    bool isOwnPlace() const
    {
        return QFileInfo(m_request.folder) == QFileInfo(m_request.pointsFolder);
    }

    /// Where the site's restore points are looked for, without a link.
    bool isKnownPlace() const
    {
        return isOwnPlace()
               || QFileInfo(m_request.folder) == QFileInfo(placeBeside(m_request.siteFolder));
    }

    const PointMoveRequest &m_request;
    Monitor &m_monitor;
    QString m_from;
    QString m_to;
};

Error unsuitable(const QString &fact)
{
    return {RestoreError::FolderUnsuitable, fact, {}, {}};
}

Result<> PointMove::checkPlace() const
{
    const QFileInfo place(m_request.folder);
    if (!place.isDir())
        return unsuitable(text("There is no folder %1.").arg(m_request.folder));
    if (place == QFileInfo(QFileInfo(m_from).path()))
        return unsuitable(text("The restore point is in %1 already.").arg(m_request.folder));
    const auto canonical = place.canonicalFilePath() + u'/';
    if (canonical.startsWith(m_from + u'/'))
        return unsuitable(text("%1 is a part of the restore point.").arg(m_request.folder));
    const auto site = QFileInfo(m_request.siteFolder).canonicalFilePath() + u'/';
    if (canonical.startsWith(site) && !isOwnPlace())
        return unsuitable(text("%1 is a part of the site.").arg(m_request.folder));
    return Success;
}

Result<> PointMove::checkSpace() const
{
    const auto tree = readTree(m_from, {}, m_monitor);
    if (!tree)
        return tree.failure();
    const auto needed = bytesOnDisk(tree->size(), bytesIn(*tree));
    const auto space = spaceOf(m_request.folder);
    if (!space)
        return space.failure();
    if (needed <= space->freeBytes)
        return Success;
    const QLocale locale;
    return Error{RestoreError::NotEnoughSpace,
                 text("The restore point takes up to %1; %2 has %3 left.")
                     .arg(locale.formattedDataSize(needed),
                          m_request.folder,
                          locale.formattedDataSize(space->freeBytes)),
                 {},
                 {}};
}

Result<> PointMove::copy() const
{
    const auto target = movingFolder(m_to);
    CopyOptions options;
    options.hash = true;
    options.existing = Existing::Replace;
    const auto copied = copyTree(m_from, target, options, m_monitor);
    if (!copied)
        return copied.failure();
    TreeOptions hashed;
    hashed.hash = true;
    const auto copies = readTree(target, hashed, m_monitor);
    if (!copies)
        return copies.failure();
    // Owners are recorded in the restore point itself: its copy may be somebody else's.
    const auto differences = compareTrees(
        copied->tree, *copies, TreeAspect::Content | TreeAspect::Mode | TreeAspect::FileTimes);
    if (differences.isEmpty() && copied->isComplete() && copied->changed.isEmpty())
        return Success;
    const auto path = differences.isEmpty() ? QByteArray() : differences.constFirst().path;
    return Error{RestoreError::NotWritten,
                 text("The copy of %1 differs from the file when it is read back.")
                     .arg(m_from + u'/' + QFile::decodeName(path)),
                 {},
                 {}};
}

// A repeated call: the copy has its name already, but perhaps not yet the texts that name its folder.
Result<> PointMove::takeBackFormerCopy() const
{
    const auto former = readRestorePoint(m_to);
    if (!QFileInfo(m_to).isDir() || QFileInfo(m_to).isSymLink())
        return Success;
    if (!former || former->filesSum != m_request.point.filesSum
        || former->databaseSum != m_request.point.databaseSum)
        return unsuitable(text("%1 is there already.").arg(m_to));
    return moveEntry(m_to, movingFolder(m_to));
}

// The commands in a restore point name the folder that it is in.
Result<RestorePoint> PointMove::describePlace() const
{
    auto point = readRestorePoint(m_to);
    if (!point)
        return point;
    auto described = *point;
    described.siteFolder = m_request.siteFolder;
    if (const auto written = writeRecipe(described, m_request.database); !written)
        return written.failure();
    auto record = readMove(m_to);
    if (!record)
        return record.failure();
    if (point->hasCopies) {
        const auto files = readTreeManifest(point->filesManifest());
        if (!files)
            return files.failure();
        record->out = topEntriesOf(*files);
    }
    if (record->out.isEmpty())
        return point;
    if (const auto written = writeFilesScript(described, *record); !written)
        return written.failure();
    return point;
}

// At any instant the site knows one of the two.
Result<> PointMove::exchange() const
{
    const auto link = m_request.pointsFolder + u'/' + m_request.point.id();
    const auto fresh = movingFolder(link);
    if (!isKnownPlace()) {
        if (auto cleared = removeTree(fresh, m_monitor); !cleared)
            return cleared;
        if (!QDir().mkpath(m_request.pointsFolder)
            || ::symlink(QFile::encodeName(m_to).constData(), QFile::encodeName(fresh).constData())
                   != 0)
            return fileError(errno, text("The link cannot be made"), fresh);
        const auto from = QFile::encodeName(fresh);
        const auto to = QFile::encodeName(link);
        const bool isFolder = QFileInfo(link).isDir() && !QFileInfo(link).isSymLink();
        if (isFolder
            && ::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_EXCHANGE)
                   != 0) {
            // Network file systems cannot do it in one.
            if (auto moved = moveEntry(link, removedFolder(link)); !moved)
                return moved;
        }
        if (QFileInfo(fresh).isSymLink() && ::rename(from.constData(), to.constData()) != 0)
            return fileError(errno, text("The link cannot be made"), link);
        if (auto synced = syncFolder(m_request.pointsFolder); !synced)
            return synced;
    }
    QStringList formers{fresh, removedFolder(link)};
    if (isKnownPlace() && QFileInfo(link).isSymLink())
        formers.append(link);
    for (const auto &former : std::as_const(formers)) {
        if (auto removed = removeTree(former, m_monitor); !removed)
            return removed;
    }
    if (!QFileInfo(m_from).isDir() || QFileInfo(m_from) == QFileInfo(m_to))
        return Success;
    return removePoint({m_from, m_request.siteFolder, {}, false}, m_monitor);
}

Result<RestorePoint> PointMove::run()
{
    if (const auto suitable = checkPlace(); !suitable)
        return suitable.failure();
    if (const auto taken = takeBackFormerCopy(); !taken)
        return taken.failure();
    if (const auto cleared = removeTree(movingFolder(m_to), m_monitor); !cleared)
        return cleared.failure();
    if (const auto fits = checkSpace(); !fits)
        return fits.failure();
    if (const auto copied = copy(); !copied)
        return copied.failure();
    // Back to the site itself: the link has the name that the folder gets.
    if (QFileInfo(m_to).isSymLink()) {
        if (const auto removed = removeTree(m_to, m_monitor); !removed)
            return removed.failure();
    }
    if (const auto moved = moveEntry(movingFolder(m_to), m_to); !moved)
        return moved.failure();
    auto point = describePlace();
    if (!point)
        return point;
    if (const auto exchanged = exchange(); !exchanged)
        return exchanged.failure();
    return point;
}

} // namespace

Result<RestorePoint> movePoint(const PointMoveRequest &request, Monitor &monitor)
{
    return PointMove(request, monitor).run();
}

} // namespace Banister
