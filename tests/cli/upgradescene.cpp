// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"

#include "base/errorcatalogue.h"
#include "practice/mauticdatabase.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <array>
#include <csignal>

namespace Banister {

namespace {

constexpr int Limit = 60'000; // ms

constexpr std::array OpenVersions2{
    "20181129105419", "20181204000000", "20190704154940", "20190715065013", "20190724110039"};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Before an upgrade opens its log, PHP is called for checks: those calls pass by.
constexpr auto PhpScript = R"(#!/bin/sh
here=%1
[ -e %2/upgrade_log.txt ] || exec %3 "$@"
options=
[ -e "$here/php.before" ] && . "$here/php.before"
[ -e "$here/php.when" ] && . "$here/php.when" && options=$(cat "$here/php.options")
%3 $options "$@"
status=$?
[ -e "$here/php.after" ] && . "$here/php.after"
exit $status
)";

QString quoted(const QString &path)
{
    return "'" + path + "'";
}

} // namespace

UpgradeScene::UpgradeScene(const QString &parent)
    : m_folder(parent.isEmpty() ? QDir::tempPath() + "/scene-XXXXXX" : parent + "/scene-XXXXXX")
{}

UpgradeScene::~UpgradeScene()
{
    if (!m_site)
        return;
    sh("rm -rf pristine patch unmounted"); // names that Qt cannot spell
    static_cast<void>(removePracticeSite(m_site->folder));
}

QString UpgradeScene::build(const MauticSiteOptions &options)
{
    m_options = options;
    SilentMonitor monitor;
    auto site = buildMauticSite(m_folder.filePath("übung mit leerzeichen"), options, monitor);
    if (!site)
        return factsOf(site.error()) + site.error().root().details;
    m_site = std::move(site).value();
    PrivateServerOptions server;
    server.overTcp = true;
    server.outlivesProgram = true;
    server.arguments = {QStringLiteral("--port=%1").arg(m_site->database.port)};
    auto created = PrivateServer::create(m_site->serverFolder(), server);
    if (!created)
        return factsOf(created.error());
    m_server = std::move(created).value();
    startServer();
    if (auto problem = sh("cp -a site pristine && cp mautic-3.0.2.zip pristine.zip");
        !problem.isEmpty())
        return problem;
    remember();
    return writePhp();
}

QString UpgradeScene::writePhp() const
{
    const auto script = QString::fromLatin1(PhpScript).arg(
        quoted(m_site->folder), quoted(m_site->sitePath()), quoted(m_site->phpCommand));
    write(phpCommand(), script.toUtf8());
    return sh("chmod 755 php");
}

void UpgradeScene::forget(const QByteArray &name)
{
    m_forgotten.append(name);
    m_before.remove(name);
}

void UpgradeScene::remember()
{
    m_before = ownFiles(site());
}

QString UpgradeScene::reset()
{
    plainPhp();
    m_forgotten.clear();
    startServer();
    sh("umount site/media site/var site 2>/dev/null"); // where a case did not get so far
    if (auto problem =
            sh("rm -rf site* && cp -a pristine site && cp pristine.zip mautic-3.0.2.zip");
        !problem.isEmpty())
        return problem;
    if (auto problem = writePhp(); !problem.isEmpty())
        return problem;
    remember();
    sql("DROP DATABASE IF EXISTS mautic");
    sql("DROP USER mautic@'127.0.0.1', mautic@localhost");
    const auto created =
        createPracticeDatabase(m_site->database, m_server->user(), m_server->password());
    if (!created)
        return factsOf(created.error());
    SilentMonitor monitor;
    const auto filled =
        fillMauticDatabase(m_site->database, m_options.tablePrefix, m_options.rows, monitor);
    if (!filled)
        return factsOf(filled.error());
    for (const auto *version : OpenVersions2)
        sql(QStringLiteral("INSERT INTO migrations (version) VALUES ('%1')").arg(version));
    return {};
}

void UpgradeScene::reopenMigrations2() const
{
    for (const auto *version : OpenVersions2)
        sql(QStringLiteral("DELETE FROM migrations WHERE version = '%1'").arg(version));
}

QString UpgradeScene::points(const QString &name) const
{
    return m_site->pointsPath() + (name.isEmpty() ? QString() : '/' + name);
}

QString UpgradeScene::site(const QString &name) const
{
    return name.isEmpty() ? m_site->sitePath() : m_site->sitePath() + '/' + name;
}

QByteArray UpgradeScene::read(const QString &path) const
{
    return contentOf(path);
}

void UpgradeScene::write(const QString &path, const QByteArray &content) const
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s: %s", qPrintable(path), qPrintable(file.errorString()));
}

