// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "process/process.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace Banister {

/// The commands of Mautic's console that Banister runs.
enum class ConsoleCommand {
    Version,
    MigrationStatus,
    MigrationVersions, ///< the status with the list of all versions
    MigrateNext,
    MigrateAll,
    CacheClear,
    SchemaDump,
    SchemaForce,
    SchemaValidate,
    UpdateFind,
    UpdateApply,
    UpdateFinish,
    Other,
};

/// What stands behind the path of the console: command and options, for a console that nobody sits
/// at (--no-interaction) and that serves the site (--env=prod --no-debug). Empty for Other.
QStringList consoleArguments(ConsoleCommand command);

/// What a command did, whatever its exit status says.
struct ConsoleVerdict
{
    enum class Outcome { Succeeded, NothingToDo, Failed };
    Outcome outcome = Outcome::Succeeded;
    /// Of Failed: a MauticConsoleError, what PHP or the database said below it.
    std::optional<Error> error = std::nullopt;

    bool isFailed() const { return outcome == Outcome::Failed; }
};

/// Judges by what the commands of Mautic 2.16 and 3.x print. The secrets of the site (see
/// MauticConfiguration::secrets()) are taken out of all texts.
ConsoleVerdict
judge(ConsoleCommand command, const ProcessResult &result, const QStringList &secrets = {});

/// The folder of the plugin that a failure is about ("HelloWorldBundle"); empty where it names none.
QString pluginBlamed(const ProcessResult &result);

} // namespace Banister
