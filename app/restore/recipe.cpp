// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restore/recipe.h"

#include "files/durable.h"
#include "restore/restorepoint.h"

#include <QString>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

Result<> writeRecipe(const RestorePoint &point)
{
    // English on purpose: whoever needs this text may sit at a server's console without a locale.
    QString recipe =
        u"Restore point of %1 %2, %3 UTC\n"
        "\n"
        "This brings the site back without Banister. Files and database belong together:\n"
        "restore both.\n"
        "\n"
        "1. Database %4. This replaces its tables:\n"
        "\n"
        "   cd %5\n"
        "   for part in *.sql*; do\n"
        "     case $part in *.zst) zstdcat \"$part\";; *.gz) zcat \"$part\";; *) cat \"$part\";; "
        "esac\n"
        "   done | mariadb %6\n"
        "\n"
        "   Tables that only the newer version has stay behind; they do no harm.\n"
        "\n"
        "2. Files of %7. If moved.json stands beside this text, they were moved away;\n"
        "   \"holding\" in it names the folder (the first that exists). Set the entries named\n"
        "   under \"in\" aside and move everything from the holding folder back:\n"
        "\n"
        "   cd %7\n"
        "   mkdir ../set-aside && mv -- ENTRIES ../set-aside/\n"
        "   mv -- HOLDING-FOLDER/* HOLDING-FOLDER/.[!.]* .\n"
        "\n"_s.arg(point.product,
                   point.version,
                   point.created.toString(u"yyyy-MM-dd HH:mm:ss"_s),
                   point.databaseName,
                   shellQuoted(point.databaseFolder()),
                   shellQuoted(point.databaseName),
                   shellQuoted(point.siteFolder));
    if (!point.preserved.isEmpty()) {
        recipe += u"3. Folders that the site writes to, as they were:\n\n"_s;
        for (const auto &relative : point.preserved) {
            recipe += u"   rm -rf -- %1 && cp -a -- %2 %1\n"_s.arg(
                shellQuoted(point.siteFolder + u'/' + relative),
                shellQuoted(point.preservedFolder() + u'/' + relative));
        }
    }
    return writeDurably(point.folder + u"/RESTORE.txt"_s, recipe.toUtf8());
}

} // namespace Banister
