// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/foreignbackup.h"

#include "database/scriptfacts.h"
#include "products/mautic/bundled.h"
#include "products/mautic/foreignfiles.h"
#include "products/mautic/mauticsite.h"
#include "products/mautic/ownfiles.h"
#include "products/mautic/siteconfiguration.h"
#include "products/mautic/upgrade.h"
#include "products/mautic/versiontable.h"
#include "restore/restoreerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("ForeignBackup", sentence);
}

Error refused(RestoreError code, const QString &fact)
{
    return {code, fact, {}, {}};
}

/// Names in var/ that a pattern of the script's with 32 hexadecimal digits fits; the newest first.
QStringList hashedNames(const QString &site, const QString &begin, const QString &end)
{
    const QRegularExpression pattern(u"^%1[0-9a-f]{32}%2$"_s.arg(QRegularExpression::escape(begin),
                                                                 QRegularExpression::escape(end)));
    QStringList names;
    const auto entries =
        QDir(site + u"/var"_s)
            .entryInfoList(QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot,
                           QDir::Time);
    for (const auto &entry : entries) {
        if (!entry.isSymLink() && pattern.match(entry.fileName()).hasMatch())
            names.append(u"var/"_s + entry.fileName());
    }
    return names;
}

QDateTime timeOf(const QString &path)
{
    return QFileInfo(path).lastModified().toUTC();
}

// What any Mautic has in its root; without one of them a folder may be about to be filled by others.
constexpr std::array Parts{
    "app"_L1, "index.php"_L1, "media"_L1, "plugins"_L1, "themes"_L1, "vendor"_L1};

QString dumpInRoot(const QString &site)
{
    const QString name = Mautic::Names::DatabaseDump + u".sql"_s;
    return QFileInfo(site + u'/' + name).isFile() ? name : QString();
}

/// The folders with the files of Mautic 2; an upgrade of Banister's has them one level deeper.
QStringList backupsIn(const QString &site)
{
    QStringList folders;
    const auto inRoot = site + u'/' + Mautic::Names::OldTree;
    const bool hasParts = std::any_of(Parts.begin(), Parts.end(), [&inRoot](const auto &name) {
        return QFileInfo::exists(inRoot + u'/' + name);
    });
    if (QFileInfo(inRoot).isDir() && !QFileInfo(inRoot).isSymLink()
        && (hasParts || !dumpInRoot(site).isEmpty()))
        folders.append(Mautic::Names::OldTree);
    folders += hashedNames(site, Mautic::Names::OldTree + u"-"_s, {});
    folders.removeIf([&site](const QString &folder) {
        const auto path = site + u'/' + folder;
        return QFileInfo(path + u"/site"_s).isDir() && !QFileInfo::exists(path + u"/app"_s);
    });
    return folders;
}

/// The dump that was made before the files were moved. The script gives both a name of chance, so that
/// of several only the time tells.
QString dumpOf(const QString &site, const QString &folder)
{
    if (!folder.startsWith("var/"_L1))
        return dumpInRoot(site);
    const auto dumps = hashedNames(site, Mautic::Names::DatabaseDump + u"_"_s, u".sql"_s);
    if (dumps.size() == 1 && backupsIn(site).size() == 1)
        return dumps.constFirst();
    const auto moved = timeOf(site + u'/' + folder);
    const auto found = std::find_if(dumps.begin(), dumps.end(), [&](const QString &dump) {
        return timeOf(site + u'/' + dump) <= moved;
    });
    return found == dumps.end() ? dumpInRoot(site) : *found;
}

FormerMautic formerOf(const QString &site, const ForeignLeft &left)
{
    const bool isDumpAlone = left.name == left.script;
    return {site, isDumpAlone ? QString() : site + u'/' + left.name};
}

/// The folder that has the version and the configuration of Mautic 2.
QString programFolder(const FormerMautic &former)
{
    const bool isMoved = !former.backup.isEmpty()
                         && QFileInfo::exists(former.backup + u'/' + Mautic::Names::VersionFile);
    return isMoved ? former.backup : former.site;
}

std::optional<Error> problemOf(const FormerMautic &former, const ForeignLeft &left)
{
    for (const auto &name :
         {Mautic::Names::ReleaseMetadata, Mautic::Names::Console3, Mautic::Names::NewHtaccess}) {
        if (!former.backup.isEmpty() && QFileInfo::exists(former.backup + u'/' + name)) {
            return refused(
                RestoreError::ForeignMixed,
                text("The folder %1 holds %2, which is Mautic 3's.").arg(former.backup, name));
        }
    }
    const auto program = programFolder(former);
    if (hasMautic3(program) || !QFileInfo::exists(program + u'/' + Mautic::Names::VersionFile)) {
        return refused(RestoreError::ForeignEmpty,
                       text("In %1 the program of Mautic 2 is missing: %2.")
                           .arg(former.site + u'/' + left.name, Mautic::Names::VersionFile));
    }
    const auto then = configurationOf(program);
    if (!then)
        return then.isError() ? std::optional(then.error()) : std::nullopt;
    const auto now = configurationOf(former.site);
    if (!now)
        return {}; // between two versions: there is only the one
    const auto before = then->database();
    const auto present = now->database();
    if (before.name == present.name && before.tablePrefix == present.tablePrefix)
        return {};
    return refused(RestoreError::OtherSite,
                   text("%1 belongs to the database %2 with the prefix \"%3\"; the site now uses "
                        "%4 with \"%5\".")
                       .arg(former.site + u'/' + left.name,
                            before.name,
                            before.tablePrefix,
                            present.name,
                            present.tablePrefix));
}

