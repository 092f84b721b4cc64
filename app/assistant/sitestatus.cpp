// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/sitestatus.h"

#include "assistant/assistanterror.h"
#include "engine/session.h"
#include "journal/runlock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

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
    if (status.lastRun->phase != RunPhase::Finished)
        return SiteStatus::Kind::Stopped;
    return status.lastRun->kind == "rollback"_L1 ? SiteStatus::Kind::RolledBack
                                                 : SiteStatus::Kind::Upgraded;
}

QString text(const char *sentence)
{
    return QCoreApplication::translate("Assistant", sentence);
}

/// Why a folder cannot be looked into; what is not there has nothing to tell.
std::optional<Error> problemOf(const QString &folder)
{
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

/// In a folder for backups other users may keep points of their own sites; in the site's none may.
std::optional<Error> problemOf(const QString &privateFolder, const QString &backupFolder)
{
    const auto pointsFolder = privateFolder + u"/restore-points"_s;
    QStringList folders{privateFolder, privateFolder + u"/runs"_s, pointsFolder};
    if (!backupFolder.isEmpty())
        folders.append(backupFolder);
    const auto points =
        QDir(pointsFolder).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const auto &point : points)
        folders.append(pointsFolder + u'/' + point);
    for (const auto &folder : std::as_const(folders)) {
        if (auto problem = problemOf(folder))
            return problem;
    }
    return {};
}

} // namespace

bool SiteStatus::canRollBack() const
{
    return kind != Kind::Running && kind != Kind::RolledBack && !restorePoints.isEmpty();
}

SiteStatus readSiteStatus(const QString &privateFolder, const QString &backupFolder)
{
    SiteStatus status;
    status.problem = problemOf(privateFolder, backupFolder);
    status.holder = RunLock::holder(privateFolder);
    if (const auto id = Session::latest(privateFolder); !id.isEmpty()) {
        if (auto run = Session::look(privateFolder, id))
            status.lastRun = std::move(run).value();
        else if (run.isError() && !status.problem)
            status.problem = run.error();
    }
    status.restorePoints = restorePointsIn(privateFolder + u"/restore-points"_s);
    if (!backupFolder.isEmpty()) {
        const auto site = privateFolder.section(u'/', 0, -2);
        const auto kept = restorePointsIn(backupFolder);
        std::copy_if(kept.begin(),
                     kept.end(),
                     std::back_inserter(status.restorePoints),
                     [&site](const auto &point) { return point.siteFolder == site; });
        std::sort(status.restorePoints.begin(),
                  status.restorePoints.end(),
                  [](const auto &left, const auto &right) { return left.created > right.created; });
    }
    status.kind = kindOf(status);
    return status;
}

} // namespace Banister
