// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "php/phprunner.h"
#include "products/mautic/consoleoutput.h"
#include "products/mautic/consoleverdict.h"
#include "products/sitesettings.h"

#include <QString>
#include <QStringList>

namespace Banister {

/// Runs the console of a site: app/console of Mautic 2, bin/console of 3.
class MauticConsole
{
public:
    enum class Generation { Mautic2, Mautic3 };

    static Result<MauticConsole> open(const SiteSettings &settings, Generation generation);

    /// What the console printed, and what that means. The verdict, not the exit status, tells
    /// whether the command did its work. Every line goes to the monitor's log.
    struct Answer
    {
        ProcessResult process;
        ConsoleVerdict verdict;
    };
    Result<Answer> run(ConsoleCommand command, Monitor &monitor) const;

    Result<PhpFacts> facts(Monitor &monitor) const { return m_runner.facts(monitor); }
    const QString &script() const { return m_script; }

private:
    MauticConsole(PhpRunner runner, QString script);

    PhpRunner m_runner;
    QString m_script; ///< as seen from here
};

} // namespace Banister
