// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/practicesite.h"

#include "practice/practiceerror.h"
#include "practice/privateserver.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>

#include <filesystem>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("PracticeSite", text);
}

QString notePath(const QString &folder)
{
    return folder + u"/practice.json"_s;
}

QJsonObject toJson(const PracticeSite &site)
{
    return {{u"product"_s, site.product},
            {u"version"_s, site.version},
            {u"package"_s, site.packagePath},
            {u"originalPackage"_s, site.originalPackagePath},
            {u"php"_s, site.phpCommand},
            {u"tablePrefix"_s, site.tablePrefix},
            {u"siteUrl"_s, site.siteUrl},
            {u"databaseHost"_s, site.database.host},
            {u"databasePort"_s, site.database.port},
            {u"databaseSocket"_s, site.database.socket},
            {u"databaseName"_s, site.database.name},
            {u"databaseUser"_s, site.database.user},
            {u"databasePassword"_s, site.database.password}};
}

Result<PracticeSite> read(const QString &folder)
{
    QFile file(notePath(folder));
    const auto json = file.open(QIODevice::ReadOnly)
                          ? QJsonDocument::fromJson(file.readAll()).object()
                          : QJsonObject();
    if (json.value("product"_L1).toString().isEmpty()) {
        return Error{
            PracticeError::NotAPracticeSite,
            tr("%1 holds no practice site: practice.json is missing or unreadable.").arg(folder),
            {},
            {}};
    }
    PracticeSite site;
    site.folder = QDir(folder).absolutePath();
    site.product = json.value("product"_L1).toString();
    site.version = json.value("version"_L1).toString();
    site.packagePath = json.value("package"_L1).toString();
    site.originalPackagePath = json.value("originalPackage"_L1).toString();
    site.phpCommand = json.value("php"_L1).toString();
    site.tablePrefix = json.value("tablePrefix"_L1).toString();
    site.siteUrl = json.value("siteUrl"_L1).toString();
    site.database.host = json.value("databaseHost"_L1).toString();
    site.database.port = json.value("databasePort"_L1).toInt();
    site.database.socket = json.value("databaseSocket"_L1).toString();
    site.database.name = json.value("databaseName"_L1).toString();
    site.database.user = json.value("databaseUser"_L1).toString();
    site.database.password = json.value("databasePassword"_L1).toString();
    return site;
}

/// Names are bytes that Qt's own functions would lose; links are not followed.
bool removeTree(const QString &path)
{
    namespace fs = std::filesystem;
    const fs::path root(QFile::encodeName(path).toStdString());
    std::error_code problem;
    if (fs::is_symlink(fs::symlink_status(root, problem)))
        return fs::remove(root, problem);
    constexpr auto noFollow = fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator it(root, noFollow, problem), end; !problem && it != end;
         it.increment(problem)) {
        if (it->is_directory(problem) && !it->is_symlink(problem))
            fs::permissions(it->path(), fs::perms::owner_all, fs::perm_options::add, problem);
    }
    fs::remove_all(root, problem);
    return !fs::exists(fs::symlink_status(root, problem));
}

} // namespace

QStringList PracticeSite::webCommand() const
{
    // OPcache would go on with files that an upgrade has just replaced.
    return {phpCommand,
            u"-d"_s,
            u"opcache.enable=0"_s,
            u"-S"_s,
            QUrl(siteUrl).authority(),
            u"-t"_s,
            sitePath(),
            sitePath() + u"/index.php"_s};
}

Result<> PracticeSite::save() const
{
    QSaveFile file(notePath(folder));
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.write(QJsonDocument(toJson(*this)).toJson());
        if (file.commit())
            return Success;
    }
    return Error{PracticeError::SiteNotWritten,
                 tr("%1 could not be written: %2.").arg(file.fileName(), file.errorString()),
                 {},
                 {}};
}

Result<PracticeSite> openPracticeSite(const QString &folder)
{
    auto site = read(folder);
    if (!site)
        return site;
    PrivateServerOptions options;
    options.overTcp = true;
    options.outlivesProgram = true;
    // The site's configuration names the port: the server must come back on it.
    options.arguments = {u"--port=%1"_s.arg(site->database.port)};
    auto server = PrivateServer::create(site->serverFolder(), options);
    if (!server)
        return server.failure();
    if (const auto started = server->start(); !started)
        return started.failure();
    return site;
}

Result<QStringList> removePracticeSite(const QString &folder)
{
    const auto site = read(folder);
    if (!site)
        return site.failure();
    PrivateServer::stop(site->serverFolder());
    // The note goes last: what an interruption leaves can be removed by another call.
    const QStringList parts{site->sitePath(),
                            site->pointsPath(),
                            site->serverFolder(),
                            site->folder + u"/outside"_s,
                            site->packagePath,
                            site->originalPackagePath,
                            notePath(site->folder)};
    for (const auto &part : parts) {
        if (!removeTree(part)) {
            return Error{PracticeError::SiteNotRemoved,
                         tr("%1 could not be removed completely.").arg(part),
                         {},
                         {}};
        }
    }
    QDir().rmdir(site->folder);
    return QDir(site->folder)
        .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

} // namespace Banister
