// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/assistant.h"

#include "assistant/assistanterror.h"
#include "assistant/plankeys.h"
#include "assistant/rollbacknames.h"
#include "files/foldertime.h"
#include "files/privatefolder.h"
#include "journal/runlock.h"
#include "products/mautic/mauticproduct.h"
#include "restore/pointplace.h"
#include "restore/rollback.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Assistant", sentence);
}

} // namespace

Assistant::Assistant()
{
    m_products.push_back(std::make_unique<MauticProduct>());
}

Assistant::~Assistant() = default;

QString Assistant::privateFolder(const QString &siteFolder)
{
    return siteFolder + u"/.banister"_s;
}

const Product *Assistant::product(const QString &id) const
{
    const auto found = std::find_if(m_products.begin(),
                                    m_products.end(),
                                    [&id](const auto &product) { return product->id() == id; });
    return found == m_products.end() ? nullptr : found->get();
}

const Product *Assistant::productOf(const SiteSettings &settings) const
{
    // While its files are moved a site cannot be recognised: then its journal tells.
    const auto status = this->status(settings);
    if (status.lastRun) {
        if (const auto *known =
                product(status.lastRun->settings.value(PlanKeys::Product).toString()))
            return known;
    }
    for (const auto &point : status.restorePoints) {
        if (const auto *known = product(point.product))
            return known;
    }
    const auto detection = detect(settings.folder);
    return detection ? product(detection->product) : nullptr;
}

Result<> Assistant::findFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return Success;
    return Error{AssistantError::NoSuchFolder, text("There is no folder %1.").arg(folder), {}, {}};
}

Result<Detection> Assistant::detect(const QString &folder) const
{
    if (const auto there = findFolder(folder); !there)
        return there.failure();
    for (const auto &product : m_products) {
        auto detection = product->detect(folder);
        if (!detection)
            return detection.failure();
        if (*detection)
            return **detection;
    }
    return Error{AssistantError::UnknownSite,
                 text("The folder %1 holds no application that Banister knows.").arg(folder),
                 {},
                 {}};
}

Result<std::unique_ptr<ProductSite>> Assistant::open(const SiteSettings &settings) const
{
    const auto detection = detect(settings.folder);
    if (!detection)
        return detection.failure();
    return product(detection->product)->open(placed(settings));
}

SiteSettings Assistant::placed(const SiteSettings &settings) const
{
    auto result = settings;
    if (!settings.backupFolder.isEmpty())
        return result;
    // A site that stands between two versions may not tell its address; where its restore points are
    // kept was decided before.
    const auto place = placeBeside(settings.folder);
    const auto detection = detect(settings.folder);
    const bool isDecided =
        QFileInfo(place).isDir() && !QFileInfo(place).isSymLink() && QFileInfo(place).isWritable();
    if (detection ? mayStandBeside(settings.folder, detection->siteUrl) : isDecided)
        result.backupFolder = place;
    return result;
}

SiteStatus Assistant::status(const SiteSettings &settings) const
{
    return readSiteStatus(privateFolder(settings.folder), settings.backupFolder);
}

Result<> Assistant::recognise(const SiteSettings &settings, const SiteStatus &status) const
{
    if (status.lastRun || status.holder || !status.restorePoints.isEmpty()
        || !foreignLeft(settings).isEmpty())
        return Success;
    const auto detection = detect(settings.folder);
    return detection ? Result<>(Success) : Result<>(detection.failure());
}

RunNames Assistant::newNames(const SiteSettings &settings) const
{
    RunNames names;
    names.token = randomHex(16);
    names.privateFolder = privateFolder(settings.folder);
    names.restorePoint = newPointFolder(settings, names.token);
    return names;
}

QString Assistant::newPointFolder(const SiteSettings &settings, const QString &token) const
{
    const auto name = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s) + u'-' + token;
    const auto folder = placed(settings).backupFolder;
    if (folder.isEmpty())
        return privateFolder(settings.folder) + u"/restore-points/"_s + name;
    return folder + u'/' + QFileInfo(settings.folder).fileName() + u'-' + name;
}

Result<std::unique_ptr<SiteRun>> Assistant::beginUpgrade(const SiteSettings &settings) const
{
    // While another process works on the site, nothing else can be said of it.
    if (const auto free = RunLock::checkOthers(privateFolder(settings.folder)); !free)
        return free.failure();
    const auto now = status(settings);
    if (now.problem)
        return *now.problem;
    if (now.canResume()) {
        return Error{AssistantError::RunUnfinished,
                     text("A run of this site stands half-way. Go on with it, or roll it back."),
                     {},
                     u"resume"_s};
    }
    auto site = open(settings);
    if (!site)
        return site.failure();
    const auto names = newNames(settings);
    const auto time = folderTime(settings.folder);
    auto plan = (*site)->upgradePlan(names);
    if (!plan)
        return plan.failure();
    plan->settings.insert(PlanKeys::FolderTime, QString::number(time));
    {
        const FolderTimeKeeper keeper(settings.folder);
        if (const auto made = makePrivateFolder(names.privateFolder); !made)
            return made.failure();
    }
    const auto *known = product((*site)->detection().product);
    return SiteRun::open(settings.folder + u'/' + known->logFile(),
                         known->secrets(settings, names.token),
                         [&](Session::LogSink sink) {
                             return Session::begin(
                                 names.privateFolder, std::move(plan).value(), std::move(sink));
                         });
}

