// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/sitestatus.h"

#include "assistant/assistanterror.h"
#include "assistant/plankeys.h"
#include "engine/session.h"
#include "journal/runlock.h"
#include "products/sitesettings.h"
#include "restore/pointplace.h"
#include "restore/selection.h"
#include "restore/siteid.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// A finished rollback of some files or tables leaves the site at the version that it has.
bool isPartOfASite(const RunState &run)
{
    const auto chosen = run.settings.value(PlanKeys::Selection).toObject();
    return run.kind == "rollback"_L1 && run.phase == RunPhase::Finished
           && !RollbackSelection::fromJson(chosen).isAll();
}

SiteStatus::Kind kindOf(const SiteStatus &status)
{
    // Between two goes a run keeps the site, so that nobody comes in between.
    const bool isOurs = status.holder && status.holder->isThisProcess() && status.lastRun
                        && (status.lastRun->phase == RunPhase::Failed
                            || status.lastRun->phase == RunPhase::Stopped);
    if (status.holder && !isOurs)
        return SiteStatus::Kind::Running;
    if (!status.lastRun || status.lastRun->phase == RunPhase::Abandoned)
        return SiteStatus::Kind::NoRun;
    if (isPartOfASite(*status.lastRun))
        return status.undoable ? SiteStatus::Kind::Upgraded : SiteStatus::Kind::NoRun;
    if (status.lastRun->phase != RunPhase::Finished)
        return SiteStatus::Kind::Stopped;
    return status.lastRun->kind == "rollback"_L1 ? SiteStatus::Kind::RolledBack
                                                 : SiteStatus::Kind::Upgraded;
}

QString text(const char *sentence)
{
    return QCoreApplication::translate("Assistant", sentence);
}

/// Why a folder cannot be looked into; what is not there, or is none, has nothing to tell.
std::optional<Error> problemOf(const QString &folder)
{
    if (QFileInfo(folder).isFile())
        return {};
    const auto name = QFile::encodeName(folder);
    if (::faccessat(AT_FDCWD, name.constData(), R_OK | X_OK, AT_EACCESS) == 0 || errno == ENOENT)
        return {};
    const auto number = errno;
    const QFileInfo info(folder);
    if (number == EACCES && info.exists() && info.ownerId() != ::geteuid()) {
        const auto owner = info.owner().isEmpty() ? QString::number(info.ownerId()) : info.owner();
        return Error{AssistantError::StatusUnreadable,
                     text("The folder %1 belongs to another user (%2). Run Banister as that user.")
                         .arg(folder, owner),
                     {},
                     {}};
    }
    return Error{AssistantError::StatusUnreadable,
                 text("The folder %1 cannot be read: %2.").arg(folder, qt_error_string(number)),
                 {},
                 {}};
}

/// A rollback that was given up before its first change leaves the run before it as the last one.
bool isAsIfNeverBegun(const RunState &run)
{
    return run.kind == "rollback"_L1 && run.phase == RunPhase::Abandoned && hasChangedNothing(run);
}

/// Where the run keeps its restore point, whatever is said now.
QString backupFolderOf(const RunState &run)
{
    return SiteSettings::fromJson(run.settings.value("site"_L1).toObject()).backupFolder;
}

/// In the site's own folder only its own restore points belong; in one for backups other sites may have
/// theirs, and only what bears the site's name can be taken for its leftover.
void addShelf(const QString &site, const QString &folder, bool isOwn, SiteStatus &status)
{
    if (folder.isEmpty())
        return;
    auto shelf = readShelf(folder);
    for (auto &point : shelf.points) {
        const bool isKnown = std::any_of(
            status.restorePoints.begin(), status.restorePoints.end(), [&point](const auto &known) {
                return QFileInfo(known.folder) == QFileInfo(point.folder);
            });
        if (isKnown)
            continue;
        if (isOfSite(point, site))
            status.restorePoints.append(std::move(point));
        else if (isOwn)
            status.leftovers.append(strangerOf(point, site));
    }
    const auto name = QFileInfo(site).fileName() + u'-';
    for (auto &leftover : shelf.leftovers) {
        if (isOwn || leftover.id().startsWith(name))
            status.leftovers.append(std::move(leftover));
    }
}

