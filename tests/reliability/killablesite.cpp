// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/killablesite.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace Banister {

namespace {

constexpr qint64 NsPerMs = 1'000'000;

/// Preloaded into a program, it counts calls and kills at one of them; see killbefore.cpp. A
/// sanitizer insists on being loaded first, unless told otherwise.
const QStringList Preloaded{"LD_PRELOAD=" BANISTER_KILL_BEFORE,
                            "ASAN_OPTIONS=verify_asan_link_order=0"};

QByteArrayList linesOf(const QByteArray &text)
{
    return text.split('\n');
}

/// Rows of a table without a primary key come in any order: in each table's block of rows the order
/// means nothing, everywhere else it does.
QByteArrayList withSortedRows(QByteArrayList lines)
{
    const auto isRow = [](const QByteArray &line) { return line.startsWith("INSERT INTO "); };
    for (auto begin = lines.begin(); begin != lines.end();) {
        begin = std::find_if(begin, lines.end(), isRow);
        const auto end = std::find_if_not(begin, lines.end(), isRow);
        std::sort(begin, end);
        begin = end;
    }
    return lines;
}

QByteArray withoutTokens(const QByteArray &text)
{
    static const QRegularExpression token("[0-9a-f]{32}");
    return QString::fromLatin1(text).replace(token, "TOKEN").toLatin1();
}

QByteArray withoutTimes(const QByteArray &text)
{
    static const QRegularExpression time(R"(20\d\d-\d\d-\d\d \d\d:\d\d:\d\d)");
    return QString::fromUtf8(text).replace(time, "TIME").toUtf8();
}

bool isIn(const QByteArray &path, const QByteArray &folder)
{
    return path == folder || path.startsWith(folder + '/');
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// An entry of the log begins with its time; what the console says may have a time of its own.
QString entryProblem(const QByteArray &line)
{
    static const QRegularExpression whole(
        R"(^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] ( *\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\])?(?<text>.*)$)");
    static const QRegularExpression time(R"(\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\])");
    const auto text = QString::fromUtf8(line);
    const auto entry = whole.match(text);
    if (line.contains('\0'))
        return "holes in the log: " + text;
    if (time.match(entry.hasMatch() ? entry.captured("text") : text).hasMatch())
        return "two entries in one line: " + text;
    return {};
}

} // namespace

QString differences(const SiteState &expected, const SiteState &actual)
{
    auto lines = snapshotDifferences(expected.files, actual.files);
    if (expected.database == actual.database)
        return lines.join("\n  ");
    const auto add =
        [&lines](const char *sign, QByteArrayList from, const QByteArrayList &without) {
            for (const auto &line : without)
                from.removeOne(line);
            for (const auto &line : from)
                lines += sign + QString::fromUtf8(line.left(300));
        };
    add("database - ", expected.database, actual.database);
    add("database + ", actual.database, expected.database);
    lines += "the database differs";
    return lines.join("\n  ");
}

QString Kill::name() const
{
    const auto *what = program == Program::Upgrade  ? "upgrade"
                       : program == Program::Resume ? "resumed run"
                                                    : "rollback";
    const QString when = moment == Moment::AfterRecord    ? "after"
                         : moment == Moment::BeforeRecord ? "before"
                                                          : "before " + call;
    if (error != 0)
        return QString("%1 whose %2 %3 fails with %4")
            .arg(what, call)
            .arg(number)
            .arg(QString::fromLatin1(::strerrorname_np(error)));
    return QString("%1 killed %2 %3").arg(what, when).arg(number);
}

KillableSite::~KillableSite()
{
    // Some names are no UTF-8, which is beyond QTemporaryDir.
    runProgram("rm", {"-rf", "--", m_kept.path()});
}

ProgramEnd KillableSite::run(Kill::Program program, const QStringList &variables) const
{
    const auto &site = m_fixture.site();
    switch (program) {
    case Kill::Program::Upgrade:
        return runBanister({"upgrade",
                            site.sitePath(),
                            "--package",
                            site.packagePath,
                            "--original-package",
                            site.originalPackagePath,
                            "--accept-all-warnings",
                            "--yes"},
                           variables);
    case Kill::Program::Resume:
        return runBanister({"resume", site.sitePath()}, variables);
    case Kill::Program::Rollback:
        return runBanister({"rollback", site.sitePath(), "--yes"}, variables);
    }
    return {};
}

ProgramEnd KillableSite::kill(const Kill &kill) const
{
    if (kill.moment == Kill::Moment::BeforeCall) {
        return run(kill.program,
                   Preloaded
                       + QStringList{"BANISTER_KILL_CALL=" + kill.call,
                                     QString("BANISTER_KILL_NUMBER=%1").arg(kill.number),
                                     QString("BANISTER_KILL_ERROR=%1").arg(kill.error)});
    }
    return run(kill.program,
               {QString("BANISTER_TEST_KILL_%1_RECORD=%2")
                    .arg(kill.moment == Kill::Moment::AfterRecord ? "AFTER" : "BEFORE")
                    .arg(kill.number)});
}

QMap<QString, int> KillableSite::callsOf(Kill::Program program, ProgramEnd &end) const
{
    const auto file = m_kept.filePath("calls");
    end = run(program, Preloaded + QStringList{"BANISTER_KILL_COUNTS=" + file});
    QMap<QString, int> calls;
    const auto lines = linesOf(read(file).trimmed());
    for (const auto &line : lines) {
        const auto words = line.split(' ');
        calls.insert(QString::fromLatin1(words.first()), words.last().toInt());
    }
    return calls;
}

QByteArrayList KillableSite::dump() const
{
    return linesOf(m_fixture.databaseDump({"--skip-extended-insert"}));
}

SiteState KillableSite::state() const
{
    return {snapshotOf(m_fixture.site().sitePath()), withSortedRows(dump())};
}

SiteState KillableSite::startState() const
{
    auto start = state();
    start.files.removeIf(
        [](TreeSnapshot::iterator entry) { return isIn(entry.key(), ".banister"); });
    return start;
}

/// Without what is random or tells the time by design.
SnapshotEntry KillableSite::withoutChance(const QByteArray &path, SnapshotEntry entry) const
{
    // When something was written differs; that it was written does not.
    if (entry.modifiedNs > m_begunNs)
        entry.modifiedNs = m_begunNs;
    // The application's own log tells of each call of its console: a repeated step calls it again.
    if (path.startsWith("var/logs/"))
        entry.content = {};
    // The log tells of two runs, but begins as that of one does.
    if (path.startsWith("var/upgrade_log_"))
        entry.content = withoutTimes(linesOf(read(m_fixture.path(QString::fromLatin1(path))))[0]);
    // Its text names a folder with a token in it.
    if (path == "var/m3_upgrade_backup_files_not_removed_yet.txt")
        entry.content = withoutTokens(read(m_fixture.path(QString::fromLatin1(path))));
    return entry;
}

SiteState KillableSite::endState() const
{
    auto end = state();
    TreeSnapshot files;
    for (auto it = end.files.cbegin(); it != end.files.cend(); ++it) {
        // Runs and restore points are told of by how they are used.
        if (!isIn(it.key(), ".banister"))
            files.insert(withoutTokens(it.key()), withoutChance(it.key(), it.value()));
    }
    end.files = files;
    for (auto &line : end.database) {
        // Mautic 3 makes a secret for each webhook, and notes when a migration ran.
        static const QRegularExpression secret("'[0-9a-f]{64}'");
        if (line.startsWith("INSERT INTO `webhooks`"))
            line = QString::fromLatin1(line).replace(secret, "SECRET").toLatin1();
        if (line.startsWith("INSERT INTO `migrations`"))
            line = withoutTimes(line);
    }
    return end;
}

QString KillableSite::differenceFromStart() const
{
    auto now = startState();
    // Killed between making its own folder and setting the site's time back, before there is any
    // record: then nobody knows that time. What the runs do to it is known.
    const QFileInfo runs(m_fixture.path(".banister/runs"));
    auto &time = now.files[{}].modifiedNs;
    const auto timeAtStart = m_start.files.value({}).modifiedNs;
    if (time > timeAtStart
        && (!runs.exists() || time < runs.birthTime().toMSecsSinceEpoch() * NsPerMs))
        time = timeAtStart;
    return differences(m_start, now);
}

QString KillableSite::differenceFromEnd() const
{
    return differences(m_end, endState());
}

QString KillableSite::logProblem() const
{
    QDirIterator files(m_fixture.site().sitePath(),
                       {"upgrade_log*.txt"},
                       QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const auto text = read(files.next());
        if (!text.isEmpty() && !text.endsWith('\n'))
            return files.filePath() + " ends in the middle of a line";
        const auto lines = linesOf(text);
        for (const auto &line : lines) {
            if (const auto problem = entryProblem(line); !problem.isEmpty())
                return files.filePath() + ": " + problem;
        }
    }
    return {};
}

bool KillableSite::hasRestorePoint() const
{
    const QDir points(m_fixture.site().pointsPath());
    const auto ids = points.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::any_of(ids.begin(), ids.end(), [&points](const QString &id) {
        return points.exists(id + "/manifest.json");
    });
}

QString KillableSite::journalPath() const
{
    const QDir runs(m_fixture.path(".banister/runs"));
    const auto ids = runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const auto &id : ids) {
        auto path = runs.filePath(id + "/journal.jsonl");
        if (QFileInfo(path).size() > 0)
            return path;
    }
    return {};
}