QString UpgradeScene::sh(const QString &script) const
{
    QProcess process;
    process.setWorkingDirectory(m_site->folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start("sh", {"-ec", script});
    process.waitForFinished(Limit);
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    return script + ": " + QString::fromUtf8(process.readAll());
}

QStringList UpgradeScene::sql(const QString &statement) const
{
    const auto name = QUuid::createUuid().toString();
    QStringList rows;
    {
        auto database = QSqlDatabase::addDatabase("QMYSQL", name);
        database.setConnectOptions("UNIX_SOCKET=" + m_site->database.socket);
        database.setUserName(m_server->user());
        database.setPassword(m_server->password());
        QSqlQuery query(database);
        if (database.open())
            query = QSqlQuery(database);
        query.exec("USE mautic");
        if (!query.exec(statement))
            qFatal("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
        while (query.next())
            rows.append(query.value(0).toString());
    }
    QSqlDatabase::removeDatabase(name);
    return rows;
}

QStringList UpgradeScene::tableSums() const
{
    QStringList sums;
    const auto tables = sql("SELECT table_name FROM information_schema.tables "
                            "WHERE table_schema = 'mautic' ORDER BY table_name");
    for (const auto &table : tables) {
        const auto columns = sql("SELECT CONCAT('`', column_name, '`') "
                                 "FROM information_schema.columns WHERE table_schema = 'mautic' "
                                 "AND table_name = '"
                                 + table + "' ORDER BY ordinal_position");
        sums.append(table + ' '
                    + sql("SELECT COUNT(*) FROM `" + table
                          + "` UNION ALL SELECT COALESCE(SUM(CRC32(CONCAT_WS('|', "
                          + columns.join(", ") + "))), 0) FROM `" + table + "`")
                          .join(' '));
    }
    return sums;
}

QString UpgradeScene::sqlScript(const QString &statement) const
{
    return QString("MYSQL_PWD='%1' mariadb --no-defaults --user='%2' --socket='%3' "
                   "--execute=\"%4\"")
        .arg(m_server->password(), m_server->user(), m_site->database.socket, statement);
}

void UpgradeScene::killServer()
{
    ::kill(pid_t(m_server->processId()), SIGKILL);
}

void UpgradeScene::startServer()
{
    if (const auto started = m_server->start(); !started)
        qFatal("%s", qPrintable(factsOf(started.error())));
}

void UpgradeScene::beforePhp(const QString &script) const
{
    write(folder("php.before"), script.toUtf8() + '\n');
}

void UpgradeScene::afterPhp(const QString &script) const
{
    write(folder("php.after"), script.toUtf8() + '\n');
}

void UpgradeScene::phpOptions(const QString &options, const QString &when) const
{
    write(folder("php.options"), options.toUtf8() + '\n');
    write(folder("php.when"), when.toUtf8() + '\n');
}

void UpgradeScene::holdPhp(const QString &pattern) const
{
    sh("mkfifo held");
    beforePhp(atCalls(pattern,
                      R"([ -p "$here/held" ] && touch "$here/waits" )"
                      R"(&& cat "$here/held" > /dev/null && rm "$here/held")"));
}

bool UpgradeScene::isPhpHeld() const
{
    return QFile::exists(folder("waits"));
}

// Nobody reads any more where the run was killed, and its PHP with it; another call may come late.
void UpgradeScene::letPhpGo() const
{
    sh("mv held let-go; for i in 1 2; do timeout 2 sh -c 'echo > let-go'; done; rm -f let-go");
}

void UpgradeScene::plainPhp() const
{
    for (const auto *name :
         {"php.before", "php.after", "php.options", "php.when", "calls", "held", "waits"})
        QFile::remove(folder(name));
}

QStringList UpgradeScene::upgradeArguments(const QStringList &more) const
{
    return QStringList{"upgrade",
                       site(),
                       "--package",
                       package(),
                       "--php",
                       quoted(phpCommand()),
                       "--yes",
                       "--accept-all-warnings"}
           + more;
}

CliRun UpgradeScene::retry(const QStringList &more) const
{
    return runCli(QStringList{"retry", site()} + more);
}

TreeSnapshot UpgradeScene::ownFiles(const QString &root) const
{
    auto files = snapshotOf(root, SnapshotTimes::FilesOnly);
    static const QRegularExpression others(
        "^(\\.banister|upgrade_log\\.txt|mautic-3-|mautic-2-backup|app/cache|app/logs)");
    files.removeIf([this](const auto &entry) {
        return entry.key().isEmpty() || m_forgotten.contains(entry.key())
               || QString::fromLatin1(entry.key()).contains(others);
    });
    return files;
}

QString UpgradeScene::problemOfFiles() const
{
    return snapshotDifferences(m_before, ownFiles(site())).join('\n');
}

QString UpgradeScene::problemOfFormerFiles() const
{
    const auto kept = QDir(site("var")).entryList({"mautic-2-backup-files-*"}, QDir::Dirs);
    if (kept.size() != 1)
        return "folders with the former files: " + kept.join(' ');
    return snapshotDifferences(m_before, ownFiles(site("var/" + kept.first() + "/site")))
        .join('\n');
}

QString UpgradeScene::problemOfSecrets(const QByteArray &also) const
{
    auto written = also;
    QStringList files{site("upgrade_log.txt")};
    for (const auto &folder : {site(".banister/runs"), site("var")}) {
        QDirIterator each(
            folder, {"journal.jsonl", "upgrade_log_*"}, QDir::Files, QDirIterator::Subdirectories);
        while (each.hasNext())
            files.append(each.next());
    }
    for (const auto &file : std::as_const(files))
        written += contentOf(file);
    static const QRegularExpression key("'secret_key' => '([0-9a-f]+)'");
    const auto match =
        key.match(QString::fromUtf8(contentOf(folder("pristine/app/config/local.php"))));
    for (const auto &secret : {m_site->database.password, match.captured(1)}) {
        if (secret.isEmpty() || written.contains(secret.toUtf8()))
            return "a secret was written, or is not known: " + secret;
    }
    return {};
}

QString
UpgradeScene::problemOfStop(const CliRun &run, const QString &step, const QStringList &codes)
{
    const auto told = '\n' + QString::fromUtf8(run.told());
    if (run.status != 1 || run.lastStep() != step)
        return QStringLiteral("ended with %1 at %2").arg(run.status).arg(run.lastStep()) + told;
    if (run.codes() != codes)
        return "codes " + run.codes().join(" <- ") + told;
    const auto catalogue = ErrorCatalogue::load();
    const auto *known = catalogue ? catalogue->find(ErrorCode::fromString(codes.first())) : nullptr;
    if (!known || !run.err.contains((codes.first() + ": " + known->title).toUtf8()))
        return "no explanation of " + codes.first() + told;
    const auto status = runCli({"status", site()});
    const auto state = status.lines.value(0);
    const auto steps = state["steps"].toArray();
    for (const auto &each : steps) {
        const auto entry = each.toObject();
        if (entry["code"].toString() == step
            && entry["error"].toObject()["code"].toString() != codes.first())
            return "status names " + entry["error"].toObject()["code"].toString();
    }
    if (state["state"].toString() != "stopped" || !state["canResume"].toBool())
        return "status says " + state["state"].toString();
    if (known->site == SiteState::Intact) {
        if (const auto changed = problemOfFiles(); !changed.isEmpty())
            return "the site is not as it was:\n" + changed;
    }
    return problemOfSecrets(run.out + run.err + status.out + status.err);
}

QString UpgradeScene::problemOfFinished(const CliRun &run)
{
    if (run.status != 0)
        return QString::fromUtf8(run.told());
    const auto status = runCli({"status", site()});
    const auto steps = status.lines.value(0)["steps"].toArray();
    if (steps.size() != 12 || status.lines.value(0)["state"].toString() != "upgraded")
        return QString::fromUtf8(status.told());
    for (const auto &step : steps) {
        const auto state = step.toObject()["state"].toString();
        if (state != "done" && state != "skipped")
            return step.toObject()["code"].toString() + " is " + state;
    }
    const auto metadata = QJsonDocument::fromJson(contentOf(site("app/release_metadata.json")));
    if (metadata["version"].toString() != "3.0.2")
        return "the site has version " + metadata["version"].toString();
    if (auto problem = sh("cd site && out=$(php bin/console doctrine:migrations:status "
                          "--env=prod --no-debug) && echo \"$out\" && echo \"$out\" | "
                          "grep -q 'New Migrations: *0$'");
        !problem.isEmpty())
        return problem;
    if (const auto problem = problemOfFormerFiles(); !problem.isEmpty())
        return "the former files are not whole:\n" + problem;
    return problemOfSecrets(run.out + run.err + status.out + status.err);
}

QString atCalls(const QString &pattern, const QString &script)
{
    return "case \"$*\" in " + pattern + ") " + script + " ;; esac";
}

QString atCall(int number, const QString &pattern, const QString &script)
{
    return atCalls(
        pattern,
        QStringLiteral("echo >> \"$here/calls\"; [ $(wc -l < \"$here/calls\") -ne %1 ] || { %2; }")
            .arg(number)
            .arg(script));
}

QString problemOf(UpgradeScene &scene, const SceneFailure &failure)
{
    failure.cause(scene);
    const auto failed = scene.upgrade(failure.arguments);
    if (auto problem = scene.problemOfStop(failed, failure.step, failure.codes); !problem.isEmpty())
        return problem;
    failure.cure(scene);
    return scene.problemOfFinished(scene.retry());
}

} // namespace Banister
