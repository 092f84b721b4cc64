// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/practicefixture.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <JlCompress.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

ConsoleOutput run(const PracticeSite &site, const QStringList &arguments)
{
    QProcess php;
    php.setProgram(site.phpCommand);
    php.setArguments(arguments);
    php.setWorkingDirectory(site.sitePath());
    php.setStandardInputFile(QProcess::nullDevice());
    php.start();
    if (!php.waitForFinished(60'000))
        return {};
    return {php.exitCode(),
            QString::fromUtf8(php.readAllStandardOutput()),
            QString::fromUtf8(php.readAllStandardError())};
}

} // namespace

PracticeFixture::~PracticeFixture()
{
    if (m_site)
        static_cast<void>(removePracticeSite(m_site->folder));
}

QString PracticeFixture::build(const MauticSiteOptions &options)
{
    SilentMonitor monitor;
    auto site = buildMauticSite(m_folder.filePath(u"practice söte"_s), options, monitor);
    if (!site)
        return factsOf(site.error()) + u'\n' + site.error().root().details;
    m_site = std::move(site).value();
    return {};
}

ConsoleOutput PracticeFixture::plainConsole(const QStringList &arguments,
                                            const QStringList &phpOptions) const
{
    // What PHP itself says goes to standard error, as in the recordings.
    QStringList all{u"-d"_s, u"display_errors=0"_s, u"-d"_s, u"log_errors=1"_s};
    for (const auto &option : phpOptions)
        all << u"-d"_s << option;
    all << (QFile::exists(path(u"bin/console"_s)) ? u"bin/console"_s : u"app/console"_s);
    return run(*m_site, all + arguments);
}

ConsoleOutput PracticeFixture::console(const QStringList &arguments,
                                       const QStringList &phpOptions) const
{
    return plainConsole(arguments
                            + QStringList{u"--no-interaction"_s, u"--env=prod"_s, u"--no-debug"_s},
                        phpOptions);
}

QStringList PracticeFixture::sql(const QString &statement) const
{
    const auto name = QUuid::createUuid().toString();
    QStringList rows;
    {
        auto database = QSqlDatabase::addDatabase(u"QMYSQL"_s, name);
        database.setHostName(m_site->database.host);
        database.setPort(m_site->database.port);
        database.setDatabaseName(m_site->database.name);
        database.setUserName(m_site->database.user);
        database.setPassword(m_site->database.password);
        database.open();
        QSqlQuery query(database);
        if (!query.exec(statement))
            rows.append(u"error: "_s + query.lastError().text());
        while (query.next())
            rows.append(query.value(0).toString());
    }
    QSqlDatabase::removeDatabase(name);
    return rows;
}

QByteArray PracticeFixture::administrator(const QString &program,
                                          const QStringList &arguments) const
{
    QFile file(m_site->serverFolder() + u"/server.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString().toUtf8();
    const auto account = QJsonDocument::fromJson(file.readAll()).object();
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"MYSQL_PWD"_s, account.value("password"_L1).toString());
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program,
                  QStringList{u"--no-defaults"_s,
                              u"--user="_s + account.value("user"_L1).toString(),
                              u"--socket="_s + account.value("socket"_L1).toString()}
                      + arguments);
    if (!process.waitForFinished(60'000))
        return "no end of " + program.toUtf8();
    return process.readAll();
}

QString PracticeFixture::adminSql(const QString &statement) const
{
    return QString::fromUtf8(
        administrator(u"mariadb"_s, {u"--comments"_s, u"--execute="_s + statement}));
}

QByteArray PracticeFixture::databaseDump(const QStringList &options) const
{
    return administrator(u"mariadb-dump"_s,
                         QStringList{u"--single-transaction"_s,
                                     u"--routines"_s,
                                     u"--events"_s,
                                     u"--triggers"_s,
                                     u"--hex-blob"_s,
                                     u"--order-by-primary"_s,
                                     u"--skip-dump-date"_s}
                             + options + QStringList{m_site->database.name});
}

QByteArray PracticeFixture::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void PracticeFixture::write(const QString &name, const QByteArray &content) const
{
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
}

void PracticeFixture::replace(const QString &name,
                              const QByteArray &before,
                              const QByteArray &after) const
{
    write(name, read(name).replace(before, after));
}

bool PracticeFixture::replaceFiles()
{
    const auto configuration = read(u"app/config/local.php"_s);
    const auto former = m_site->folder + u"/site 2"_s;
    if (!QDir().rename(m_site->sitePath(), former))
        return false;
    if (JlCompress::extractDir(m_site->packagePath, m_site->sitePath()).isEmpty())
        return false;
    write(u"app/config/local.php"_s, configuration);
    return true;
}

void PracticeFixture::finishVersion2() const
{
    for (const auto &version : {u"20181129105419"_s,
                                u"20181204000000"_s,
                                u"20190704154940"_s,
                                u"20190715065013"_s,
                                u"20190724110039"_s})
        sql(u"INSERT IGNORE INTO %1migrations (version) VALUES ('%2')"_s.arg(m_site->tablePrefix,
                                                                             version));
}

} // namespace Banister
