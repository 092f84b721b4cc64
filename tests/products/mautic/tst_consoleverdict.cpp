// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phperror.h"
#include "products/mautic/capture.h"
#include "products/mautic/consoleoutput.h"
#include "products/mautic/consoleverdict.h"
#include "products/mautic/mauticerror.h"

#include <QDir>
#include <QTest>

using namespace Banister;
using namespace Banister::Testing;

Q_DECLARE_METATYPE(Banister::ConsoleVerdict::Outcome)

class tst_consoleverdict : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatHappened_data();
    void readsWhatHappened();
    void everyCaptureHasARow();
    void namesTheStatementThatFailed();
    void doesNotRepeatSecrets();
    void blamesThePlugin_data();
    void blamesThePlugin();
    void distrustsAnExitStatusOfZero_data();
    void distrustsAnExitStatusOfZero();
};

namespace {

QString pathOf(const QString &capture)
{
    return QStringLiteral(CAPTURES) + '/' + capture + ".txt";
}

} // namespace

void tst_consoleverdict::readsWhatHappened_data()
{
    QTest::addColumn<ConsoleVerdict::Outcome>("outcome");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("root");
    const auto row = [](const char *name,
                        ConsoleVerdict::Outcome outcome,
                        const QString &code,
                        const QString &root) { QTest::newRow(name) << outcome << code << root; };
    const auto succeeds = [&](const char *name) {
        row(name, ConsoleVerdict::Outcome::Succeeded, {}, {});
    };
    const auto hasNothingToDo = [&](const char *name) {
        row(name, ConsoleVerdict::Outcome::NothingToDo, {}, {});
    };
    const auto fails = [&](const char *name,
                           MauticConsoleError code,
                           std::optional<PhpError> root = {}) {
        const QString top = ErrorCode(code).toString();
        row(name, ConsoleVerdict::Outcome::Failed, top, root ? ErrorCode(*root).toString() : top);
    };
    fails("2-cache-clear-cache-owned-by-other-user",
          MauticConsoleError::CacheNotBuilt,
          PhpError::PermissionDenied);
    fails("2-cache-clear-cache-read-only",
          MauticConsoleError::CacheNotBuilt,
          PhpError::PermissionDenied);
    succeeds("2-cache-clear-interactive");
    fails("2-cache-clear-memory-limit-128M",
          MauticConsoleError::CacheNotBuilt,
          PhpError::MemoryExhausted);
    fails("2-cache-clear-memory-limit-32M-display-errors",
          MauticConsoleError::CacheNotBuilt,
          PhpError::MemoryExhausted);
    fails("2-cache-clear-memory-limit-64M",
          MauticConsoleError::CacheNotBuilt,
          PhpError::MemoryExhausted);
    fails(
        "2-cache-clear-missing-xml", MauticConsoleError::CacheNotBuilt, PhpError::ExtensionMissing);
    succeeds("2-cache-clear");
    fails("2-console-no-such-command", MauticConsoleError::CommandFailed, PhpError::CommandMissing);
    succeeds("2-console-version");
    fails("2-migrate-all-fails-column-exists",
          MauticConsoleError::MigrationFailed,
          PhpError::ObjectExists);
    succeeds("2-migrate-executed-unavailable-plus-1-new");
    hasNothingToDo("2-migrate-executed-unavailable");
    succeeds("2-migrate-many");
    fails("2-migrate-next-db-server-stopped",
          MauticConsoleError::CommandFailed,
          PhpError::DatabaseUnreachable);
    fails("2-migrate-next-fails-column-exists-interactive-format",
          MauticConsoleError::NothingRun,
          PhpError::NotConfirmed);
    fails("2-migrate-next-fails-foreign-key-missing",
          MauticConsoleError::MigrationFailed,
          PhpError::ObjectMissing);
    fails("2-migrate-next-fails-table-exists",
          MauticConsoleError::MigrationFailed,
          PhpError::ObjectExists);
    succeeds("2-migrate-next-last");
    fails("2-migrate-next-no-alter-privilege",
          MauticConsoleError::MigrationFailed,
          PhpError::NoRights);
    hasNothingToDo("2-migrate-next-nothing");
    succeeds("2-migrate-next-skipped");
    succeeds("2-migrate-next-with-sql");
    hasNothingToDo("2-migrate-nothing");
    succeeds("2-schema-update-dump-sql-no-interaction");
    succeeds("2-schema-update-force");
    succeeds("2-schema-validate");
    succeeds("2-status-0-new-table-prefix");
    succeeds("2-status-1-new-gap");
    succeeds("2-status-3-new-no-interaction");
    fails("2-status-broken-local-php", MauticConsoleError::CommandFailed, PhpError::ParseError);
    fails("2-status-cache-dir-not-writable-cold",
          MauticConsoleError::CommandFailed,
          PhpError::PermissionDenied);
    fails("2-status-class-missing", MauticConsoleError::CommandFailed, PhpError::ClassMissing);
    succeeds("2-status-display-errors-all");
    succeeds("2-status-executed-unavailable-show-versions");
    fails(
        "2-status-memory-limit-32M", MauticConsoleError::CommandFailed, PhpError::MemoryExhausted);
    fails("2-status-missing-pdo_mysql", MauticConsoleError::CommandFailed, PhpError::DriverMissing);
    fails("2-status-missing-vendor-and-bootstrap-cache",
          MauticConsoleError::CommandFailed,
          PhpError::VendorMissing);
    succeeds("2-status-no-migrations-table");
    succeeds("2-status-on-3-database");
    fails("2-status-parse-error-display-errors",
          MauticConsoleError::CommandFailed,
          PhpError::ParseError);
    succeeds("2-status-show-versions");
    fails("2-status-unknown-database",
          MauticConsoleError::CommandFailed,
          PhpError::NoRightsOnDatabase);
    fails("2-status-wrong-db-password",
          MauticConsoleError::CommandFailed,
          PhpError::DatabaseAccessDenied);
    fails("2-update-apply-force-no-network", MauticConsoleError::UpdateRefused);
    fails("2-update-apply-no-network", MauticConsoleError::NothingRun, PhpError::NotConfirmed);
    fails("2-update-apply-package-3.x-name", MauticConsoleError::UpdateRefused);
    fails("2-update-apply-package-migration-fails", MauticConsoleError::UpdateStopped);
    fails("2-update-apply-package-missing", MauticConsoleError::UpdateRefused);
    fails("2-update-apply-package-not-a-zip", MauticConsoleError::UpdateRefused);
    succeeds("2-update-apply-package-success");
    fails("2-update-find-no-network-no-interaction", MauticConsoleError::UpdateCheckFailed);
    fails("2-version-missing-vendor-display-errors",
          MauticConsoleError::CommandFailed,
          PhpError::VendorMissing);
    fails("3-app-console-missing", MauticConsoleError::CommandFailed, PhpError::ScriptMissing);
    fails("3-cache-clear-cache-owned-by-other-user",
          MauticConsoleError::CacheNotBuilt,
          PhpError::PermissionDenied);
    fails("3-cache-clear-cache-read-only",
          MauticConsoleError::CacheNotBuilt,
          PhpError::PermissionDenied);
    fails("3-cache-clear-memory-limit-128M",
          MauticConsoleError::CacheNotBuilt,
          PhpError::MemoryExhausted);
    fails("3-cache-clear-memory-limit-160M",
          MauticConsoleError::CacheNotBuilt,
          PhpError::MemoryExhausted);
    succeeds("3-cache-clear");
    succeeds("3-console-version-no-interaction");
    fails("3-migrate-all-fails-index-exists",
          MauticConsoleError::MigrationFailed,
          PhpError::ObjectExists);
    succeeds("3-migrate-all");
    succeeds("3-migrate-next-after-interruption-between-two-drops");
    fails("3-migrate-next-db-server-stopped",
          MauticConsoleError::CommandFailed,
          PhpError::DatabaseUnreachable);
    fails("3-migrate-next-fails-index-exists-verbose",
          MauticConsoleError::MigrationFailed,
          PhpError::ObjectExists);
    succeeds("3-migrate-next-last-no-data");
    hasNothingToDo("3-migrate-next-nothing");
    succeeds("3-migrate-next-skipped");
    succeeds("3-migrate-next-step-1");
    hasNothingToDo("3-migrate-next-when-gap-below-current");
    fails("3-migrate-next-wrong-db-password",
          MauticConsoleError::CommandFailed,
          PhpError::DatabaseAccessDenied);
    hasNothingToDo("3-migrate-nothing");
    succeeds("3-schema-update-dump-sql");
    fails(
        "3-schema-update-force", MauticConsoleError::SchemaUpdateFailed, PhpError::StatementFailed);
    succeeds("3-schema-validate");
    succeeds("3-status-0-new-no-interaction");
    succeeds("3-status-1-new-gap");
    fails("3-status-cache-dir-not-writable-cold",
          MauticConsoleError::CommandFailed,
          PhpError::PermissionDenied);
    fails(
        "3-status-incompatible-plugin", MauticConsoleError::CommandFailed, PhpError::ClassMissing);
    succeeds("3-status-show-versions-on-2-database");
    fails(
        "3-status-unknown-database", MauticConsoleError::CommandFailed, PhpError::UnknownDatabase);
    fails("3-update-apply-no-network", MauticConsoleError::NothingRun, PhpError::NotConfirmed);
    succeeds("3-update-apply-package-finish");
    succeeds("3-update-apply-package-success");
    fails("3-update-find-no-network", MauticConsoleError::UpdateCheckFailed);
}

