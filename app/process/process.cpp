// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/process.h"

#include "process/keptoutput.h"
#include "process/linesplitter.h"
#include "process/processerror.h"
#include "process/processtree.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLocale>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QThread>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int PollInterval = 20; ///< milliseconds; cancellation is noticed this fast
constexpr qsizetype DetailsSize = 4000;

struct Process
{
    Q_DECLARE_TR_FUNCTIONS(Process)
};

QString shown(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

/// The end of what was printed, errors last; the caller's secrets are out of it.
QString lastOutput(const Command &command, const ProcessResult &result)
{
    auto text = QString::fromUtf8(result.standardOutput.right(DetailsSize)) + u'\n'
                + QString::fromUtf8(result.standardError.right(DetailsSize));
    for (const auto &secret : command.secrets) {
        if (!secret.isEmpty())
            text.replace(secret, u"***"_s);
    }
    return text.trimmed();
}

/// Where the program is, or why it cannot be run.
Result<QString> located(const Command &command)
{
    if (!command.workingFolder.isEmpty() && !QFileInfo(command.workingFolder).isDir()) {
        return Error{ProcessError::WorkingFolderMissing,
                     Process::tr("The folder %1, in which %2 should run, does not exist.")
                         .arg(shown(command.workingFolder), command.program),
                     {},
                     {}};
    }
    const bool isPath = command.program.contains(u'/');
    const auto path = isPath ? QDir::current().absoluteFilePath(command.program)
                             : QStandardPaths::findExecutable(command.program);
    const QFileInfo info(path);
    if (path.isEmpty() || command.program.isEmpty() || !info.exists()) {
        const auto fact = isPath ? Process::tr("There is no program %1.")
                                 : Process::tr("There is no program “%1” in any folder of PATH.");
        return Error{ProcessError::NotFound, fact.arg(command.program), {}, {}};
    }
    if (info.isDir() || !info.isExecutable()) {
        return Error{ProcessError::NotExecutable,
                     info.isDir() ? Process::tr("%1 is a folder, not a program.").arg(shown(path))
                                  : Process::tr("The file %1 may not be run.").arg(shown(path)),
                     {},
                     {}};
    }
    return path;
}

class Run
{
public:
    Run(const Command &command, const ProcessLimits &limits, const LineHandler &handler)
        : m_command(command)
        , m_limits(limits)
        , m_keptOut(limits.keptOutput)
        , m_keptErr(limits.keptOutput)
        , m_linesOut([&handler](const QByteArray &line) {
            if (handler)
                handler(Stream::Out, line);
        })
        , m_linesErr([&handler](const QByteArray &line) {
            if (handler)
                handler(Stream::Err, line);
        })
    {}

    Result<ProcessResult> toTheEnd(const QString &program, Monitor &monitor)
    {
        if (const auto started = start(program); !started)
            return started.failure();
        QElapsedTimer silence;
        silence.start();
        while (m_process.state() != QProcess::NotRunning) {
            if (monitor.isCancelRequested()) {
                end();
                return Cancelled{};
            }
            if (wait())
                silence.start();
            if (silence.hasExpired(m_limits.silence.count()))
                return endSilent();
            if (m_printed > m_limits.mostOutput)
                return endEndless();
        }
        drain();
        if (m_printed > m_limits.mostOutput)
            return endEndless();
        m_linesOut.finish();
        m_linesErr.finish();
        return result();
    }

private:
    Result<> start(const QString &program)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LC_ALL"_s, u"C"_s);
        for (auto it = m_command.environment.begin(); it != m_command.environment.end(); ++it)
            environment.insert(it.key(), it.value());
        m_process.setProcessEnvironment(environment);
        m_process.setWorkingDirectory(m_command.workingFolder);
        m_process.setChildProcessModifier([] {
            ::setsid();
            // Where we are killed nobody watches it any more, and the next run would meet it.
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        });
        if (m_command.standardInput.isEmpty())
            m_process.setStandardInputFile(QProcess::nullDevice());
        m_clock.start();
        m_process.start(program, m_command.arguments);
        if (!m_process.waitForStarted(-1)) {
            return Error{ProcessError::NotStarted,
                         Process::tr("The program %1 could not be started: %2.")
                             .arg(shown(program), m_process.errorString()),
                         {},
                         {}};
        }
        m_leader = m_process.processId();
        if (!m_command.standardInput.isEmpty()) {
            m_process.write(m_command.standardInput);
            m_process.closeWriteChannel();
        }
        return Success;
    }

    /// Waits a moment for output; whether some came.
    bool wait()
    {
        QElapsedTimer waited;
        waited.start();
        const bool hasMore = m_process.waitForReadyRead(PollInterval);
        // A program that has closed its output and goes on is not waited for by reading.
        if (!hasMore && waited.elapsed() < PollInterval / 2)
            m_process.waitForFinished(PollInterval);
        return drain();
    }

    bool drain()
    {
        const auto out = m_process.readAllStandardOutput();
        const auto err = m_process.readAllStandardError();
        m_keptOut.add(out);
        m_keptErr.add(err);
        // What is more, also while the program is being ended, fills nobody's log.
        const auto left = [this] { return std::max(qint64(0), m_limits.mostOutput - m_printed); };
        m_linesOut.add(out.left(left()));
        m_printed += out.size();
        m_linesErr.add(err.left(left()));
        m_printed += err.size();
        return !out.isEmpty() || !err.isEmpty();
    }

    /// Ends the program with all that it started: asks, waits for the grace, forces.
    void end()
    {
        ProcessTree tree(m_leader);
        tree.signal(SIGTERM);
        QElapsedTimer waited;
        waited.start();
        auto isOver = [&] {
            if (m_process.state() != QProcess::NotRunning)
                m_process.waitForFinished(PollInterval / 2);
            else
                QThread::msleep(PollInterval / 2);
            drain();
            return m_process.state() == QProcess::NotRunning && tree.isGone();
        };
        while (!isOver()) {
            if (waited.hasExpired(m_limits.grace.count()))
                tree.signal(SIGKILL);
            // Not even force ends a process that waits for a dead disk or network folder.
            if (waited.hasExpired((m_limits.grace + std::chrono::seconds(5)).count()))
                return;
        }
    }

    Error endSilent()
    {
        end();
        const auto seconds = std::chrono::duration<double>(m_limits.silence).count();
        const auto number = QLocale().toString(seconds, 'f', seconds < 10 ? 1 : 0);
        return {ProcessError::Silent,
                Process::tr("%1 printed nothing for %2 seconds and was ended.")
                    .arg(m_command.program, number),
                lastOutput(m_command, result()),
                {}};
    }

    Error endEndless()
    {
        const auto size = QLocale::c().formattedDataSize(m_limits.mostOutput);
        m_linesOut.add("\n[... the output is cut here, after " + size.toUtf8() + " ...]\n");
        end();
        return {ProcessError::EndlessOutput,
                Process::tr("%1 printed more than %2 and was ended.")
                    .arg(m_command.program, QLocale().formattedDataSize(m_limits.mostOutput)),
                lastOutput(m_command, result()),
                {}};
    }

    ProcessResult result() const
    {
        ProcessResult result;
        result.exitCode = m_process.exitCode();
        if (m_process.exitStatus() == QProcess::CrashExit) {
            result.signal = m_process.exitCode();
            result.exitCode = 128 + result.signal;
        }
        result.standardOutput = m_keptOut.toBytes();
        result.standardError = m_keptErr.toBytes();
        result.truncated = m_keptOut.isTruncated() || m_keptErr.isTruncated();
        result.elapsed = std::chrono::milliseconds(m_clock.elapsed());
        return result;
    }

    const Command &m_command;
    const ProcessLimits &m_limits;
    KeptOutput m_keptOut;
    KeptOutput m_keptErr;
    LineSplitter m_linesOut;
    LineSplitter m_linesErr;
    QElapsedTimer m_clock;
    qint64 m_leader = 0;
    qint64 m_printed = 0; ///< bytes
    QProcess m_process;
};

} // namespace

Result<ProcessResult> runProcessUntilSignal(const Command &command,
                                            const ProcessLimits &limits,
                                            const LineHandler &handler,
                                            Monitor &monitor)
{
    if (monitor.isCancelRequested())
        return Cancelled{};
    const auto program = located(command);
    if (!program)
        return program.failure();
    return Run(command, limits, handler).toTheEnd(*program, monitor);
}

Result<ProcessResult> runProcess(const Command &command,
                                 const ProcessLimits &limits,
                                 const LineHandler &handler,
                                 Monitor &monitor)
{
    auto result = runProcessUntilSignal(command, limits, handler, monitor);
    if (result && result->signal != 0)
        return crashOf(command, *result);
    return result;
}

Error crashOf(const Command &command, const ProcessResult &result)
{
    const auto *const name = sigabbrev_np(result.signal);
    return {ProcessError::Crashed,
            Process::tr("%1 was ended by the signal %2 (%3).")
                .arg(command.program)
                .arg(result.signal)
                .arg(name ? u"SIG"_s + QString::fromLatin1(name) : u"?"_s),
            lastOutput(command, result),
            {}};
}

} // namespace Banister
