// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/assistant.h"

#include "assistant/assistanterror.h"
#include "files/privatefolder.h"
#include "journal/runlock.h"
#include "products/mautic/mauticproduct.h"
#include "restore/restoreerror.h"
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

// What the assistant adds to a plan's settings so that the plan can be made again.
constexpr auto ProductKey = "product"_L1;
constexpr auto TokenKey = "token"_L1;
constexpr auto RestorePointKey = "restorePoint"_L1;

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
        if (const auto *known = product(status.lastRun->settings.value(ProductKey).toString()))
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
    return product(detection->product)->open(settings);
}

SiteStatus Assistant::status(const SiteSettings &settings) const
{
    return readSiteStatus(privateFolder(settings.folder), settings.backupFolder);
}

RunNames Assistant::newNames(const SiteSettings &settings) const
{
    RunNames names;
    names.token = randomHex(16);
    names.privateFolder = privateFolder(settings.folder);
    const auto stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    if (settings.backupFolder.isEmpty()) {
        names.restorePoint =
            names.privateFolder + u"/restore-points/"_s + stamp + u'-' + names.token;
    } else {
        names.restorePoint = settings.backupFolder + u'/' + QFileInfo(settings.folder).fileName()
                             + u'-' + stamp + u'-' + names.token;
    }
    return names;
}

Result<std::unique_ptr<SiteRun>> Assistant::beginUpgrade(const SiteSettings &settings) const
{
    if (status(settings).canResume()) {
        return Error{AssistantError::RunUnfinished,
                     text("A run of this site stands half-way. Go on with it, or roll it back."),
                     {},
                     u"resume"_s};
    }
    auto site = open(settings);
    if (!site)
        return site.failure();
    const auto names = newNames(settings);
    auto plan = (*site)->upgradePlan(names);
    if (!plan)
        return plan.failure();
    if (const auto made = makePrivateFolder(names.privateFolder); !made)
        return made.failure();
    const auto *known = product((*site)->detection().product);
    return SiteRun::open(settings.folder + u'/' + known->logFile(),
                         known->secrets(settings, names.token),
                         [&](Session::LogSink sink) {
                             return Session::begin(
                                 names.privateFolder, std::move(plan).value(), std::move(sink));
                         });
}

Result<> Assistant::breakLock(const SiteSettings &settings)
{
    return RunLock::breakStale(privateFolder(settings.folder));
}

Result<Plan> Assistant::planAgain(const SiteSettings &settings,
                                  const QString &kind,
                                  const QJsonObject &planSettings) const
{
    const auto *known = product(planSettings.value(ProductKey).toString());
    if (!known) {
        return Error{AssistantError::UnknownSite,
                     text("The journal of %1 names a product that this Banister does not know.")
                         .arg(settings.folder),
                     {},
                     {}};
    }
    const auto token = planSettings.value(TokenKey).toString();
    const auto folder = planSettings.value(RestorePointKey).toString();
    if (kind == "rollback"_L1) {
        const auto point = readRestorePoint(folder);
        if (!point)
            return point.failure();
        return makeRollback(*known, settings, *point, token);
    }
    return known->resumePlan(
        settings, {folder, token, privateFolder(settings.folder)}, planSettings);
}

