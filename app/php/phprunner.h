// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "php/phpcommand.h"
#include "php/phpfacts.h"
#include "process/process.h"

#include <QCoreApplication>

namespace Banister {

/// Runs scripts with the PHP of a site. Calls wait for the end: never on the thread of the window.
/// Cancelling ends what runs here; through ssh or docker, PHP on the other side ends when it next
/// writes to the connection that is gone.
class PhpRunner
{
    Q_DECLARE_TR_FUNCTIONS(PhpRunner)

public:
    explicit PhpRunner(PhpCommand command, ProcessLimits limits = {})
        : m_command(std::move(command))
        , m_limits(limits)
    {}

    const PhpCommand &command() const { return m_command; }

    /// Added to the environment of the program; a wrapper passes on what it likes.
    void setEnvironment(const QMap<QString, QString> &environment) { m_environment = environment; }
    /// Texts that must not show in the details of errors.
    void setSecrets(const QStringList &secrets) { m_secrets = secrets; }

    /// Runs the script of the site in the site's folder. Any status is a result, the end by a
    /// signal too (128 + signal): recognisePhpFailure() tells what went wrong.
    Result<ProcessResult> runScript(const QString &localScript,
                                    const QStringList &arguments,
                                    const LineHandler &handler,
                                    Monitor &monitor) const;
    /// The same for code, as `php -r` runs it.
    Result<ProcessResult> runCode(const QString &code,
                                  const QStringList &arguments,
                                  const LineHandler &handler,
                                  Monitor &monitor) const;
    /// Also tells whether the command is a PHP at all.
    Result<PhpFacts> facts(Monitor &monitor) const;

private:
    Result<ProcessResult>
    run(const QStringList &arguments, const LineHandler &handler, Monitor &monitor) const;

    PhpCommand m_command;
    ProcessLimits m_limits;
    QMap<QString, QString> m_environment;
    QStringList m_secrets;
};

} // namespace Banister