QString siteOf(const QString &privateFolder)
{
    return privateFolder.section(u'/', 0, -2);
}

/// In a folder for backups other users may keep points of their own sites; in the site's none may.
std::optional<Error> problemOf(const QString &privateFolder, const QString &backupFolder)
{
    const auto pointsFolder = privateFolder + u"/restore-points"_s;
    QStringList folders{privateFolder, privateFolder + u"/runs"_s, pointsFolder};
    if (!backupFolder.isEmpty())
        folders.append(backupFolder);
    folders.append(placeBeside(siteOf(privateFolder)));
    const auto points =
        QDir(pointsFolder).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const auto &point : points) {
        if (!QFileInfo(pointsFolder + u'/' + point).isSymLink())
            folders.append(pointsFolder + u'/' + point);
    }
    for (const auto &folder : std::as_const(folders)) {
        if (auto problem = problemOf(folder))
            return problem;
    }
    return {};
}

} // namespace

std::optional<RunState> runThatMade(const RestorePoint &point, const QString &privateFolder)
{
    const auto ids = Session::list(privateFolder);
    for (const auto &id : ids) {
        const auto run = Session::look(privateFolder, id);
        if (!run)
            continue;
        const auto made =
            run->kind == "rollback"_L1 ? PlanKeys::SafetyPoint : PlanKeys::RestorePoint;
        if (QFileInfo(run->settings.value(made).toString()).fileName() == point.id())
            return *run;
    }
    return {};
}

bool hasChangedNothing(const RunState &run)
{
    // A step that changes the site says so first; making a restore point changes nothing.
    const auto harmless = run.kind == "upgrade"_L1 ? PlanKeys::RestorePoint : PlanKeys::SafetyPoint;
    return std::all_of(run.steps.begin(), run.steps.end(), [&](const StepStatus &step) {
        return std::all_of(step.intentions.begin(), step.intentions.end(), [&](const auto &change) {
            return change.contains(harmless);
        });
    });
}

bool SiteStatus::canRollBack() const
{
    return kind != Kind::Running && usualWayBack() != nullptr;
}

const RestorePoint *SiteStatus::usualWayBack() const
{
    if (!undoable)
        return nullptr;
    const auto id =
        QFileInfo(undoable->settings.value(PlanKeys::RestorePoint).toString()).fileName();
    const auto found =
        std::find_if(restorePoints.begin(), restorePoints.end(), [&id](const auto &point) {
            return point.id() == id && !point.notes.used.isValid();
        });
    return found == restorePoints.end() ? nullptr : &*found;
}

SiteStatus readSiteStatus(const QString &privateFolder, const QString &backupFolder)
{
    SiteStatus status;
    status.problem = problemOf(privateFolder, backupFolder);
    status.holder = RunLock::holder(privateFolder);
    const auto ids = Session::list(privateFolder);
    for (const auto &id : ids) {
        auto run = Session::look(privateFolder, id);
        if (run && isAsIfNeverBegun(*run))
            continue;
        if (run.isError() && !status.lastRun && !status.problem)
            status.problem = run.error();
        if (!run)
            break;
        const bool isPart = isPartOfASite(*run);
        if (!isPart && run->kind == "upgrade"_L1 && run->phase != RunPhase::Abandoned)
            status.undoable = *run;
        if (!status.lastRun)
            status.lastRun = std::move(run).value();
        if (!isPart)
            break;
    }
    const auto site = siteOf(privateFolder);
    addShelf(site, privateFolder + u"/restore-points"_s, true, status);
    const auto beside = placesBeside(site);
    QSet<QString> folders(beside.begin(), beside.end());
    folders.insert(backupFolder);
    if (status.lastRun)
        folders.insert(backupFolderOf(*status.lastRun));
    for (const auto &folder : std::as_const(folders))
        addShelf(site, folder, false, status);
    std::sort(status.restorePoints.begin(),
              status.restorePoints.end(),
              [](const auto &left, const auto &right) { return left.created > right.created; });
    status.kind = kindOf(status);
    return status;
}

} // namespace Banister
