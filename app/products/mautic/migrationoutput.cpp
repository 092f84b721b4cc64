// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/consoleoutput.h"

#include <QHash>
#include <QRegularExpression>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

/// "2019-07-24 11:00:39 (20190724110039)" and "20190724110039" are versions; "0" and sentences such
/// as "Already at latest version" are none.
QString versionOf(const QString &value)
{
    static const QRegularExpression bracketed(uR"(\(([^()\s]+)\)\s*$)"_s);
    static const QRegularExpression bare(uR"(^\d{2,}$)"_s);
    if (const auto match = bracketed.match(value); match.hasMatch())
        return match.captured(1);
    return bare.match(value).hasMatch() ? value : QString();
}

MigrationFailure failureOf(const QString &version, const QString &phase, QString message)
{
    static const QRegularExpression noticeAfter(
        uR"(\n\s*\n?(?:PHP )?(?:Warning|Notice|Deprecated|Fatal error|Parse error):)"_s);
    static const QRegularExpression executing(
        uR"(while executing '(.*?)'(?: with params \[.*?\])?:\s*\n)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression state(
        uR"(SQLSTATE\[(\w+)\](?:\s*\[(\d+)\]|:[^:\n]*:\s*(\d+)|:?\s*(\d{4})\b)?)"_s);
    if (const auto notice = noticeAfter.match(message); notice.hasMatch())
        message.truncate(notice.capturedStart());
    MigrationFailure failure{version, phase, {}, message.trimmed(), {}, 0};
    if (const auto match = executing.match(message); match.hasMatch()) {
        failure.statement = match.captured(1);
        failure.message = message.mid(match.capturedEnd()).trimmed();
    }
    // Looked for behind the statement, which may quote anything.
    if (const auto match = state.match(failure.message); match.hasMatch()) {
        failure.sqlState = match.captured(1);
        for (int group = 2; group <= 4 && failure.nativeCode == 0; ++group)
            failure.nativeCode = match.captured(group).toInt();
    }
    return failure;
}

/// Reads the lines of `migrate` in their order: only it tells which migration a line is about.
class MigrateReader
{
public:
    void read(const QString &line)
    {
        static const QRegularExpression range(uR"(Migrating (?:up|down) to (\S+) from (\S+))"_s);
        static const QRegularExpression starting(uR"((?:\+\+|--) (?:migrating|reverting) (\S+))"_s);
        static const QRegularExpression ended(uR"((?:\+\+|--) (?:migrated|reverted) \()"_s);
        static const QRegularExpression skipped(uR"(SS skipped \(Reason: (.*)\)\s*$)"_s);
        static const QRegularExpression noSql(
            uR"(Migration (\S+) was executed but did not result in any SQL statements)"_s);
        static const QRegularExpression statement(uR"(^\s*->(?:\s|$))"_s);
        static const QRegularExpression count(uR"(\+\+ (\d+) migrations? executed)"_s);
        static const QRegularExpression queries(uR"(\+\+ (\d+) sql quer)"_s);
        static const QRegularExpression warning(
            uR"(You have (\d+) previously executed migrations)"_s);
        static const QRegularExpression nothing(
            uR"(^\s*(?:Already at latest version|No migrations to execute)\b)"_s);

        if (const auto match = starting.match(line); match.hasMatch())
            begin(match.captured(1));
        else if (ended.match(line).hasMatch())
            end();
        else if (const auto reason = skipped.match(line); reason.hasMatch())
            skip(reason.captured(1));
        else if (const auto idle = noSql.match(line); idle.hasMatch())
            m_output.withoutSql += idle.captured(1);
        else if (statement.match(line).hasMatch())
            ++m_output.statements;
        else if (const auto total = count.match(line); total.hasMatch())
            m_output.executedCount = total.captured(1).toInt();
        else if (const auto sql = queries.match(line); sql.hasMatch())
            m_output.queries = sql.captured(1).toInt();
        else if (const auto unknown = warning.match(line); unknown.hasMatch())
            m_output.unavailable = unknown.captured(1).toInt();
        else if (const auto ends = range.match(line); ends.hasMatch()) {
            m_output.to = ends.captured(1);
            m_output.from = ends.captured(2) == "0"_L1 ? QString() : ends.captured(2);
        } else if (line.contains("++ finished in"_L1))
            m_output.isFinished = true;
        else if (nothing.match(line).hasMatch())
            m_output.isNothingToDo = true;
        else if (line.contains("Migration cancelled!"_L1))
            m_output.isAborted = true;
    }

