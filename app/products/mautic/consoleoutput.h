// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVersionNumber>

#include <optional>

namespace Banister {

// What the consoles of Mautic 2 (app/console) and 3 (bin/console) print. All is read by its words
// and not by its place, as time stamps ("[2026-11-21 02:46:24] ", printed with --no-interaction)
// and PHP's own messages stand before and between the lines. Whether a command did its work is
// another question than what it printed: see consoleverdict.h.

/// Printed text as a person would read it: UTF-8 decoded, line ends "\n", without terminal colours
/// and time stamps.
QString consoleText(const QByteArray &output);

/// The text of the error boxes on standard error, one a box, the outermost exception first; lines
/// that Symfony wrapped at 80 columns (Mautic 3) are joined again.
QStringList errorBoxes(const QByteArray &standardError);

/// For details and logs: values that statements assign to columns of secrets, and the values bound
/// to a statement, become "***". A migration of 3.0 prints the secret of all webhooks.
QString withoutSecrets(const QString &text);

/// doctrine:migrations:status. Counts are -1, texts empty, where the line was not there.
struct MigrationStatus
{
    QString previousVersion; ///< empty: none
    QString currentVersion;  ///< "20190724110039"; empty: none was executed yet
    QString nextVersion;     ///< empty: none above the current one
    QString latestVersion;
    int executed = -1;            ///< recorded in the version table
    int executedUnavailable = -1; ///< recorded, but of another version of Mautic
    int available = -1;
    int newMigrations = 0; ///< not recorded; also those below the current version
    QString databaseName;
    QString databaseDriver;
    QString versionTable; ///< with the table prefix: "mau_migrations"
    QString migrationsFolder;

    /// There are new migrations, but `migrate next` finds nothing: they lie below the current
    /// version, and only `migrate` without `next` runs them.
    bool hasGap() const { return newMigrations > 0 && nextVersion.isEmpty(); }
};

/// Nothing where the count of new migrations is not in the output.
std::optional<MigrationStatus> parseStatus(const QByteArray &output);

struct MigrationVersion
{
    enum class State { Migrated, New, Unavailable };
    QString version;
    State state = State::Migrated;
    QString description;

    friend bool operator==(const MigrationVersion &, const MigrationVersion &) = default;
};

class VersionList : public QList<MigrationVersion>
{
public:
    using QList::QList;
    /// In the order of the list.
    QStringList inState(MigrationVersion::State state) const;
    /// All that is recorded in the version table: the measure of progress.
    QStringList recorded() const;
    /// New ones that `migrate next` never runs as they are older than the current version.
    QStringList newBelow(const QString &currentVersion) const;
};

/// The lists of doctrine:migrations:status --show-versions; empty where there are none. Also reads
/// the list of the warning of `migrate`.
VersionList parseVersions(const QByteArray &output);

/// Why a migration failed, as doctrine:migrations:migrate says it.
struct MigrationFailure
{
    QString version;
    QString phase;      ///< "Execution"; before and after it "Pre-Checks", "Post-Checks"
    QString statement;  ///< as it was executed; empty where no statement failed
    QString message;    ///< the server's, or the whole message where it was no statement
    QString sqlState;   ///< "42S21"; empty where no statement failed
    int nativeCode = 0; ///< MySQL's number: 1060; 0: none
};

/// doctrine:migrations:migrate, with and without next.
struct MigrateOutput
{
    QString from; ///< the current version before; empty: the console did not say
    QString to;
    QStringList started;     ///< versions, in order
    QStringList executed;    ///< those of them that ended well
    QStringList withoutSql;  ///< executed, but there was nothing for them to do
    QStringList skipReasons; ///< one a skipped migration: the console names no version
    int statements = 0;      ///< printed ones
    int executedCount = -1;  ///< "++ N migrations executed", the skipped ones too; -1: not said
    int queries = -1;
    bool isFinished = false;    ///< the closing lines are there
    bool isNothingToDo = false; ///< "Already at latest version.", "No migrations to execute."
    bool isAborted = false;     ///< a question was asked that nobody answered, or answered no
    int unavailable = 0; ///< from the warning: recorded migrations of another version of Mautic
    std::optional<MigrationFailure> failure;
};

MigrateOutput parseMigrate(const QByteArray &output, const QByteArray &standardError = {});

/// The version that `--version` prints; null where there is none.
QVersionNumber parseConsoleVersion(const QByteArray &output);

/// Whether cache:clear says that the cache was cleared.
bool saysCacheCleared(const QByteArray &output);

/// What a statement of doctrine:schema:update --dump-sql is for.
enum class SchemaNeed {
    Missing, ///< it adds a table, column, index or foreign key that Mautic needs
    Cosmetic, ///< it states a column again: type, default, comment, collation. A healthy site has many
    Surplus, ///< it drops something that Mautic does not know
};

struct SchemaStatement
{
    QString sql; ///< without the semicolon
    QString table;
    SchemaNeed need =
        SchemaNeed::Cosmetic; ///< Missing where it does several things, one of them that
    QStringList missing;      ///< "column secret", "index dnc_channel_id_search", "table focus"

    friend bool operator==(const SchemaStatement &, const SchemaStatement &) = default;
};

struct SchemaDump
{
    QList<SchemaStatement> statements;
    bool saysInSync = false; ///< "Nothing to update"

    /// Those that add what is missing.
    QList<SchemaStatement> needed() const;
};

SchemaDump parseSchemaDump(const QByteArray &output);

/// The queries that doctrine:schema:update --force says it has executed.
std::optional<int> parseSchemaForce(const QByteArray &output);

/// mautic:update:find, which ends with exit status 0 whatever it finds. Its sentences are in the
/// language of the site: where they are not English, only an offered version is recognised.
struct UpdateFind
{
    enum class Kind { UpToDate, Offered, Failed, Unknown };
    Kind kind = Kind::Unknown;
    QVersionNumber version;         ///< of the offer
    bool isForMajorUpgrade = false; ///< not for mautic:update:apply: it names upgrade_v3.php
    QString message;                ///< what it said
};

UpdateFind parseUpdateFind(const QByteArray &output);

/// mautic:update:apply, with and without --finish.
struct UpdateApply
{
    enum class Kind {
        Applied,     ///< all of its steps are done
        NeedsFinish, ///< Mautic 3: the second half waits for --finish
        Aborted,     ///< its question was not answered, or no update wanted
        Refused,     ///< it ended before it changed anything
        Stopped,     ///< it ended in the middle: files are exchanged, something after it failed
        Unknown,     ///< nothing readable
    };
    Kind kind = Kind::Unknown;
    QStringList steps; ///< begun ones, as printed; some are untranslated keys
    QString message;   ///< what stands after the steps; the reason where it did not go well
    bool haveMigrationsFailed = false;
};

UpdateApply parseUpdateApply(const QByteArray &output, const QByteArray &standardError = {});

} // namespace Banister
