// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace Banister {

/// How a program ended, and what it said on both channels.
struct ProgramEnd
{
    bool wasKilled = false; ///< by SIGKILL
    int status = -1;        ///< -1: it did not end by itself
    QByteArray output;

    /// For the message of a test.
    QString told() const;
};

/// Runs a program to its end. Variables are added to the environment ("NAME=value").
ProgramEnd
runProgram(const QString &program, const QStringList &arguments, const QStringList &variables = {});

/// Runs banister-cli.
ProgramEnd runBanister(const QStringList &arguments, const QStringList &variables = {});

} // namespace Banister
