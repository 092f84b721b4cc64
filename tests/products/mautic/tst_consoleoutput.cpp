// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/capture.h"
#include "products/mautic/consoleoutput.h"

#include <QTest>

using namespace Banister;
using namespace Banister::Testing;

Q_DECLARE_METATYPE(Banister::SchemaNeed)

class tst_consoleoutput : public QObject
{
    Q_OBJECT

private slots:
    void readsTheStatus_data();
    void readsTheStatus();
    void readsNoStatusWhereThereIsNone();
    void listsTheVersions();
    void seesWhatNextNeverRuns();
    void readsAMixedMigration();
    void readsTwoMigrationsOfOneStep();
    void readsAMigrationThatSkipsItselfInside();
    void readsAFailure_data();
    void readsAFailure();
    void joinsWrappedBoxes();
    void readsTheVersion_data();
    void readsTheVersion();
    void classifiesStatements_data();
    void classifiesStatements();
    void splitsStatementsOutsideOfQuotes();
    void readsWhatForceExecuted_data();
    void readsWhatForceExecuted();
    void readsOfferedUpdates_data();
    void readsOfferedUpdates();
    void readsAppliedUpdates_data();
    void readsAppliedUpdates();

private:
    static ProcessResult capture(const QString &name)
    {
        const auto read = readCapture(QStringLiteral(CAPTURES) + '/' + name + ".txt");
        return read ? read->run : ProcessResult();
    }
};

void tst_consoleoutput::readsTheStatus_data()
{
    QTest::addColumn<QString>("current");
    QTest::addColumn<QString>("next");
    QTest::addColumn<int>("newMigrations");
    QTest::addColumn<int>("unavailable");
    QTest::addColumn<bool>("gap");
    QTest::addColumn<QString>("table");
    const QString last2 = "20190724110000";
    QTest::newRow("2-status-0-new-table-prefix")
        << last2 << "" << 0 << 0 << false << "crm_migrations";
    QTest::newRow("2-status-1-new-gap") << last2 << "" << 1 << 0 << true << "migrations";
    QTest::newRow("2-status-3-new-no-interaction")
        << "20181204000021"
        << "20190704154901" << 3 << 0 << false << "migrations";
    QTest::newRow("2-status-display-errors-all") << last2 << "" << 0 << 0 << false << "migrations";
    QTest::newRow("2-status-no-migrations-table")
        << ""
        << "20150402000021" << 36 << 0 << false << "migrations";
    QTest::newRow("2-status-on-3-database") << last2 << "" << 0 << 9 << false << "migrations";
    QTest::newRow("3-status-0-new-no-interaction") << "20200422144321"
                                                   << "" << 0 << 4 << false << "migrations";
    QTest::newRow("3-status-show-versions-on-2-database")
        << last2 << "20191126093944" << 9 << 4 << false << "migrations";
}

void tst_consoleoutput::readsTheStatus()
{
    const auto status = parseStatus(capture(QTest::currentDataTag()).standardOutput);
    QVERIFY(status);
    QTEST(status->currentVersion, "current");
    QTEST(status->nextVersion, "next");
    QTEST(status->newMigrations, "newMigrations");
    QTEST(status->executedUnavailable, "unavailable");
    QTEST(status->hasGap(), "gap");
    QTEST(status->versionTable, "table");
    QCOMPARE(status->databaseName, "crm");
    QCOMPARE(status->executed - status->executedUnavailable + status->newMigrations,
             status->available);
    QCOMPARE(status->migrationsFolder, "/var/www/crm/app/migrations");
}

void tst_consoleoutput::readsNoStatusWhereThereIsNone()
{
    QVERIFY(!parseStatus({}));
    QVERIFY(!parseStatus(capture("2-migrate-many").standardOutput));
    // A notice between the lines, and one glued to the value.
    const auto status =
        parseStatus("[2027-01-01 00:00:00]     >> Current Version:   0\n"
                    "\nNotice: odd in /x.php on line 1\n"
                    "[2027-01-01 00:00:00]     >> New Migrations:    12PHP Notice\n");
    QVERIFY(status);
    QCOMPARE(status->newMigrations, 12);
    QCOMPARE(status->currentVersion, "");
    QCOMPARE(status->available, -1);
}

void tst_consoleoutput::listsTheVersions()
{
    using State = MigrationVersion::State;
    const auto two =
        parseVersions(capture("2-status-executed-unavailable-show-versions").standardOutput);
    QCOMPARE(two.size(), 38);
    QCOMPARE(two.inState(State::Unavailable), QStringList({"20200101000021", "20200202020223"}));
    QCOMPARE(two.recorded().size(), 38);

    const auto three =
        parseVersions(capture("3-status-show-versions-on-2-database").standardOutput);
    QCOMPARE(three.inState(State::New).size(), 9);
    QCOMPARE(three.inState(State::Migrated).size(), 2);
    QCOMPARE(three.inState(State::Unavailable).size(), 4);
    QVERIFY(three.contains(
        MigrationVersion{"20191219155651", State::New, "Adds tables for the IntegrationBundle"}));
    QVERIFY(parseVersions(capture("2-status-1-new-gap").standardOutput).isEmpty());
    QCOMPARE(parseVersions(capture("3-migrate-nothing").standardOutput).size(), 4);
}

