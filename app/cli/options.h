// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <variant>

namespace Banister {

struct CliOption
{
    QString name;             ///< without the dashes
    QString valueName;        ///< empty: a switch
    QString help;             ///< translated
    QStringList choices = {}; ///< the values that it takes; empty: any
    qint64 largest = 0;       ///< it takes a number from 1 to this; 0: any text
};

/// One command of banister-cli. This table is what is parsed and what --help prints.
struct CliCommand
{
    QString name;
    QString argument; ///< "SITE", "CODE", "NEW-FOLDER"
    QString help;     ///< translated
    QList<CliOption> options;
};

const QList<CliCommand> &cliCommands();

/// A command line that was understood.
struct CliRequest
{
    QString command; ///< empty: only help or the version was asked for
    QString argument;
    QHash<QString, QStringList> values;
    bool wantsHelp = false;
    bool wantsVersion = false;

    bool has(const QString &option) const { return values.contains(option); }
    /// Of one that is given twice, the last counts.
    QString value(const QString &option) const
    {
        const auto given = values.value(option);
        return given.isEmpty() ? QString() : given.last();
    }
};

/// A command line that was not understood, and why, for standard error.
struct WrongUse
{
    QString sentence;
};
std::variant<CliRequest, WrongUse> parseArguments(const QStringList &arguments);

/// The text of --help, of the program or of a command.
QString helpText(const QString &command = {});

} // namespace Banister