void tst_consoleverdict::readsWhatHappened()
{
    const auto capture = readCapture(pathOf(QTest::currentDataTag()));
    QVERIFY(capture);
    const ConsoleVerdict verdict = judge(commandOf(capture->command), capture->run);
    QTEST(verdict.outcome, "outcome");
    QTEST(verdict.error ? verdict.error->code.toString() : QString(), "code");
    QTEST(verdict.error ? verdict.error->root().code.toString() : QString(), "root");
    if (verdict.error) {
        QVERIFY(!verdict.error->fact.isEmpty());
        QVERIFY(!verdict.error->details.isEmpty());
    }
}

void tst_consoleverdict::everyCaptureHasARow()
{
    QFile source(QStringLiteral(CAPTURES "/../tst_consoleverdict.cpp"));
    QVERIFY(source.open(QIODevice::ReadOnly));
    const QByteArray text = source.readAll();
    const QStringList files = QDir(CAPTURES).entryList({"*.txt"}, QDir::Files);
    QVERIFY(files.size() > 80);
    for (const QString &file : files) {
        const QByteArray row = '"' + file.chopped(4).toUtf8() + '"';
        QVERIFY2(text.contains(row), qPrintable(file));
    }
}

void tst_consoleverdict::namesTheStatementThatFailed()
{
    const auto capture = readCapture(pathOf("3-migrate-next-fails-index-exists-verbose"));
    QVERIFY(capture);
    const ConsoleVerdict verdict = judge(ConsoleCommand::MigrateNext, capture->run);
    QVERIFY(verdict.isFailed());
    QCOMPARE(verdict.error->code, ErrorCode(MauticConsoleError::MigrationFailed));
    QVERIFY(verdict.error->fact.contains("20200227110452"));
    QVERIFY(verdict.error->fact.contains("1061 Duplicate key name 'dnc_channel_lookup'"));
    QVERIFY(verdict.error->details.contains("CREATE INDEX dnc_channel_lookup"));
    QCOMPARE(verdict.error->root().code, ErrorCode(PhpError::ObjectExists));
}