QJsonObject KillableSite::lastRecord() const
{
    const auto lines = linesOf(read(journalPath()).trimmed());
    return QJsonDocument::fromJson(lines.last()).object();
}

QString KillableSite::keep(const QString &name) const
{
    const auto &site = m_fixture.site();
    const auto kept = runProgram("cp", {"-a", site.sitePath(), m_kept.filePath(name)});
    if (kept.status != 0)
        return kept.told();
    if (QFileInfo::exists(site.pointsPath())) {
        const auto points = runProgram("cp", {"-a", site.pointsPath(), keptPoints(name)});
        if (points.status != 0)
            return points.told();
    }
    const auto database = '`' + m_fixture.site().database.name.toUtf8() + '`';
    QFile script(m_kept.filePath(name + ".sql"));
    const auto rows = dump();
    if (!rows.contains("-- Dump completed") || !script.open(QIODevice::WriteOnly))
        return "no dump: " + QString::fromUtf8(rows.join('\n'));
    script.write("DROP DATABASE " + database + "; CREATE DATABASE " + database + " COLLATE "
                 + m_collation + "; USE " + database + ";\n" + rows.join('\n'));
    return {};
}

QString KillableSite::putBack(const QString &name) const
{
    const auto &site = m_fixture.site();
    // Some names are no UTF-8, which is beyond QDir.
    const auto removed = runProgram("rm", {"-rf", "--", site.sitePath(), site.pointsPath()});
    auto copied = runProgram("cp", {"-a", m_kept.filePath(name), site.sitePath()});
    if (copied.status == 0 && QFileInfo::exists(keptPoints(name)))
        copied = runProgram("cp", {"-a", keptPoints(name), site.pointsPath()});
    const auto loaded = m_fixture.adminSql("source " + m_kept.filePath(name + ".sql"));
    if (removed.status == 0 && copied.status == 0 && loaded.isEmpty())
        return {};
    return "it was not put back: " + removed.told() + copied.told() + loaded;
}

