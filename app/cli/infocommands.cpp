// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/climonitor.h"
#include "log/logentry.h"
#include "practice/mauticsite.h"
#include "practice/practicesite.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <thread>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

} // namespace

ExitStatus printLog(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    auto path = context.assistant.logFile(*settings);
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        context.output.say(text("There is no upgrade log of %1.").arg(settings->folder));
        return ExitStatus::StepFailed;
    }
    const auto wanted = context.request.value(u"level"_s).toLower();
    const auto lowest = wanted == "error"_L1     ? LogLevel::Error
                        : wanted == "warning"_L1 ? LogLevel::Warning
                                                 : LogLevel::Info;
    constexpr auto Pause = std::chrono::milliseconds(100);
    bool isShown = true;
    while (!context.requests.cancel.isRequested()) {
        while (file.canReadLine()) {
            auto line = QString::fromUtf8(file.readLine());
            if (line.endsWith(u'\n'))
                line.chop(1);
            // A line without a time belongs to the entry above it.
            if (const auto entry = parseLogLine(line))
                isShown = entry->level >= lowest;
            if (!isShown)
                continue;
            context.output.isJson() ? context.output.json({{u"line"_s, line}})
                                    : context.output.say(line);
        }
        if (!context.request.has(u"follow"_s))
            return ExitStatus::Done;
        std::this_thread::sleep_for(Pause);
    }
    return ExitStatus::Cancelled;
}

ExitStatus explainCode(const CliContext &context)
{
    const auto code = context.request.argument;
    const auto *known = context.output.catalogue().find(ErrorCode::fromString(code));
    if (known) {
        if (context.output.isJson())
            context.output.json(toJson(*known));
        else
            context.output.explain(*known);
        return ExitStatus::Done;
    }
    context.output.say(
        text("There is no error code %1. These begin alike or hold the word:").arg(code));
    const auto codes = context.output.catalogue().codes();
    for (const auto &candidate : codes) {
        if (candidate.contains(code, Qt::CaseInsensitive))
            context.output.say(u"  "_s + candidate);
    }
    return ExitStatus::WrongUse;
}

ExitStatus buildPractice(const CliContext &context)
{
    const auto &request = context.request;
    const auto folder = QDir::cleanPath(QFileInfo(request.argument).absoluteFilePath());
    if (request.has(u"remove"_s)) {
        const auto removed = removePracticeSite(folder);
        if (!removed)
            return report(context, removed.failure());
        if (!removed->isEmpty()) {
            context.output.say(text("The practice site is removed. What else lies in %1 stays: %2")
                                   .arg(folder, removed->join(u", "_s)));
        }
        return ExitStatus::Done;
    }
    if (request.has(u"product"_s) && request.value(u"product"_s) != "mautic"_L1) {
        context.output.say(text("There is a practice site for: mautic"));
        return ExitStatus::WrongUse;
    }
    MauticSiteOptions options;
    if (request.has(u"files"_s))
        options.files = request.value(u"files"_s).toInt();
    if (request.has(u"rows"_s))
        options.rows = request.value(u"rows"_s).toLongLong();
    if (request.has(u"php"_s))
        options.phpCommand = request.value(u"php"_s);
    CliMonitor monitor(context.requests.cancel);
    const auto site = buildMauticSite(folder, options, monitor);
    if (!site)
        return report(context, site.failure());
    context.output.say(text("Practice site:  %1 (Mautic %2)").arg(site->sitePath(), site->version));
    context.output.say(text("Package:        %1").arg(site->packagePath));
    context.output.say(text("As delivered:   %1").arg(site->originalPackagePath));
    context.output.say(
        text("Upgrade it with: banister-cli upgrade %1 --package %2 --original-package %3")
            .arg(site->sitePath(), site->packagePath, site->originalPackagePath));
    context.output.say(text("Its database server goes on running; remove both with: banister-cli "
                            "practice %1 --remove")
                           .arg(folder));
    context.output.json({{u"site"_s, site->sitePath()},
                         {u"version"_s, site->version},
                         {u"package"_s, site->packagePath},
                         {u"originalPackage"_s, site->originalPackagePath},
                         {u"folder"_s, folder}});
    return ExitStatus::Done;
}

} // namespace Banister