void tst_consoleverdict::doesNotRepeatSecrets()
{
    const ProcessResult run{1,
                            "  ++ migrating 20181111095447\n"
                            "     -> UPDATE webhooks SET secret = 'a1b2c3' WHERE secret IS NULL;\n"
                            "Migration 20181111095447 failed during Execution. Error An exception "
                            "occurred while executing 'UPDATE webhooks SET secret = 'a1b2c3' WHERE "
                            "secret IS NULL' with params [\"x@example.org\"]:\n\n"
                            "SQLSTATE[HY000]: General error: 1205 Lock wait timeout exceeded\n",
                            {}};
    const ConsoleVerdict verdict = judge(ConsoleCommand::MigrateNext, run, {"Lock wait timeout"});
    QVERIFY(verdict.isFailed());
    QVERIFY(!verdict.error->details.contains("a1b2c3"));
    QVERIFY(!verdict.error->details.contains("x@example.org"));
    QVERIFY(verdict.error->details.contains("secret = '***'"));
    QVERIFY(verdict.error->fact.contains("1205 *** exceeded"));
    for (const Error *error = &*verdict.error; error; error = error->cause.get()) {
        QVERIFY(!error->details.contains("Lock wait"));
        QVERIFY(!error->fact.contains("a1b2c3"));
    }
}

