// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/console.h"

#include "products/mautic/bundled.h"

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString firstLine(const QByteArray &line)
{
    return QString::fromUtf8(line).trimmed();
}

} // namespace

MauticConsole::MauticConsole(PhpRunner runner, QString script)
    : m_runner(std::move(runner))
    , m_script(std::move(script))
{}

Result<MauticConsole> MauticConsole::open(const SiteSettings &settings, Generation generation)
{
    auto words = PhpCommand::fromText(settings.phpCommand);
    if (!words)
        return words.failure();
    auto command = std::move(words).value();
    command.localFolder = settings.folder;
    command.serverFolder = settings.serverFolder;
    const auto script =
        generation == Generation::Mautic2 ? Mautic::Names::Console2 : Mautic::Names::Console3;
    return MauticConsole(PhpRunner(std::move(command), ProcessLimits{}),
                         settings.folder + u'/' + script);
}

Result<MauticConsole::Answer> MauticConsole::run(ConsoleCommand command, Monitor &monitor) const
{
    const auto arguments = consoleArguments(command);
    monitor.log(u"Running: "_s + m_script.section(u'/', -2) + u' ' + arguments.join(u' '));
    const auto process = m_runner.runScript(
        m_script,
        arguments,
        [&monitor](Stream, const QByteArray &line) {
            if (const auto text = withoutSecrets(firstLine(line)); !text.isEmpty()) {
                monitor.log(u"  "_s + text);
                monitor.report({0, 0, text});
            }
        },
        monitor);
    if (!process)
        return process.failure();
    return Answer{*process, judge(command, *process)};
}

} // namespace Banister
