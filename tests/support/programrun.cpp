// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/programrun.h"

#include <QProcess>

#include <csignal>

namespace Banister {

namespace {

constexpr int LongestMs = 120'000;

} // namespace

QString ProgramEnd::told() const
{
    return QStringLiteral("%1: %2").arg(wasKilled ? QStringLiteral("killed")
                                                  : QStringLiteral("status %1").arg(status),
                                        QString::fromUtf8(output));
}

ProgramEnd
runProgram(const QString &program, const QStringList &arguments, const QStringList &variables)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &variable : variables)
        environment.insert(variable.section('=', 0, 0), variable.section('=', 1));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForStarted() || !process.waitForFinished(LongestMs)) {
        const auto why = program + ": " + process.errorString() + '\n';
        process.kill();
        process.waitForFinished();
        return {false, -1, why.toUtf8() + process.readAll()};
    }
    ProgramEnd end;
    // With CrashExit the exit code is the number of the signal.
    if (process.exitStatus() == QProcess::CrashExit)
        end.wasKilled = process.exitCode() == SIGKILL;
    else
        end.status = process.exitCode();
    end.output = process.readAll();
    return end;
}

ProgramEnd runBanister(const QStringList &arguments, const QStringList &variables)
{
    return runProgram(BANISTER_CLI, arguments, variables);
}

} // namespace Banister