void tst_consoleoutput::seesWhatNextNeverRuns()
{
    const QByteArray output = capture("3-status-show-versions-on-2-database").standardOutput;
    const auto status = parseStatus(output);
    QVERIFY(status);
    QCOMPARE(parseVersions(output).newBelow(status->currentVersion), QStringList("20181111095408"));
}

void tst_consoleoutput::readsAMixedMigration()
{
    const MigrateOutput output = parseMigrate(capture("2-migrate-many").standardOutput);
    QCOMPARE(output.executedCount, 33);
    QCOMPARE(output.executed.size(), 10);
    QCOMPARE(output.started, output.executed);
    QCOMPARE(output.skipReasons.size(), 23);
    QCOMPARE(output.skipReasons.first(), "Schema includes this migration");
    QCOMPARE(output.withoutSql.size(), 4);
    QCOMPARE(output.queries, 9);
    QCOMPARE(output.statements, 9);
    QCOMPARE(output.to, "20190724110000");
    QCOMPARE(output.from, "20180220212405");
    QVERIFY(output.isFinished);
    QVERIFY(!output.isNothingToDo);
    QVERIFY(!output.failure);
}

void tst_consoleoutput::readsTwoMigrationsOfOneStep()
{
    const MigrateOutput output = parseMigrate(capture("3-migrate-next-step-1").standardOutput);
    QCOMPARE(output.executed, QStringList({"20181111095408", "20191126093944"}));
    QCOMPARE(output.executedCount, 2);
    QCOMPARE(output.unavailable, 4);
}

void tst_consoleoutput::readsAMigrationThatSkipsItselfInside()
{
    const MigrateOutput output = parseMigrate("Migrating up to 2 from 0\n"
                                              "  ++ migrating 1\n"
                                              "  SS skipped (Reason: done (long ago))\n"
                                              "  ++ migrating 2 (A title)\n"
                                              "  ++ migrated (took 1ms, used 2M memory)\n"
                                              "  ++ finished in 3ms\n");
    QCOMPARE(output.started, QStringList({"1", "2"}));
    QCOMPARE(output.executed, QStringList("2"));
    QCOMPARE(output.skipReasons, QStringList("done (long ago)"));
    QCOMPARE(output.from, "");
}

void tst_consoleoutput::readsAFailure_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("sqlState");
    QTest::addColumn<int>("nativeCode");
    QTest::addColumn<QString>("statement");
    QTest::newRow("2-migrate-all-fails-column-exists")
        << "20200101000021"
        << "42S21" << 1060 << "ALTER TABLE stages ADD form_shade VARCHAR(255) DEFAULT NULL";
    QTest::newRow("2-migrate-next-fails-foreign-key-missing")
        << "20180329185655"
        << "42000" << 1091 << "ALTER TABLE lead_event_log DROP FOREIGN KEY FK_753AF2E55458D";
    QTest::newRow("2-migrate-next-no-alter-privilege")
        << "20190715065034"
        << "42000" << 1142 << "ALTER TABLE stages ADD form_shade VARCHAR(255) DEFAULT NULL";
    QTest::newRow("3-migrate-all-fails-index-exists")
        << "20200227110452"
        << "42000" << 1061 << "CREATE INDEX dnc_channel_lookup ON lead_donotcontact (channel_id)";
}

void tst_consoleoutput::readsAFailure()
{
    const ProcessResult run = capture(QTest::currentDataTag());
    const MigrateOutput output = parseMigrate(run.standardOutput, run.standardError);
    QVERIFY(output.failure);
    QTEST(output.failure->version, "version");
    QTEST(output.failure->sqlState, "sqlState");
    QTEST(output.failure->nativeCode, "nativeCode");
    QTEST(output.failure->statement, "statement");
    QCOMPARE(output.failure->phase, "Execution");
    QVERIFY(output.failure->message.startsWith("SQLSTATE["));
    QVERIFY(output.executed.isEmpty());
    QVERIFY(!output.isFinished);
}

