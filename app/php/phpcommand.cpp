// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phpcommand.h"

#include "base/shellword.h"
#include "php/commandline.h"
#include "php/phperror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct PhpCommandText
{
    Q_DECLARE_TR_FUNCTIONS(PhpCommand)
};

bool isProgram(const QString &word, const QStringList &names)
{
    return names.contains(QFileInfo(word).fileName());
}

/// What follows the folder in the path, with its slash; null where the path is not in it.
std::optional<QString> below(const QString &path, const QString &folder)
{
    if (folder.isEmpty())
        return {};
    const auto clean = QDir::cleanPath(path);
    const auto base = QDir::cleanPath(folder);
    if (clean == base)
        return QString();
    const auto prefix = base.endsWith(u'/') ? base : base + u'/';
    if (!clean.startsWith(prefix))
        return {};
    return clean.mid(prefix.size() - 1);
}

} // namespace

Result<PhpCommand> PhpCommand::fromText(const QString &text)
{
    auto words = splitCommandLine(text);
    if (!words)
        return words.failure();
    PhpCommand command;
    command.command = *std::move(words);
    return command;
}

QString PhpCommand::toText() const
{
    return joinCommandLine(command);
}

Result<QString> PhpCommand::toServer(const QString &localPath) const
{
    if (serverFolder.isEmpty())
        return localPath;
    auto rest = below(localPath, localFolder);
    if (!rest) // one of the two may lead through a link
        rest = below(QFileInfo(localPath).canonicalFilePath(),
                     QFileInfo(localFolder).canonicalFilePath());
    if (!rest) {
        return Error{
            PhpError::OutsideMapping,
            PhpCommandText::tr("%1 is outside of %2, so the PHP of the site cannot see it.")
                .arg(QDir::toNativeSeparators(localPath), QDir::toNativeSeparators(localFolder)),
            {},
            {}};
    }
    return QDir::cleanPath(serverFolder + *rest);
}

QString PhpCommand::toLocal(const QString &serverPath) const
{
    const auto rest = below(serverPath, serverFolder);
    return rest ? QDir::cleanPath(localFolder + *rest) : serverPath;
}

bool PhpCommand::isThroughShell() const
{
    static const QStringList shells{u"ssh"_s, u"autossh"_s};
    static const QStringList starters{u"sudo"_s,
                                      u"doas"_s,
                                      u"sshpass"_s,
                                      u"env"_s,
                                      u"nice"_s,
                                      u"ionice"_s,
                                      u"timeout"_s,
                                      u"torsocks"_s};
    if (command.isEmpty())
        return false;
    if (isProgram(command.first(), shells))
        return true;
    // "sshpass -f file ssh web1 php", but not "docker exec ssh php".
    return isProgram(command.first(), starters)
           && std::any_of(command.begin(), command.end(), [](const QString &word) {
                  return isProgram(word, shells);
              });
}

QStringList PhpCommand::withArguments(const QStringList &arguments) const
{
    auto added = options + arguments;
    if (isThroughShell())
        std::transform(added.begin(), added.end(), added.begin(), [](const QString &argument) {
            return shellWord(argument);
        });
    return command + added;
}

} // namespace Banister