QString KillableSite::noteStart()
{
    // A check's console fills the cache of Mautic 2 where that is empty, as the next visitor would:
    // here it is full.
    const auto checked = runBanister({"check",
                                      m_fixture.site().sitePath(),
                                      "--package",
                                      m_fixture.site().packagePath,
                                      "--original-package",
                                      m_fixture.site().originalPackagePath,
                                      "--accept-all-warnings"});
    if (checked.status != 0)
        return checked.told();
    m_collation = m_fixture
                      .sql("SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA "
                           "WHERE SCHEMA_NAME = DATABASE()")
                      .value(0)
                      .toUtf8();
    m_start = startState();
    if (m_start.files.size() < 300)
        return "too few files";
    return keep("start");
}

QString KillableSite::build(Migrations migrations,
                            const std::function<void(const PracticeFixture &)> &prepare,
                            const MauticSiteOptions &options)
{
    if (const auto problem = m_fixture.build(options); !problem.isEmpty())
        return problem;
    if (prepare)
        prepare(m_fixture);
    if (migrations == Migrations::Few) {
        if (const auto problem = dropLikeMigrations(); !problem.isEmpty())
            return problem;
    }
    // Only our own program is killed, never the server: it need not wait for the disk.
    const auto problem =
        m_fixture.adminSql("SET GLOBAL sync_frm = 0, GLOBAL innodb_flush_log_at_trx_commit = 0");
    return problem.isEmpty() ? noteStart() : problem;
}

QString KillableSite::dropLikeMigrations() const
{
    const auto files = [](const QStringList &versions) {
        QStringList names;
        for (const auto &version : versions)
            names.append("app/migrations/Version" + version + ".php");
        return names;
    };
    const QStringList former{"20181129105419", "20190715065013"};
    for (const auto &name : files(former)) {
        if (!QFile::remove(m_fixture.path(name)))
            return name + " is not there";
    }
    const auto zip = runProgram("zip",
                                QStringList{"-q", "-d", m_fixture.site().packagePath}
                                    + files({"20191126093923",
                                             "20200211095409",
                                             "20200212141530",
                                             "20200220172041",
                                             "20200227110431"}));
    return zip.status == 0 ? QString() : zip.told();
}

QString KillableSite::measure()
{
    const auto problem = measureUpgrade();
    return problem.isEmpty() ? measureRollback() : problem;
}

QString KillableSite::measureUpgrade()
{
    m_begunNs = QDateTime::currentMSecsSinceEpoch() * NsPerMs;
    ProgramEnd end;
    m_upgradeCalls = callsOf(Kill::Program::Upgrade, end);
    if (end.status != 0)
        return end.told();
    m_end = endState();
    const auto lines = linesOf(read(journalPath()).trimmed());
    for (const auto &line : lines)
        m_records.append(QJsonDocument::fromJson(line).object());
    return {};
}

QString KillableSite::measureRollback()
{
    ProgramEnd end;
    m_rollbackCalls = callsOf(Kill::Program::Rollback, end);
    if (end.status != 0)
        return end.told();
    // A rollback of an upgrade that is half-way gives that one up: one record more.
    m_rollbackRecords = int(read(journalPath()).count('\n')) + 1;
    return differenceFromStart();
}

} // namespace Banister