Result<std::unique_ptr<SiteRun>> Assistant::resume(const SiteSettings &settings) const
{
    if (const auto there = findFolder(settings.folder); !there)
        return there.failure();
    const auto now = status(settings);
    if (!now.lastRun || now.lastRun->isOver()) {
        return Error{AssistantError::NothingToDo,
                     text("No run of %1 stands half-way.").arg(settings.folder),
                     {},
                     {}};
    }
    const auto &planned = now.lastRun->settings;
    const auto *known = product(planned.value(ProductKey).toString());
    const auto log = settings.folder + u'/' + (known ? known->logFile() : u"upgrade_log.txt"_s);
    QStringList secrets;
    if (known) {
        const auto token = planned.value(TokenKey).toString();
        const auto held =
            formerFilesIn(privateFolder(settings.folder) + u"/rolled-back-"_s + token);
        secrets = known->secrets(settings, token, {held});
    }
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

Result<Plan> Assistant::makeRollback(const Product &product,
                                     const SiteSettings &settings,
                                     const RestorePoint &point,
                                     const QString &token) const
{
    // The names of a run go with its restore point: its folder ends with the run's token.
    const auto runToken = point.id().section(u'-', -1);
    const auto replacedFolder = privateFolder(settings.folder) + u"/rolled-back-"_s + token;
    auto database = product.database(settings, runToken, {formerFilesIn(replacedFolder)});
    if (!database)
        return database.failure();
    RollbackRequest request;
    request.point = point;
    request.siteFolder = settings.folder;
    request.database = std::move(database).value();
    request.replacedFolder = replacedFolder;
    request.ownEntries = product.ownEntries();
    request.logFile = settings.folder + u'/' + product.logFile();
    auto plan = Banister::rollbackPlan(request);
    plan.settings.insert(ProductKey, product.id());
    plan.settings.insert(TokenKey, token);
    plan.settings.insert(u"site"_s, settings.toJson());
    return plan;
}

Result<Plan> Assistant::rollbackPlan(const SiteSettings &settings, const RestorePoint &point) const
{
    const auto *known = product(point.product);
    if (!known) {
        return Error{RestoreError::OtherSite,
                     text("The restore point %1 is of a product that this Banister does not know.")
                         .arg(point.id()),
                     {},
                     {}};
    }
    return makeRollback(*known, settings, point, randomHex(16));
}

Result<std::unique_ptr<SiteRun>> Assistant::beginRollback(const SiteSettings &settings,
                                                          const RestorePoint &point) const
{
    const auto before = status(settings);
    auto plan = rollbackPlan(settings, point);
    if (!plan)
        return plan.failure();
    const auto *known = product(point.product);
    const auto folder = privateFolder(settings.folder);
    if (const auto made = makePrivateFolder(folder); !made)
        return made.failure();
    const auto secrets = known->secrets(settings, point.id().section(u'-', -1));
    auto run = SiteRun::open(
        settings.folder + u'/' + known->logFile(), secrets, [&](Session::LogSink sink) {
            return Session::begin(folder, std::move(plan).value(), std::move(sink));
        });
    if (!run || !before.lastRun || before.lastRun->isOver())
        return run;
    const auto given = (*run)->session().abandonOther(before.lastRun->id, u"rolled back"_s);
    if (!given)
        return given.failure();
    return run;
}

Result<RestorePoint> Assistant::restorePoint(const SiteSettings &settings, const QString &id) const
{
    const auto points = status(settings).restorePoints;
    for (const auto &point : points) {
        if (id.isEmpty() || point.id() == id)
            return point;
    }
    return Error{RestoreError::NoRollbackFound,
                 id.isEmpty()
                     ? text("There is no restore point of %1.").arg(settings.folder)
                     : text("There is no restore point %1 of %2.").arg(id, settings.folder),
                 {},
                 {}};
}

QString Assistant::logFile(const SiteSettings &settings) const
{
    const auto *known = productOf(settings);
    if (!known)
        return {};
    const auto current = settings.folder + u'/' + known->logFile();
    if (QFileInfo::exists(current))
        return current;
    const auto status = this->status(settings);
    if (!status.lastRun)
        return {};
    const auto token = status.lastRun->settings.value(TokenKey).toString();
    const QStringList candidates{settings.folder + u'/' + known->finalLogFile(token),
                                 privateFolder(settings.folder) + u"/rolled-back-"_s + token + u'/'
                                     + known->logFile()};
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
    const auto *known = product(state->settings.value(ProductKey).toString());
    if (!known)
        return RunLog{};
    const auto token = state->settings.value(TokenKey).toString();
    return findRunLog(
        *state, settings.folder, folder, {known->finalLogFile(token), known->logFile()});
}

} // namespace Banister
