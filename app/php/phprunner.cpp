// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phprunner.h"

#include "php/phperror.h"
#include "php/phpfailure.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Banister {

Result<ProcessResult> PhpRunner::runScript(const QString &localScript,
                                           const QStringList &arguments,
                                           const LineHandler &handler,
                                           Monitor &monitor) const
{
    const auto script = m_command.toServer(localScript);
    if (!script)
        return script.failure();
    return run(QStringList{*script} + arguments, handler, monitor);
}

Result<ProcessResult> PhpRunner::runCode(const QString &code,
                                         const QStringList &arguments,
                                         const LineHandler &handler,
                                         Monitor &monitor) const
{
    return run(QStringList{u"-r"_s, code} + arguments, handler, monitor);
}

Result<PhpFacts> PhpRunner::facts(Monitor &monitor) const
{
    const auto result = runCode(PhpFacts::code(), {}, {}, monitor);
    if (!result)
        return result.failure();
    if (const auto facts = PhpFacts::read(result->standardOutput))
        return *facts;
    if (auto failure = recognisePhpFailure(*result, m_secrets))
        return *failure;
    const auto details = phpOutputForDetails(*result, m_secrets);
    if (result->exitCode == 0 || result->exitCode == 126 || result->exitCode == 127) {
        return Error{PhpError::NotPhp,
                     tr("The command “%1” does not run a PHP for the command line (status %2).")
                         .arg(m_command.toText())
                         .arg(result->exitCode),
                     details,
                     {}};
    }
    return Error{PhpError::UnreadableOutput,
                 tr("PHP told nothing of itself; it ended with status %1.").arg(result->exitCode),
                 details,
                 {}};
}

Result<ProcessResult>
PhpRunner::run(const QStringList &arguments, const LineHandler &handler, Monitor &monitor) const
{
    const auto words = m_command.withArguments(arguments);
    Command command{words.value(0), words.mid(1)};
    if (QFileInfo(m_command.localFolder).isDir())
        command.workingFolder = m_command.localFolder;
    command.environment = m_environment;
    command.secrets = m_secrets;
    return runProcessUntilSignal(command, m_limits, handler, monitor);
}

} // namespace Banister
