// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "products/mautic/consoleverdict.h"

#include <QFile>
#include <QRegularExpression>

#include <optional>

namespace Banister::Testing {

/// What a console printed, from a file: header lines ("# command:", "# php:", "# exit:"), then the
/// two streams, each below a ruler.
struct Capture
{
    QByteArray command;
    ProcessResult run;
};

inline std::optional<Capture> readCapture(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray text = file.readAll();
    const QByteArray outputRuler = "----- stdout -----\n";
    const QByteArray errorRuler = "----- stderr -----";
    const qsizetype output = text.indexOf(outputRuler);
    const qsizetype error = text.indexOf(errorRuler, output);
    if (output < 0 || error < 0)
        return std::nullopt;

    Capture capture;
    for (const QByteArray &line : text.left(output).split('\n')) {
        if (line.startsWith("# command: "))
            capture.command = line.mid(11);
        else if (line.startsWith("# exit: "))
            capture.run.exitCode = line.mid(8).split(' ').first().toInt();
    }
    const qsizetype outputStart = output + outputRuler.size();
    capture.run.standardOutput = text.mid(outputStart, error - outputStart);
    capture.run.standardError = text.mid(error + errorRuler.size() + 1);
    const QByteArray openEnd = "<no newline at end>\n";
    for (QByteArray *stream : {&capture.run.standardOutput, &capture.run.standardError}) {
        if (stream->endsWith(openEnd))
            stream->chop(openEnd.size() + 1);
    }
    return capture;
}

/// Which command a command line runs.
inline ConsoleCommand commandOf(const QByteArray &line)
{
    const auto has = [&line](const char *word) { return line.contains(word); };
    if (has("migrations:status"))
        return has("--show-versions") ? ConsoleCommand::MigrationVersions
                                      : ConsoleCommand::MigrationStatus;
    if (has("migrations:migrate"))
        return has("migrate next") ? ConsoleCommand::MigrateNext : ConsoleCommand::MigrateAll;
    if (has("cache:clear"))
        return ConsoleCommand::CacheClear;
    if (has("schema:update"))
        return has("--force") ? ConsoleCommand::SchemaForce : ConsoleCommand::SchemaDump;
    if (has("schema:validate"))
        return ConsoleCommand::SchemaValidate;
    if (has("update:find"))
        return ConsoleCommand::UpdateFind;
    if (has("update:apply"))
        return has("--finish") ? ConsoleCommand::UpdateFinish : ConsoleCommand::UpdateApply;
    return has("--version") ? ConsoleCommand::Version : ConsoleCommand::Other;
}

} // namespace Banister::Testing