void tst_consoleoutput::joinsWrappedBoxes()
{
    const QStringList wrapped = errorBoxes(capture("3-schema-update-force").standardError);
    QCOMPARE(wrapped.size(), 3);
    QVERIFY(wrapped.first().contains("ALTER TABLE oauth2_accesstokens CHANGE client_id client_id"));
    QVERIFY(wrapped.first().endsWith("'client_id': used in a foreign key constraint "
                                     "'FK_3A18CA5A19EB6921'"));
    const QStringList wide = errorBoxes(capture("2-migrate-next-db-server-stopped").standardError);
    QCOMPARE(wide.size(), 3);
    QCOMPARE(wide.first(),
             "An exception occured in driver: SQLSTATE[HY000] [2002] Connection refused");
    const QStringList traced =
        errorBoxes(capture("3-migrate-next-fails-index-exists-verbose").standardError);
    QCOMPARE(traced.size(), 3);
    QVERIFY(traced.first().startsWith("An exception occurred while executing 'CREATE INDEX"));
    QVERIFY(errorBoxes(capture("2-cache-clear").standardError).isEmpty());
}

void tst_consoleoutput::readsTheVersion_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QVersionNumber>("version");
    QTest::newRow("Mautic 2") << QByteArray("Mautic version 2.16.5 - app/prod\n")
                              << QVersionNumber(2, 16, 5);
    QTest::newRow("Mautic 3 with a stamp")
        << QByteArray("[2027-02-03 12:22:37] Mautic 3.0.2 - app/prod (kernel: app)\n")
        << QVersionNumber(3, 0, 2);
    QTest::newRow("in colours") << QByteArray("\x1b[32mMautic 3.0.2\x1b[39m - app/prod\n")
                                << QVersionNumber(3, 0, 2);
    QTest::newRow("behind a notice")
        << QByteArray("\nDeprecated: odd in /opt/php-7.4.33/x.php on line 1\nMautic 3.0.2 - app\n")
        << QVersionNumber(3, 0, 2);
    QTest::newRow("nothing") << QByteArray("Could not open input file: app/console\n")
                             << QVersionNumber();
}

void tst_consoleoutput::readsTheVersion()
{
    QFETCH(const QByteArray, output);
    QTEST(parseConsoleVersion(output), "version");
}

void tst_consoleoutput::classifiesStatements_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("table");
    QTest::addColumn<SchemaNeed>("need");
    QTest::addColumn<QStringList>("missing");
    const auto row = [](const char *name,
                        const char *sql,
                        const char *table,
                        SchemaNeed need,
                        const QStringList &missing = {}) {
        QTest::newRow(name) << QByteArray(sql) << QString(table) << need << missing;
    };
    row("table",
        "CREATE TABLE focus (id INT NOT NULL, x VARCHAR(9));",
        "focus",
        SchemaNeed::Missing,
        {"table focus"});
    row("index",
        "CREATE UNIQUE INDEX u ON focus (a, b);",
        "focus",
        SchemaNeed::Missing,
        {"index u"});
    row("column",
        "ALTER TABLE webhooks ADD secret VARCHAR(255) DEFAULT NULL;",
        "webhooks",
        SchemaNeed::Missing,
        {"column secret"});
    row("column among changes",
        "ALTER TABLE a CHANGE b b INT DEFAULT NULL, ADD c DECIMAL(10, 2) NOT NULL, DROP d;",
        "a",
        SchemaNeed::Missing,
        {"column c"});
    row("foreign key",
        "ALTER TABLE a ADD CONSTRAINT FK_1 FOREIGN KEY (b) REFERENCES c (id);",
        "a",
        SchemaNeed::Missing,
        {"foreign key FK_1"});
    row("index of a table",
        "ALTER TABLE a ADD UNIQUE INDEX u (b), ADD PRIMARY KEY (c);",
        "a",
        SchemaNeed::Missing,
        {"index u", "index"});
    row("default", "ALTER TABLE a CHANGE b b INT DEFAULT NULL;", "a", SchemaNeed::Cosmetic);
    row("comment",
        "ALTER TABLE a CHANGE b b DATETIME DEFAULT NULL COMMENT '(DC2Type:datetime), ADD x';",
        "a",
        SchemaNeed::Cosmetic);
    row("drop an index", "DROP INDEX u ON a;", "a", SchemaNeed::Surplus);
    row("drop a table", "DROP TABLE a;", "a", SchemaNeed::Surplus);
    row("drop a column", "ALTER TABLE a DROP b;", "a", SchemaNeed::Surplus);
}

void tst_consoleoutput::classifiesStatements()
{
    QFETCH(const QByteArray, sql);
    const SchemaDump dump = parseSchemaDump("\n The following SQL statements will be executed:\n\n"
                                            "     "
                                            + sql + "\n");
    QCOMPARE(dump.statements.size(), 1);
    QTEST(dump.statements.first().table, "table");
    QTEST(dump.statements.first().need, "need");
    QTEST(dump.statements.first().missing, "missing");
    QVERIFY(!dump.statements.first().sql.endsWith(';'));
}

