// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clirun.h"

#include <QJsonDocument>

namespace Banister {

namespace {

constexpr int Limit = 120'000; // ms

QStringList checksOf(const QList<QJsonObject> &lines, const char *severity)
{
    QStringList result;
    for (const auto &line : lines) {
        if (line["severity"].toString() == severity)
            result.append(line["check"].toString());
    }
    return result;
}

} // namespace

QStringList CliRun::codes() const
{
    QStringList result;
    for (const auto &line : lines) {
        if (!line.contains("error"))
            continue;
        result.clear();
        for (auto error = line["error"].toObject(); !error.isEmpty();
             error = error["cause"].toObject())
            result.append(error["code"].toString());
    }
    return result;
}

QString CliRun::facts() const
{
    QString result;
    for (const auto &line : lines) {
        if (!line.contains("error"))
            continue;
        result.clear();
        for (auto error = line["error"].toObject(); !error.isEmpty();
             error = error["cause"].toObject()) {
            result += error["fact"].toString() + '\n';
            if (!error.contains("cause"))
                result += error["details"].toString();
        }
    }
    return result;
}

QStringList CliRun::failedChecks() const
{
    return checksOf(lines, "error");
}

QStringList CliRun::warnedChecks() const
{
    return checksOf(lines, "warning");
}

QJsonObject CliRun::finding(const QString &check) const
{
    for (const auto &line : lines) {
        if (line["check"].toString() == check)
            return line;
    }
    return {};
}

QString CliRun::lastStep() const
{
    QString result;
    for (const auto &line : lines) {
        if (line["event"].toString() == "stepStarted")
            result = line["step"].toString();
    }
    return result;
}

QByteArray CliRun::told() const
{
    return "status " + QByteArray::number(status) + '\n' + facts().toUtf8() + '\n' + err;
}

void startCli(QProcess &process, const QStringList &arguments)
{
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(BANISTER_CLI, arguments + QStringList{"--json"});
}

CliRun finishCli(QProcess &process)
{
    CliRun run;
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(Limit)) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        run.status = process.exitCode();
    }
    run.err = process.readAllStandardError();
    run.out = process.readAllStandardOutput();
    const auto lines = run.out.split('\n');
    for (const auto &line : lines) {
        if (!line.isEmpty())
            run.lines.append(QJsonDocument::fromJson(line).object());
    }
    return run;
}

CliRun runCli(const QStringList &arguments)
{
    QProcess process;
    startCli(process, arguments);
    return finishCli(process);
}

} // namespace Banister
