// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("BanisterCli", sentence);
}

QList<CliOption> databaseOptions()
{
    return {{u"db-host"_s, u"HOST"_s, text("database host as seen from here")},
            {u"db-port"_s, u"PORT"_s, text("database port as seen from here"), {}, 65'535},
            {u"db-socket"_s, u"FILE"_s, text("database socket as seen from here")},
            {u"db-user"_s, u"USER"_s, text("database user instead of the configured one")},
            {u"db-password-file"_s, u"FILE"_s, text("file whose first line is the password")},
            {u"db-tls"_s,
             u"MODE"_s,
             text("off, required or verified"),
             {u"off"_s, u"required"_s, u"verified"_s}},
            {u"db-ca"_s, u"FILE"_s, text("certificate authority of the database server")}};
}

QList<CliOption> siteOptions()
{
    return databaseOptions()
           + QList<CliOption>{
               {u"php"_s, u"CMD"_s, text("program or wrapper that runs PHP: \"ssh web1 php\"")},
               {u"server-path"_s, u"DIR"_s, text("the site's folder as the server sees it")},
               {u"package"_s, u"ZIP"_s, text("release to upgrade to: a file or an address")},
               {u"sha256"_s, u"HASH"_s, text("SHA-256 that the package must have")},
               {u"original-package"_s,
                u"ZIP"_s,
                text("release that runs now; tells your changes from updates")},
               {u"backup-dir"_s,
                u"DIR"_s,
                text("folder for restore points; else beside the site's, or in it")}};
}

QList<CliOption> acceptOptions()
{
    return {{u"accept"_s, u"CODE"_s, text("accept this warning; may be given several times")},
            {u"accept-all-warnings"_s, {}, text("accept every warning")}};
}

CliOption yes()
{
    return {u"yes"_s, {}, text("do not ask")};
}

CliOption breakLock()
{
    return {u"break-lock"_s, {}, text("release the site from another computer that is dead")};
}

/// One of them a call; --name goes with --make and --rename, --folder with --move.
QList<CliOption> pointOptions()
{
    return {{u"make"_s, {}, text("makes one now, with copies of all files")},
            {u"name"_s, u"TEXT"_s, text("with --make and --rename: what to call it")},
            {u"import"_s, u"NAME"_s, text("makes one of what another program has left")},
            {u"show"_s, u"ID"_s, text("all that is known of it, and whether it can be used")},
            {u"rename"_s, u"ID"_s, text("gives it the name of --name")},
            {u"freeze"_s, u"ID"_s, text("keeps it from being removed")},
            {u"unfreeze"_s, u"ID"_s, text("lets it be removed again")},
            {u"remove"_s, u"ID"_s, text("removes it, or what is left of one")},
            {u"keep"_s,
             u"N"_s,
             text("removes the oldest beyond N which nobody froze and no run needs"),
             {},
             10'000},
            {u"move"_s, u"ID"_s, text("moves it to the folder of --folder")},
            {u"folder"_s, u"DIR"_s, text("with --move: where to")}};
}

CliOption number(const QString &name, const QString &help)
{
    return {name, u"N"_s, help, {}, 1'000'000'000};
}

QList<CliCommand> makeCommands()
{
    const auto site = u"SITE"_s;
    const auto access = siteOptions();
    const auto goingOn = access + QList<CliOption>{breakLock()};
    const QList<CliOption> backup{{u"backup-dir"_s, u"DIR"_s, text("folder for restore points")}};
    QList<CliCommand> commands{
        {u"detect"_s, site, text("product, version, database and paths"), {}},
        {u"check"_s, site, text("looks for what would stand in the way"), access + acceptOptions()},
        {u"plan"_s, site, text("shows the steps of an upgrade; nothing is done"), access},
        {u"upgrade"_s,
         site,
         text("checks, backs up, upgrades"),
         access + acceptOptions() + QList<CliOption>{yes(), breakLock()}},
        {u"status"_s, site, text("where the last run stands"), backup},
        {u"resume"_s, site, text("goes on with a run that stands half-way"), goingOn},
        {u"retry"_s, site, text("repeats the step that failed and goes on"), goingOn},
        {u"restore-points"_s,
         site,
         text("lists the restore points, makes one, or does something with one"),
         databaseOptions() + backup + pointOptions() + QList<CliOption>{yes()}},
        {u"verify"_s,
         site,
         text("reads a restore point back and compares"),
         databaseOptions() + backup
             + QList<CliOption>{{u"to"_s, u"ID"_s, text("restore point; the newest if not given")},
                                {u"deep"_s,
                                 {},
                                 text("also loads the dump into a scratch database, to count")}}},
        {u"rollback"_s,
         site,
         text("brings files and database back to a restore point"),
         access
             + QList<CliOption>{{u"to"_s,
                                 u"ID"_s,
                                 text("restore point; the last upgrade's if not given")},
                                {u"preview"_s, {}, text("shows the steps and what would be lost")},
                                {u"export"_s,
                                 u"DIR"_s,
                                 text("first writes rows added or changed since to a new folder")},
                                {u"only"_s,
                                 u"PART"_s,
                                 text("files or database alone"),
                                 {u"files"_s, u"database"_s}},
                                {u"path"_s,
                                 u"PATH"_s,
                                 text("of the files only this file or folder; can be repeated")},
                                {u"table"_s,
                                 u"TABLE"_s,
                                 text("of the database only this table; can be repeated")},
                                {u"no-safety-point"_s,
                                 {},
                                 text("does not keep the present state: no way back from this")},
                                yes(),
                                breakLock()}},
        {u"log"_s,
         site,
         text("prints the upgrade log"),
         {{u"follow"_s, {}, text("goes on printing as lines are added")},
          {u"run"_s, u"ID"_s, text("the lines of this run only")},
          {u"level"_s,
           u"LEVEL"_s,
           text("only this level and above: info, warning, error"),
           {u"info"_s, u"warning"_s, u"error"_s}}}},
        {u"explain"_s, u"CODE"_s, text("what an error code means and what to do"), {}},
        {u"practice"_s,
         u"NEW-FOLDER"_s,
         text("builds a practice site with a database of its own"),
         {{u"product"_s, u"NAME"_s, text("mautic"), {u"mautic"_s}},
          number(u"files"_s, text("number of files, about")),
          number(u"rows"_s, text("number of rows in the database, about")),
          {u"php"_s, u"CMD"_s, text("program that runs PHP")},
          {u"remove"_s,
           {},
           text("stops the server of the practice site and removes the folder")}}}};
    for (auto &command : commands) {
        command.options.append({u"json"_s, {}, text("prints JSON on standard output")});
        command.options.append({u"help"_s, {}, text("prints this text")});
    }
    return commands;
}

const CliCommand *findCommand(const QString &name)
{
    const auto &commands = cliCommands();
    const auto found = std::find_if(commands.begin(), commands.end(), [&name](const auto &command) {
        return command.name == name;
    });
    return found == commands.end() ? nullptr : &*found;
}

const CliOption *findOption(const CliCommand &command, const QString &name)
{
    const auto found = std::find_if(command.options.begin(),
                                    command.options.end(),
                                    [&name](const auto &option) { return option.name == name; });
    return found == command.options.end() ? nullptr : &*found;
}

/// What is wrong with the value; empty where nothing is.
QString problemOf(const CliOption &option, const QString &value)
{
    if (!option.choices.isEmpty() && !option.choices.contains(value)) {
        return text("The option --%1 takes one of: %2.")
            .arg(option.name, option.choices.join(u", "_s));
    }
    bool isNumber = false;
    const auto number = value.toLongLong(&isNumber);
    if (option.largest > 0 && (!isNumber || number < 1 || number > option.largest)) {
        return text("The option --%1 takes a number from 1 to %2.")
            .arg(option.name, QString::number(option.largest));
    }
    return {};
}

QString optionLine(const CliOption &option)
{
    constexpr int Column = 28;
    auto left = u"  --"_s + option.name;
    if (!option.valueName.isEmpty())
        left += u' ' + option.valueName;
    return left.leftJustified(Column) + option.help + u'\n';
}

} // namespace

const QList<CliCommand> &cliCommands()
{
    static const auto commands = makeCommands();
    return commands;
}

std::variant<CliRequest, WrongUse> parseArguments(const QStringList &arguments)
{
    CliRequest request;
    const CliCommand *command = nullptr;
    bool onlyArguments = false;
    for (qsizetype index = 0; index < arguments.size(); ++index) {
        const auto &word = arguments.at(index);
        if (!onlyArguments && (word == "-h"_L1 || (!command && word == "help"_L1))) {
            request.wantsHelp = true;
            continue;
        }
        if (onlyArguments || !word.startsWith(u"--"_s)) {
            if (!command) {
                command = findCommand(word);
                if (!command)
                    return WrongUse{text("There is no command %1.").arg(word)};
                request.command = word;
            } else if (request.argument.isEmpty()) {
                request.argument = word;
            } else {
                return WrongUse{text("%1 is one argument too many.").arg(word)};
            }
            continue;
        }
        if (word == "--"_L1) {
            onlyArguments = true;
            continue;
        }
        const auto name = word.mid(2).section(u'=', 0, 0);
        if (name == "help"_L1) {
            request.wantsHelp = true;
            continue;
        }
        if (!command && name == "version"_L1) {
            request.wantsVersion = true;
            continue;
        }
        const auto *option = command ? findOption(*command, name) : nullptr;
        if (!option) {
            return WrongUse{
                command ? text("The command %1 has no option --%2.").arg(command->name, name)
                        : text("Give the command first, then --%1.").arg(name)};
        }
        if (option->valueName.isEmpty()) {
            if (word.contains(u'='))
                return WrongUse{text("The option --%1 takes no value.").arg(name)};
            request.values[name];
            continue;
        }
        if (!word.contains(u'=') && index + 1 >= arguments.size())
            return WrongUse{text("The option --%1 lacks its value.").arg(name)};
        const auto value = word.contains(u'=') ? word.section(u'=', 1) : arguments.at(++index);
        if (const auto problem = problemOf(*option, value); !problem.isEmpty())
            return WrongUse{problem};
        request.values[name].append(value);
    }
    if (request.wantsHelp || request.wantsVersion)
        return request;
    if (!command)
        return WrongUse{text("Which command?")};
    if (request.argument.isEmpty())
        return WrongUse{text("The command %1 lacks %2.").arg(command->name, command->argument)};
    return request;
}

QString helpText(const QString &name)
{
    if (const auto *command = findCommand(name)) {
        auto help = u"banister-cli %1 %2 [options]\n\n%3\n\n"_s.arg(
            command->name, command->argument, command->help);
        for (const auto &option : command->options)
            help += optionLine(option);
        return help;
    }
    auto help = text("banister-cli COMMAND SITE [options]\n\n"
                     "Upgrades self-hosted web applications and can always bring them back.\n\n");
    constexpr int Column = 28;
    for (const auto &command : cliCommands())
        help += (u"  "_s + command.name + u' ' + command.argument).leftJustified(Column)
                + command.help + u'\n';
    help +=
        text("\nbanister-cli help COMMAND tells the options of a command.\n"
             "Exit status: 0 done; 1 a step failed; 2 wrong use; 3 checks block it; 4 no restore "
             "point; 5 another run holds the site; 130 cancelled.\n");
    return help;
}

} // namespace Banister