void tst_consoleverdict::blamesThePlugin_data()
{
    QTest::addColumn<QByteArray>("standardError");
    QTest::addColumn<QString>("plugin");
    QTest::newRow("an exception of the container") << QByteArray(
        "\nIn Loader.php line 9:\n      \n"
        "  Class \"X\" not found while loading \"MauticPlugin\\TidesBundle\\Ebb\".  \n")
                                                   << "TidesBundle";
    QTest::newRow("a fatal error in its folder")
        << QByteArray("PHP Fatal error:  Cannot redeclare f() in "
                      "/var/www/crm/plugins/TidesBundle/Ebb.php on line 3\n")
        << "TidesBundle";
    QTest::newRow("a parse error in its folder")
        << QByteArray("PHP Parse error:  syntax error in "
                      "/var/www/crm/plugins/TidesBundle/Ebb.php on line 3\n")
        << "TidesBundle";
    QTest::newRow("only a notice")
        << QByteArray("PHP Deprecated:  old in /var/www/crm/plugins/TidesBundle/Ebb.php on line 3\n"
                      "PHP Fatal error:  new in /var/www/crm/app/AppKernel.php on line 4\n")
        << "";
}

void tst_consoleverdict::blamesThePlugin()
{
    QFETCH(const QByteArray, standardError);
    const ProcessResult run{255, {}, standardError};
    QTEST(pluginBlamed(run), "plugin");
    const ConsoleVerdict verdict = judge(ConsoleCommand::MigrationStatus, run);
    QVERIFY(verdict.isFailed());
    QFETCH(const QString, plugin);
    QCOMPARE(verdict.error->has(MauticConsoleError::PluginBreaksConsole), !plugin.isEmpty());
}

void tst_consoleverdict::distrustsAnExitStatusOfZero_data()
{
    QTest::addColumn<ConsoleCommand>("command");
    QTest::addColumn<QByteArray>("output");
    QTest::newRow("no version") << ConsoleCommand::Version << QByteArray("Welcome\n");
    QTest::newRow("no count") << ConsoleCommand::MigrationStatus
                              << QByteArray(" == Configuration\n    >> Name:   Mautic\n");
    QTest::newRow("no end") << ConsoleCommand::MigrateAll
                            << QByteArray("Migrating up to 2 from 1\n\n  ++ migrating 2\n");
    QTest::newRow("no cleared cache")
        << ConsoleCommand::CacheClear << QByteArray(" // Clearing the cache for the prod…\n");
    QTest::newRow("no statement") << ConsoleCommand::SchemaDump << QByteArray("\n");
    QTest::newRow("no queries") << ConsoleCommand::SchemaForce << QByteArray("\n");
    QTest::newRow("no mapping") << ConsoleCommand::SchemaValidate << QByteArray("\n");
    QTest::newRow("no finding") << ConsoleCommand::UpdateFind << QByteArray("Bonjour\n");
    QTest::newRow("no steps") << ConsoleCommand::UpdateApply << QByteArray("\n");
}

void tst_consoleverdict::distrustsAnExitStatusOfZero()
{
    QFETCH(const ConsoleCommand, command);
    QFETCH(const QByteArray, output);
    QVERIFY(judge(command, ProcessResult{0, output}).isFailed());
}

QTEST_GUILESS_MAIN(tst_consoleverdict)
#include "tst_consoleverdict.moc"
