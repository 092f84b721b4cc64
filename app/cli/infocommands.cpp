// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shellword.h"
#include "cli/cli.h"
#include "cli/climonitor.h"
#include "log/logentry.h"
#include "practice/mauticsite.h"
#include "practice/practicesite.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <chrono>
#include <cstdio>
#include <thread>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

LogLevel lowestLevel(const QString &name)
{
    if (name == "error"_L1)
        return LogLevel::Error;
    return name == "warning"_L1 ? LogLevel::Warning : LogLevel::Info;
}

/// Prints the lines that were asked for as they come; half a line waits for its other half.
class LogPrinter
{
public:
    LogPrinter(const CliContext &context, RunLog log)
        : m_output(context.output)
        , m_log(std::move(log))
        , m_lowest(lowestLevel(context.request.value(u"level"_s)))
    {}

    void printNew(QFile &file)
    {
        for (auto part = file.readLine(); !part.isEmpty(); part = file.readLine()) {
            m_line += part;
            if (m_line.endsWith('\n'))
                printRest();
        }
    }

    void printRest()
    {
        if (m_line.isEmpty())
            return;
        if (m_line.endsWith('\n'))
            m_line.chop(1);
        const auto line = QString::fromUtf8(std::exchange(m_line, {}));
        // A line without a time belongs to the entry above it.
        if (const auto entry = parseLogLine(line))
            m_isShown = entry->level >= m_lowest && (!m_log.from.isValid() || m_log.has(*entry));
        if (!m_isShown)
            return;
        m_output.isJson() ? m_output.json({{u"line"_s, line}}) : m_output.say(line);
    }

private:
    const Output &m_output;
    RunLog m_log;
    LogLevel m_lowest;
    QByteArray m_line;
    bool m_isShown = true;
};

} // namespace

ExitStatus printLog(const CliContext &context)
{
    const auto settings = settingsOf(context);
    if (!settings)
        return report(context, settings.failure());
    RunLog log{context.assistant.logFile(*settings), {}, {}};
    const auto run = context.request.value(u"run"_s);
    if (!run.isEmpty()) {
        auto found = context.assistant.logOf(*settings, run);
        if (!found)
            return report(context, found.failure());
        log = std::move(found).value();
    }
    QFile file(log.path);
    if (log.path.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        if (const auto status = knownStatus(context, *settings); !status)
            return report(context, status.failure());
        context.output.say(run.isEmpty()
                               ? text("There is no upgrade log of %1.").arg(settings->folder)
                               : text("The log of the run %1 is gone.").arg(run));
        context.output.json({{u"log"_s, QJsonValue::Null}});
        return ExitStatus::StepFailed;
    }
    LogPrinter printer(context, log);
    constexpr auto Pause = std::chrono::milliseconds(100);
    while (!context.requests.cancel.isRequested() && std::ferror(stdout) == 0) {
        printer.printNew(file);
        if (!context.request.has(u"follow"_s)) {
            printer.printRest();
            return ExitStatus::Done;
        }
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
    const auto codes = context.output.catalogue().codes();
    const auto similar = codes.filter(code, Qt::CaseInsensitive);
    context.output.say(similar.isEmpty()
                           ? text("There is no error code %1. These are all:").arg(code)
                           : text("There is no error code %1. These hold the word:").arg(code));
    for (const auto &each : similar.isEmpty() ? codes : similar)
        context.output.say(u"  "_s + each);
    context.output.json(
        {{u"unknown"_s, code}, {u"similar"_s, QJsonArray::fromStringList(similar)}});
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
        context.output.json(
            {{u"removed"_s, folder}, {u"kept"_s, QJsonArray::fromStringList(*removed)}});
        return removed->isEmpty() ? ExitStatus::Done : ExitStatus::StepFailed;
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
        text("Upgrade it with: banister-cli upgrade %1 --package %2 --original-package %3 "
             "--accept-all-warnings")
            .arg(shellWord(site->sitePath()),
                 shellWord(site->packagePath),
                 shellWord(site->originalPackagePath)));
    context.output.say(text("Its database server goes on running; remove both with: banister-cli "
                            "practice %1 --remove")
                           .arg(shellWord(folder)));
    context.output.json({{u"site"_s, site->sitePath()},
                         {u"version"_s, site->version},
                         {u"package"_s, site->packagePath},
                         {u"originalPackage"_s, site->originalPackagePath},
                         {u"folder"_s, folder}});
    return ExitStatus::Done;
}

} // namespace Banister