    MigrateOutput result() const { return m_output; }

private:
    void begin(const QString &version)
    {
        m_current = version;
        m_output.started += version;
    }
    void end()
    {
        if (!m_current.isEmpty())
            m_output.executed += m_current;
        m_current.clear();
    }
    void skip(const QString &reason)
    {
        m_output.skipReasons += reason;
        m_current.clear();
    }

    MigrateOutput m_output;
    QString m_current;
};

} // namespace

std::optional<MigrationStatus> parseStatus(const QByteArray &output)
{
    static const QRegularExpression field(uR"(>> ([A-Z][A-Za-z ]*[a-z]):[ \t]+([^\n]*))"_s);
    static const QRegularExpression number(uR"(^\d+)"_s);
    QHash<QString, QString> fields;
    const QString text = consoleText(output);
    for (auto matches = field.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        fields.insert(match.captured(1), match.captured(2).trimmed());
    }
    const auto count = [&](const QString &name) {
        const auto match = number.match(fields.value(name));
        return match.hasMatch() ? match.captured().toInt() : -1;
    };
    const auto version = [&](const QString &name) { return versionOf(fields.value(name)); };

    MigrationStatus status;
    status.newMigrations = count(u"New Migrations"_s);
    if (status.newMigrations < 0)
        return std::nullopt;
    status.previousVersion = version(u"Previous Version"_s);
    status.currentVersion = version(u"Current Version"_s);
    status.nextVersion = version(u"Next Version"_s);
    status.latestVersion = version(u"Latest Version"_s);
    status.executed = count(u"Executed Migrations"_s);
    status.executedUnavailable = count(u"Executed Unavailable Migrations"_s);
    status.available = count(u"Available Migrations"_s);
    status.databaseName = fields.value(u"Database Name"_s);
    status.databaseDriver = fields.value(u"Database Driver"_s);
    status.versionTable = fields.value(u"Version Table Name"_s);
    status.migrationsFolder = fields.value(u"Migrations Directory"_s);
    return status;
}

VersionList parseVersions(const QByteArray &output)
{
    static const QRegularExpression entry(
        uR"(>> +(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)? *\(([^()\s]+)\) *(not migrated|migrated)? *([^\n]*))"_s);
    VersionList versions;
    const QString text = consoleText(output);
    for (auto matches = entry.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const QString word = match.captured(2);
        MigrationVersion version;
        version.version = match.captured(1);
        version.description = match.captured(3).trimmed();
        version.state = word.isEmpty()          ? MigrationVersion::State::Unavailable
                        : word == "migrated"_L1 ? MigrationVersion::State::Migrated
                                                : MigrationVersion::State::New;
        versions += version;
    }
    return versions;
}

QStringList VersionList::inState(MigrationVersion::State state) const
{
    QStringList versions;
    for (const MigrationVersion &version : *this) {
        if (version.state == state)
            versions += version.version;
    }
    return versions;
}

QStringList VersionList::recorded() const
{
    return inState(MigrationVersion::State::Migrated)
           + inState(MigrationVersion::State::Unavailable);
}

QStringList VersionList::newBelow(const QString &currentVersion) const
{
    QStringList versions;
    for (const QString &version : inState(MigrationVersion::State::New)) {
        if (version < currentVersion)
            versions += version;
    }
    return versions;
}

MigrateOutput parseMigrate(const QByteArray &output, const QByteArray &standardError)
{
    static const QRegularExpression failed(
        uR"(Migration (\S+) failed during ([\w-]+)\. Error (.*)$)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const QString text = consoleText(output);
    const auto failure = failed.match(text);
    const QString before = failure.hasMatch() ? text.left(failure.capturedStart()) : text;

    MigrateReader reader;
    for (const QString &line : before.split('\n'_L1))
        reader.read(line);
    MigrateOutput result = reader.result();
    if (failure.hasMatch()) {
        // The message runs to the end: nothing of the command's own follows it.
        result.failure = failureOf(failure.captured(1), failure.captured(2), failure.captured(3));
    }
    for (const QString &box : errorBoxes(standardError)) {
        if (box == "Aborted"_L1 || box == "Aborted."_L1)
            result.isAborted = true;
    }
    return result;
}

} // namespace Banister