ForeignLeft describe(const SiteSettings &settings, const QString &name, const QString &script)
{
    ForeignLeft left;
    left.name = name;
    left.program = Mautic::Names::UpgradeScript;
    left.product = u"mautic"_s;
    left.script = script;
    left.created = timeOf(settings.folder + u'/' + (script.isEmpty() ? name : script));
    const auto former = formerOf(settings.folder, left);
    if (const auto recognised = recogniseMautic(programFolder(former));
        recognised && recognised->site)
        left.version = recognised->site->versionText;
    left.problem = problemOf(former, left);
    return left;
}

/// When the script wrote its last line; the time of the dump where it left no log.
QDateTime endOfScript(const QString &site, const ForeignLeft &left)
{
    auto logs = hashedNames(site, u"upgrade_log_"_s, u".txt"_s);
    if (QFileInfo::exists(site + u'/' + Mautic::Names::UpgradeLog))
        logs.prepend(Mautic::Names::UpgradeLog);
    return logs.isEmpty() ? left.created
                          : std::max(left.created, timeOf(site + u'/' + logs.constFirst()));
}

/// Without a dump, the present database will do where it has no migration that Mautic 2 does not.
Result<> checkPresentDatabase(const FormerMautic &former,
                              const ForeignLeft &left,
                              const RestorePointRequest &request)
{
    const auto recorded = recordedVersions(request.database, request.tablePrefix);
    if (!recorded)
        return recorded.failure();
    const QDir migrations(programFolder(former) + u"/app/migrations"_s);
    const bool isFormer =
        !recorded->isEmpty()
        && std::all_of(recorded->begin(), recorded->end(), [&](const QString &version) {
               return migrations.exists(u"Version"_s + version + u".php"_s);
           });
    if (isFormer)
        return Success;
    return refused(
        RestoreError::ForeignNoDump,
        text("Beside %1 there is no dump of the database, and the database is not of Mautic 2 any "
             "more. A dump of your own can take its place: put it at %2.")
            .arg(former.site + u'/' + left.name,
                 former.site + u'/' + Mautic::Names::DatabaseDump + u".sql"_s));
}

/// Whose dump it is, as it says itself.
Result<> checkDump(const QString &script, const QString &database, const Monitor &monitor)
{
    const auto facts = readScriptFacts(script, monitor);
    if (!facts)
        return facts.failure();
    if (facts->database.isEmpty() || facts->database == database)
        return Success;
    return refused(RestoreError::OtherSite,
                   text("%1 is a dump of the database %2; the site's is %3.")
                       .arg(script, facts->database, database));
}

} // namespace

QList<ForeignLeft> foreignBackups(const SiteSettings &settings)
{
    QList<ForeignLeft> found;
    const auto folders = backupsIn(settings.folder);
    for (const auto &folder : folders)
        found.append(describe(settings, folder, dumpOf(settings.folder, folder)));
    // It had not begun to move the files, or was stopped right then.
    const auto dump = dumpInRoot(settings.folder);
    if (folders.isEmpty() && !dump.isEmpty() && !hasMautic3(settings.folder))
        found.append(describe(settings, dump, dump));
    return found;
}

Result<RestorePointRequest>
takeOverRequest(const SiteSettings &settings, const ForeignLeft &left, Monitor &monitor)
{
    if (left.problem)
        return *left.problem;
    const auto former = formerOf(settings.folder, left);
    const auto configuration = configurationOf(programFolder(former));
    if (!configuration)
        return configuration.failure();
    const auto database = configuration->database();
    RestorePointRequest request;
    request.origin = PointOrigin::Foreign;
    request.product = left.product;
    request.version = left.version;
    request.siteFolder = settings.folder;
    request.tablePrefix = database.tablePrefix;
    request.database = settings.database.appliedTo(databaseOf(database));
    request.keepsCopies = true;
    MauticUpgrade upgrade;
    upgrade.settings = settings;
    upgrade.names.privateFolder = settings.folder + u"/.banister"_s;
    request.excluded = upgrade.ownEntries() + scriptsOwnEntries();
    request.excluded.removeDuplicates();
    ForeignSource source;
    source.program = left.program;
    source.folder = left.name;
    source.created = left.created;
    source.ended = endOfScript(settings.folder, left);
    if (left.script.isEmpty()) {
        if (const auto will = checkPresentDatabase(former, left, request); !will)
            return will.failure();
    } else {
        source.script = settings.folder + u'/' + left.script;
        if (const auto right = checkDump(source.script, database.name, monitor); !right)
            return right.failure();
    }
    QList<QByteArray> excluded;
    for (const auto &name : std::as_const(request.excluded))
        excluded.append(QFile::encodeName(name));
    auto files = formerFilesOf(former, excluded, monitor);
    if (!files)
        return files.failure();
    source.files = std::move(files->sources);
    source.presentFiles = files->presentFiles;
    const auto own = scriptsOwnEntries();
    for (const auto &name : own) {
        if (name != Mautic::Names::UpgradeLog)
            source.broughtIn.append(QFile::encodeName(name));
    }
    source.broughtIn += mauticRootNames();
    for (const auto *name : {".htaccess.m3", "UPGRADE-3.0.md", "var"})
        source.broughtIn.append(name);
    request.foreign = std::move(source);
    return request;
}

} // namespace Banister
