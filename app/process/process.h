// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QByteArray>
#include <QMap>
#include <QStringList>

#include <chrono>
#include <functional>

namespace Banister {

/// What to run. No shell is involved.
struct Command
{
    QString program; ///< a path, or a name that is looked up in PATH
    QStringList arguments;
    QString workingFolder = {};              ///< empty: the present one
    QMap<QString, QString> environment = {}; ///< added to ours; LC_ALL is C unless given here
    QByteArray standardInput = {};           ///< empty: the end of file at once
    QStringList secrets = {};                ///< taken out of the details of errors
};

struct ProcessLimits
{
    /// The longest time without a byte of output. The total time has no limit.
    std::chrono::milliseconds silence = std::chrono::seconds(300);
    /// Between the wish to end and the end by force.
    std::chrono::milliseconds grace = std::chrono::seconds(3);
    /// Bytes kept of each stream: of what is longer, the beginning and the end.
    qint64 keptOutput = qint64(4) << 20;
    /// Bytes of both streams after which a program is taken for one that prints without end.
    qint64 mostOutput = qint64(64) << 20;
};

enum class Stream { Out, Err };

/// Gets each line without its line break, on the thread that runs the program. A carriage return
/// ends a line too (progress bars); lines of more than 64 KiB come in parts; what stands at the end
/// without a line break comes last.
using LineHandler = std::function<void(Stream stream, const QByteArray &line)>;

struct ProcessResult
{
    int exitCode = 0; ///< 128 + signal where a signal ended the program, as shells have it
    QByteArray standardOutput = {};
    QByteArray standardError = {};
    bool truncated = false; ///< the middle of a stream is left out; a line says how much
    std::chrono::milliseconds elapsed{0};
    int signal = 0; ///< 0 unless one ended the program
};

/// Runs a program to its end, on the calling thread, which waits: never the thread of the window.
/// The program has a session of its own. Cancelled, silent for too long or printing without end, it
/// is ended with all that it started: asked first, forced after the grace. What a program leaves running on purpose
/// does not keep this from returning. A status other than 0 is a result, not an error.
Result<ProcessResult> runProcess(const Command &command,
                                 const ProcessLimits &limits,
                                 const LineHandler &handler,
                                 Monitor &monitor);

/// The same, but the end by a signal is a result as well (ProcessResult::signal).
Result<ProcessResult> runProcessUntilSignal(const Command &command,
                                            const ProcessLimits &limits,
                                            const LineHandler &handler,
                                            Monitor &monitor);

/// ProcessError::Crashed for a result with a signal; the details are the end of its output.
Error crashOf(const Command &command, const ProcessResult &result);

} // namespace Banister