void tst_consoleoutput::splitsStatementsOutsideOfQuotes()
{
    const SchemaDump dump = parseSchemaDump("ALTER TABLE a CHANGE b b INT COMMENT 'x; y';\n"
                                            "CREATE TABLE c (\n  id INT\n);\nDROP TABLE d;\n");
    QCOMPARE(dump.statements.size(), 3);
    QCOMPARE(dump.needed().size(), 1);
    const SchemaDump real = parseSchemaDump(capture("3-schema-update-dump-sql").standardOutput);
    QVERIFY(real.statements.size() > 10);
    QVERIFY(real.needed().isEmpty());
    QVERIFY(parseSchemaDump(" [OK] Nothing to update - your database is already in sync…\n")
                .saysInSync);
}

void tst_consoleoutput::readsWhatForceExecuted_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<int>("queries");
    QTest::newRow("Mautic 2") << QByteArray(
        "Database schema updated successfully! \"76\" queries were executed\n")
                              << 76;
    QTest::newRow("Mautic 3") << QByteArray("\n     12 queries were executed\n\n [OK] Database\n")
                              << 12;
    QTest::newRow("one") << QByteArray("     1 query was executed\n") << 1;
    QTest::newRow("none") << QByteArray("Nothing to update - in sync\n") << 0;
    QTest::newRow("unreadable") << QByteArray("Updating database schema...\n") << -1;
}

void tst_consoleoutput::readsWhatForceExecuted()
{
    QFETCH(const QByteArray, output);
    QTEST(parseSchemaForce(output).value_or(-1), "queries");
}

void tst_consoleoutput::readsOfferedUpdates_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QVersionNumber>("version");
    const auto row = [](const char *name,
                        const char *output,
                        UpdateFind::Kind kind,
                        const QVersionNumber &version = {}) {
        QTest::newRow(name) << QByteArray(output) << int(kind) << version;
    };
    row("up to date",
        "Great! You are running the current version of Mautic.\n",
        UpdateFind::Kind::UpToDate);
    row("offered",
        "[2027-02-03 00:00:00] Version 2.16.5 of Mautic is available for download. Please visit "
        "https://example.org/1.2.3 for more information.\n",
        UpdateFind::Kind::Offered,
        QVersionNumber(2, 16, 5));
    row("offered in German",
        "Version 3.3.5 von Mautic steht zum Download bereit.\n",
        UpdateFind::Kind::Offered,
        QVersionNumber(3, 3, 5));
    row("no network",
        "An error occurred while checking for updates. Please try again later.\n",
        UpdateFind::Kind::Failed);
    row("other language", "Une erreur est survenue.\n", UpdateFind::Kind::Unknown);
    row("behind a notice",
        "\nNotice: odd in /opt/php/7.4.33/x.php on line 2\n"
        "Great! You are running the current version of Mautic.\n",
        UpdateFind::Kind::UpToDate);
}

void tst_consoleoutput::readsOfferedUpdates()
{
    QFETCH(const QByteArray, output);
    const UpdateFind found = parseUpdateFind(output);
    QTEST(int(found.kind), "kind");
    QTEST(found.version, "version");
}

void tst_consoleoutput::readsAppliedUpdates_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("message");
    const auto row =
        [](const char *name, UpdateApply::Kind kind, int steps, const QString &message = {}) {
            QTest::newRow(name) << int(kind) << steps << message;
        };
    row("2-update-apply-package-success", UpdateApply::Kind::Applied, 8);
    row("2-update-apply-package-migration-fails",
        UpdateApply::Kind::Stopped,
        8,
        "An error occurred while updating the database. Check log for more details.");
    row("2-update-apply-package-missing",
        UpdateApply::Kind::Refused,
        0,
        "The ZIP archive could not be found.");
    row("2-update-apply-force-no-network",
        UpdateApply::Kind::Refused,
        1,
        "Could not read the cached update data to apply the update.");
    row("2-update-apply-no-network", UpdateApply::Kind::Aborted, 0);
    row("3-update-apply-no-network", UpdateApply::Kind::Aborted, 0);
    row("3-update-apply-package-success",
        UpdateApply::Kind::NeedsFinish,
        5,
        "IMPORTANT: Run the same command again with --finish. For example 'php bin/console "
        "mautic:update:apply --finish'");
    row("3-update-apply-package-finish", UpdateApply::Kind::Applied, 2);
}

void tst_consoleoutput::readsAppliedUpdates()
{
    const ProcessResult run = capture(QTest::currentDataTag());
    const UpdateApply applied = parseUpdateApply(run.standardOutput, run.standardError);
    QTEST(int(applied.kind), "kind");
    QTEST(int(applied.steps.size()), "steps");
    QTEST(applied.message, "message");
}

QTEST_GUILESS_MAIN(tst_consoleoutput)
#include "tst_consoleoutput.moc"
