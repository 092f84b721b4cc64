// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "assistant/assistanterror.h"
#include "files/durable.h"
#include "log/logentry.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonObject>

#include <atomic>
#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// A signal handler may touch nothing else.
std::atomic<RunRequests *> activeRequests = nullptr;

void requestCancel(int /*signal*/)
{
    if (auto *requests = activeRequests.load())
        requests->cancel.request();
}

// The end of a terminal or of a pipe's reader must not break a step off in the middle.
void listenToSignals()
{
    std::signal(SIGINT, requestCancel);
    std::signal(SIGTERM, requestCancel);
    if (std::signal(SIGHUP, requestCancel) == SIG_IGN)
        std::signal(SIGHUP, SIG_IGN); // nohup
    std::signal(SIGPIPE, SIG_IGN);
}

using Handler = ExitStatus (*)(const CliContext &);

Handler handlerOf(const QString &command)
{
    static const QHash<QString, Handler> handlers{{u"detect"_s, &detectSite},
                                                  {u"check"_s, &checkSite},
                                                  {u"plan"_s, &planUpgrade},
                                                  {u"upgrade"_s, &upgradeSite},
                                                  {u"status"_s, &showStatus},
                                                  {u"resume"_s, &resumeRun},
                                                  {u"retry"_s, &resumeRun},
                                                  {u"restore-points"_s, &keepRestorePoints},
                                                  {u"verify"_s, &verifyPoint},
                                                  {u"rollback"_s, &rollBackSite},
                                                  {u"log"_s, &printLog},
                                                  {u"explain"_s, &explainCode},
                                                  {u"practice"_s, &buildPractice}};
    return handlers.value(command);
}

Result<QString> passwordIn(const QString &path)
{
    constexpr qint64 Limit = 64LL * 1024;
    const auto content = readWhole(path, Limit);
    if (!content)
        return content.failure();
    auto line = content->contains('\n') ? content->left(content->indexOf('\n')) : *content;
    if (line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

void put(const CliRequest &request, const QString &option, QString &target)
{
    if (request.has(option))
        target = request.value(option);
}

} // namespace

Result<SiteSettings> settingsOf(const CliContext &context)
{
    const auto &request = context.request;
    const auto folder = QDir::cleanPath(QFileInfo(request.argument).absoluteFilePath());
    if (const auto there = Assistant::findFolder(folder); !there)
        return there.failure();
    SiteSettings settings;
    settings.folder = folder;
    put(request, u"backup-dir"_s, settings.backupFolder);
    const auto status = context.assistant.status(settings);
    if (status.lastRun) {
        // What was said when the run was begun holds until something else is said.
        settings = SiteSettings::fromJson(status.lastRun->settings.value("site"_L1).toObject());
        settings.folder = folder;
    }
    put(request, u"backup-dir"_s, settings.backupFolder);
    put(request, u"php"_s, settings.phpCommand);
    put(request, u"server-path"_s, settings.serverFolder);
    put(request, u"package"_s, settings.package);
    put(request, u"original-package"_s, settings.originalPackage);
    put(request, u"db-host"_s, settings.database.host);
    put(request, u"db-socket"_s, settings.database.socket);
    put(request, u"db-user"_s, settings.database.user);
    put(request, u"db-ca"_s, settings.database.caFile);
    if (request.has(u"sha256"_s))
        settings.packageSha256 = request.value(u"sha256"_s).toLatin1();
    if (request.has(u"db-port"_s))
        settings.database.port = request.value(u"db-port"_s).toUShort();
    if (const auto mode = request.value(u"db-tls"_s); mode == "off"_L1)
        settings.database.tls = DatabaseSettings::Tls::Off;
    else if (mode == "required"_L1)
        settings.database.tls = DatabaseSettings::Tls::Required;
    else if (mode == "verified"_L1)
        settings.database.tls = DatabaseSettings::Tls::Verified;
    if (request.has(u"db-password-file"_s)) {
        auto password = passwordIn(request.value(u"db-password-file"_s));
        if (!password)
            return password.failure();
        settings.database.password = std::move(password).value();
    }
    for (auto *path : {&settings.backupFolder, &settings.originalPackage, &settings.package}) {
        if (!path->isEmpty() && !path->contains(u"://"_s))
            *path = QDir::cleanPath(QFileInfo(*path).absoluteFilePath());
    }
    return settings;
}

Result<SiteStatus> readableStatus(const CliContext &context, const SiteSettings &settings)
{
    auto status = context.assistant.status(settings);
    if (status.problem && status.problem->has(AssistantError::StatusUnreadable))
        return *status.problem;
    return status;
}

Result<SiteStatus> knownStatus(const CliContext &context, const SiteSettings &settings)
{
    auto status = context.assistant.status(settings);
    if (status.problem)
        return *status.problem;
    return status;
}

ExitStatus report(const CliContext &context, const Failure &failure)
{
    const auto status = exitStatusOf(failure);
    if (const auto *error = std::get_if<Error>(&failure)) {
        context.output.explain(*error);
        context.output.json({{u"error"_s, error->toJson()}});
    } else {
        context.output.say(QCoreApplication::translate("BanisterCli", "Cancelled."));
        context.output.json({{u"cancelled"_s, true}});
    }
    return status;
}

ExitStatus wrongUse(const Output &output, const QString &sentence)
{
    output.json({{u"error"_s, QJsonObject{{u"code"_s, u"WrongUse"_s}, {u"fact"_s, sentence}}}});
    const auto line =
        sentence + u'\n'
        + QCoreApplication::translate("BanisterCli", "banister-cli --help tells what there is.\n");
    std::fputs(withVisibleControls(line).toUtf8().constData(), stderr);
    return ExitStatus::WrongUse;
}

int runCli(const QStringList &arguments)
{
    const auto parsed = parseArguments(arguments);
    if (const auto *wrong = std::get_if<WrongUse>(&parsed))
        return int(wrongUse(Output(arguments.contains(u"--json"_s), {}), wrong->sentence));
    const auto &request = std::get<CliRequest>(parsed);
    if (request.wantsVersion || request.wantsHelp) {
        const auto answer = request.wantsVersion ? u"banister-cli " BANISTER_VERSION "\n"_s
                                                 : helpText(request.command);
        std::fputs(answer.toUtf8().constData(), stdout);
        return 0;
    }
    auto catalogue = ErrorCatalogue::load();
    if (!catalogue) {
        std::fputs((catalogue.error().fact + u'\n').toUtf8().constData(), stderr);
        return int(ExitStatus::StepFailed);
    }
    const Output output(request.has(u"json"_s), std::move(catalogue).value());
    const Assistant assistant;
    RunRequests requests;
    activeRequests = &requests;
    listenToSignals();
    const auto status = handlerOf(request.command)({request, output, assistant, requests});
    activeRequests = nullptr;
    return int(status);
}

} // namespace Banister
