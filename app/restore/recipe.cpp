// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/recipe.h"

#include "base/shellword.h"
#include "files/durable.h"
#include "restore/moverecord.h"
#include "restore/restorepoint.h"

#include <QFile>
#include <QString>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString scriptOf(const RestorePoint &point)
{
    return point.folder + u"/restore-files.sh"_s;
}

QString clientOf(const DatabaseSettings &database)
{
    QStringList words{u"mariadb"_s};
    if (!database.socket.isEmpty())
        words.append(u"--socket="_s + database.socket);
    else if (!database.host.isEmpty())
        words.append(u"--host="_s + database.host);
    if (database.port != 0 && database.socket.isEmpty())
        words.append(u"--port="_s + QString::number(database.port));
    if (database.tls != DatabaseSettings::Tls::Off)
        words.append(u"--ssl"_s);
    if (database.tls == DatabaseSettings::Tls::Verified) {
        words.append(u"--ssl-verify-server-cert"_s);
        if (!database.caFile.isEmpty())
            words.append(u"--ssl-ca="_s + database.caFile);
    }
    words.append({u"--user="_s + database.user, database.name});
    QStringList quoted;
    for (const auto &word : words)
        quoted.append(shellWord(word));
    return quoted.join(u' ');
}

QByteArray shellWords(const QList<QByteArray> &words)
{
    QByteArray line;
    for (const auto &word : words)
        line += ' ' + shellWord(word);
    return line;
}

QByteArray fetchMoved(const QList<QByteArray> &holding)
{
    return "for folder in" + shellWords(holding)
           + "; do\n"
             "  if [ ! -d \"$former\" ] && [ -d \"$folder\" ]; then\n"
             "    mv -- \"$folder\" \"$former\"\n"
             "  fi\n"
             "done\n";
}

QByteArray fetchCopies(const RestorePoint &point)
{
    return "if [ ! -d \"$former\" ]; then\n"
           "  rm -rf -- \"$former.part\"\n"
           "  cp -a -- "
           + shellWord(QFile::encodeName(point.copiesFolder()))
           + " \"$former.part\"\n"
             "  mv -- \"$former.part\" \"$former\"\n"
             "fi\n";
}

} // namespace

Result<> writeRecipe(const RestorePoint &point, const DatabaseSettings &database)
{
    // English on purpose: whoever needs this text may sit at a server's console without a locale.
    QString recipe =
        u"Restore point of %1 %2, %3 UTC\n"
        "\n"
        "This brings the site back without Banister. Files and database belong together:\n"
        "restore both. The lines that are indented are commands for a shell.\n"
        "\n"
        "1. Database %4. This replaces its tables. Type the password of the user %5:\n"
        "\n"
        "   stty -echo; read -r MYSQL_PWD; stty echo; export MYSQL_PWD\n"
        "   cd %6\n"
        "   for part in *.sql*; do\n"
        "     case $part in *.zst) zstdcat \"$part\";; *.gz) zcat \"$part\";; *) cat \"$part\";; "
        "esac\n"
        "   done | %7\n"
        "\n"
        "Tables that only the newer version has stay behind; they do no harm.\n"
        "\n"
        "2. Files. Where a run has moved them, a script stands beside this text that moves them "
        "back.\n"
        "What it takes away is in .banister/set-aside of the site afterwards.\n"
        "\n"
        "   if [ -e %8 ]; then sh %8; fi\n"
        "\n"_s.arg(point.product,
                   point.version,
                   point.created.toString(u"yyyy-MM-dd HH:mm:ss"_s),
                   point.databaseName,
                   database.user,
                   shellWord(point.databaseFolder()),
                   clientOf(database),
                   shellWord(scriptOf(point)));
    if (!point.preserved.isEmpty()) {
        recipe += u"3. Folders that the site writes to, as they were:\n\n"_s;
        for (const auto &relative : point.preserved) {
            const auto target = point.siteFolder + u'/' + relative;
            const auto fresh = target + u".restored"_s;
            recipe += u"   rm -rf -- %2 && cp -a -- %1 %2 && rm -rf -- %3 && mv -- %2 %3\n"_s.arg(
                shellWord(point.preservedFolder() + u'/' + relative),
                shellWord(fresh),
                shellWord(target));
        }
    }
    return writeDurably(point.folder + u"/RESTORE.txt"_s, recipe.toUtf8());
}

Result<> writeFilesScript(const RestorePoint &point, const MoveRecord &move)
{
    QList<QByteArray> added;
    for (const auto &name : move.in) {
        if (!move.out.contains(name))
            added.append(name);
    }
    QList<QByteArray> holding;
    for (const auto &relative : move.holding)
        holding.append(QFile::encodeName(relative));
    const QByteArray script =
        "#!/bin/sh\n"
        "# Moves the files of the site back. Can be run again.\n"
        "set -eu\n"
        "cd "
        + shellWord(QFile::encodeName(point.siteFolder))
        + "\n"
          "aside=.banister/set-aside\n"
          "former=.banister/former-files\n"
          "mkdir -p \"$aside\"\n"
          "stands() { [ -e \"$1\" ] || [ -L \"$1\" ]; }\n"
          "put() { case $1 in */*) mkdir -p \"$2/${1%/*}\";; esac; mv -- \"$3/$1\" \"$2/$1\"; }\n"
          "set_aside() { if stands \"$1\"; then put \"$1\" \"$aside\" .; fi; }\n"
        + (point.hasCopies ? fetchCopies(point) : fetchMoved(holding)) + "for name in"
        + shellWords(move.out)
        + "; do\n"
          "  if stands \"$former/$name\"; then\n"
          "    set_aside \"$name\"\n"
          "    put \"$name\" . \"$former\"\n"
          "  fi\n"
          "done\n"
          "for name in"
        + shellWords(added)
        + "; do set_aside \"$name\"; done\n"
        // Copies can be taken again another day.
        + (point.hasCopies ? "rmdir -- \"$former\"\n" : "");
    return writeDurably(scriptOf(point), script);
}

} // namespace Banister