void Assistant::putFolderTimeBack(const SiteSettings &settings, const RunState &run)
{
    const auto time = run.settings.value(PlanKeys::FolderTime).toString().toLongLong();
    // A time is not worth stopping for.
    if (time != 0 && hasChangedNothing(run))
        static_cast<void>(setFolderTime(settings.folder, time));
}

Result<> Assistant::breakLock(const SiteSettings &settings)
{
    return RunLock::breakStale(privateFolder(settings.folder));
}

Result<Plan> Assistant::planAgain(const SiteSettings &settings,
                                  const QString &kind,
                                  const QJsonObject &planSettings) const
{
    const auto *known = product(planSettings.value(PlanKeys::Product).toString());
    if (!known) {
        return Error{AssistantError::UnknownSite,
                     text("The journal of %1 names a product that this Banister does not know.")
                         .arg(settings.folder),
                     {},
                     {}};
    }
    const auto token = planSettings.value(PlanKeys::Token).toString();
    const auto folder = planSettings.value(PlanKeys::RestorePoint).toString();
    if (kind == "rollback"_L1) {
        const auto point = readRestorePoint(folder);
        if (!point)
            return point.failure();
        return makeRollback(*known, settings, *point, RollbackNames::fromJson(planSettings));
    }
    return known->resumePlan(
        settings, {folder, token, privateFolder(settings.folder)}, planSettings);
}

Result<std::unique_ptr<SiteRun>> Assistant::resume(const SiteSettings &settings) const
{
    if (const auto there = findFolder(settings.folder); !there)
        return there.failure();
    const auto now = status(settings);
    if (now.problem)
        return *now.problem;
    if (const auto recognised = recognise(settings, now); !recognised)
        return recognised.failure();
    if (!now.lastRun || now.lastRun->isOver()) {
        return Error{AssistantError::NothingToDo,
                     text("No run of %1 stands half-way.").arg(settings.folder),
                     {},
                     {}};
    }
    const auto &planned = now.lastRun->settings;
    const auto *known = product(planned.value(PlanKeys::Product).toString());
    QStringList secrets;
    if (known) {
        const auto token = planned.value(PlanKeys::Token).toString();
        const auto held =
            formerFilesIn(privateFolder(settings.folder) + u"/rolled-back-"_s + token);
        secrets = known->secrets(settings, token, {held});
    }
    putFolderTimeBack(settings, *now.lastRun);
    // A run that was killed near its end has put its log away already.
    auto log = logFile(settings);
    if (log.isEmpty())
        log = settings.folder + u'/' + (known ? known->logFile() : u"upgrade_log.txt"_s);
    return SiteRun::open(log, secrets, [&](Session::LogSink sink) {
        return Session::resume(
            privateFolder(settings.folder),
            now.lastRun->id,
            [&](const QString &kind, const QJsonObject &planSettings) {
                return planAgain(settings, kind, planSettings);
            },
            std::move(sink));
    });
}

QString Assistant::logFile(const SiteSettings &settings) const
{
    const auto *known = productOf(settings);
    if (!known)
        return {};
    auto current = settings.folder + u'/' + known->logFile();
    if (QFileInfo::exists(current))
        return current;
    const auto status = this->status(settings);
    if (!status.lastRun)
        return {};
    const auto token = status.lastRun->settings.value(PlanKeys::Token).toString();
    const QStringList candidates{settings.folder + u'/' + known->finalLogFile(token),
                                 privateFolder(settings.folder) + u"/rolled-back-"_s + token + u'/'
                                     + known->logFile(),
                                 privateFolder(settings.folder) + u"/runs/"_s + status.lastRun->id
                                     + u'/' + known->logFile()};
    for (const auto &candidate : candidates) {
        if (QFileInfo::exists(candidate))
            return candidate;
    }
    return {};
}

Result<RunLog> Assistant::logOf(const SiteSettings &settings, const QString &run) const
{
    const auto folder = privateFolder(settings.folder);
    const auto state = Session::look(folder, run);
    if (!state)
        return state.failure();
    const auto *known = product(state->settings.value(PlanKeys::Product).toString());
    if (!known)
        return RunLog{};
    const auto token = state->settings.value(PlanKeys::Token).toString();
    return findRunLog(
        *state, settings.folder, folder, {known->finalLogFile(token), known->logFile()});
}

} // namespace Banister
