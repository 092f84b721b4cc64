// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolecapture.h"
#include "practice/privateserver.h"

#include <QTest>

using namespace Banister;

namespace {

const QStringList status{"doctrine:migrations:status"};
const QStringList migrateNext{"doctrine:migrations:migrate", "next"};
const QStringList migrateAll{"doctrine:migrations:migrate"};
const QStringList clearCache{"cache:clear"};

QString migration(const QByteArray &version)
{
    return QString::fromLatin1("app/migrations/Version" + version + ".php");
}

} // namespace

#define COMPARE_CAPTURE(name, ...)                                                                 \
    QCOMPARE(differenceTo(name, __VA_ARGS__, m_fixture->site()), QString())

/// The consoles of a practice site against captures of their formats.
class tst_MauticConsole : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_fixture.reset(); }

    void takesAllStepsOfAnUpgrade();
    void runsGapsOnlyWithoutNext();
    void warnsOfUnavailableVersions();
    void failsWhenTheIndexIsThere();
    void doesNotNoticeAnInterruptionBetweenTwoDrops();
    void asksAPerson();
    void createsTheVersionTable();
    void endsWithAFatalErrorInTheThirdMigration();
    void endsWithAMigrationThatDoesNotParse();
    void keepsOldCredentialsInTheCacheOfVersion2();
    void readsCredentialsAtEachStartInVersion3();
    void explainsAStoppedServer();
    void buildsTheCacheWhereTheConfigurationSays();
    void needsMemoryForTheCache();
    void refusesAPluginThatDoesNotLoad();
    void comparesTheSchema();
    void sendsWaitingMails();
    void knowsItsVersion();

private:
    void changePassword(const QByteArray &password)
    {
        m_fixture->replace(
            "app/config/local.php", m_fixture->site().database.password.toUtf8(), password);
    }

    std::unique_ptr<PracticeFixture> m_fixture;
};

void tst_MauticConsole::init()
{
    m_fixture = std::make_unique<PracticeFixture>();
    QCOMPARE(m_fixture->build(), QString());
}

void tst_MauticConsole::takesAllStepsOfAnUpgrade()
{
    COMPARE_CAPTURE("2-status-5-new", m_fixture->console(status));
    COMPARE_CAPTURE("2-status-5-new-plain", m_fixture->plainConsole(status));
    COMPARE_CAPTURE("2-next-with-sql", m_fixture->console(migrateNext));
    COMPARE_CAPTURE("2-next-without-sql", m_fixture->console(migrateNext));
    QCOMPARE(m_fixture->console(migrateNext).status, 0);
    COMPARE_CAPTURE("2-next-skipped", m_fixture->console(migrateNext));
    QCOMPARE(m_fixture->console(migrateNext).status, 0);
    COMPARE_CAPTURE("2-next-nothing", m_fixture->console(migrateNext));
    COMPARE_CAPTURE("2-all-nothing", m_fixture->console(migrateAll));

    QVERIFY(m_fixture->replaceFiles());
    COMPARE_CAPTURE("3-status-first", m_fixture->console(status));
    QCOMPARE(
        m_fixture->sql("SELECT column_type FROM information_schema.columns WHERE table_schema = "
                       "DATABASE() AND table_name = 'migrations' ORDER BY ordinal_position"),
        QStringList({"varchar(14)", "datetime"}));
    COMPARE_CAPTURE("3-next-two-at-once", m_fixture->console(migrateNext));
    for (int i = 0; i < 6; ++i)
        QCOMPARE(m_fixture->console(migrateNext).status, 0);
    COMPARE_CAPTURE("3-next-last", m_fixture->console(migrateNext));
    COMPARE_CAPTURE("3-next-nothing", m_fixture->console(migrateNext));
    COMPARE_CAPTURE("3-status-0-new", m_fixture->console(status));
    QCOMPARE(m_fixture->console(clearCache).status, 0);

    QCOMPARE(
        m_fixture->sql("SELECT COUNT(DISTINCT secret), 1 FROM webhooks WHERE LENGTH(secret) = 64"),
        QStringList{"1"});
    QCOMPARE(m_fixture->sql("SELECT bundle FROM categories WHERE id IN (2, 3)"),
             QStringList({"messages", "messages"}));
    QCOMPARE(
        m_fixture->sql("SELECT properties FROM form_fields WHERE properties LIKE '%empty_value%'"),
        QStringList());
    QCOMPARE(m_fixture->sql("SELECT properties FROM lead_fields WHERE id = 1"),
             QStringList{R"(a:1:{s:4:"list";a:3:{i:0;s:2:"Mr";i:1;s:3:"Mrs";i:2;s:4:"Miss";}})"});
    QCOMPARE(m_fixture->sql("SELECT COUNT(*) FROM sync_object_mapping"), QStringList{"0"});
    QVERIFY(m_fixture->sql("SELECT online_status FROM users").value(0).startsWith("error:"));
}

void tst_MauticConsole::runsGapsOnlyWithoutNext()
{
    m_fixture->finishVersion2();
    m_fixture->sql("DELETE FROM migrations WHERE version = '20190704154940'");
    COMPARE_CAPTURE("2-next-nothing", m_fixture->console(migrateNext));
    QVERIFY(m_fixture->console(status).out.contains(
        "Next Version:                                       "
        "Already at latest version"));
    QVERIFY(m_fixture->console(status).out.contains(QRegularExpression("New Migrations:\\s+1\n")));
    COMPARE_CAPTURE("2-all-gap", m_fixture->console(migrateAll));
    QVERIFY(m_fixture->console(status).out.contains(QRegularExpression("New Migrations:\\s+0\n")));
}

void tst_MauticConsole::warnsOfUnavailableVersions()
{
    m_fixture->finishVersion2();
    m_fixture->sql(
        "INSERT INTO migrations (version) VALUES ('20200101000000'), ('20200202020202')");
    COMPARE_CAPTURE("2-next-nothing", m_fixture->console(migrateNext));
    COMPARE_CAPTURE("2-all-unavailable", m_fixture->console(migrateAll));
    const auto shown = m_fixture->console(status + QStringList{"--show-versions"});
    QVERIFY(shown.out.contains(" == Previously Executed Unavailable Migration Versions"));
    QVERIFY(shown.out.contains("    >> 2020-02-02 02:02:02 (20200202020202)\n"));
    QVERIFY(shown.out.contains(
        "    >> 2019-07-24 11:00:39 (20190724110039)                migrated\n"));
}

void tst_MauticConsole::failsWhenTheIndexIsThere()
{
    m_fixture->finishVersion2();
    QVERIFY(m_fixture->replaceFiles());
    m_fixture->sql("CREATE INDEX dnc_channel_id_search ON lead_donotcontact (channel_id)");
    for (int i = 0; i < 5; ++i)
        QCOMPARE(m_fixture->console(migrateNext).status, 0);
    COMPARE_CAPTURE("3-next-fails", m_fixture->console(migrateNext));
    QVERIFY(m_fixture->console(status).out.contains(QRegularExpression("New Migrations:\\s+3\n")));
    m_fixture->sql("DROP INDEX dnc_channel_id_search ON lead_donotcontact");
    QCOMPARE(m_fixture->console(migrateNext).status, 0);
}

void tst_MauticConsole::doesNotNoticeAnInterruptionBetweenTwoDrops()
{
    m_fixture->finishVersion2();
    QVERIFY(m_fixture->replaceFiles());
    m_fixture->sql("ALTER TABLE companies_leads DROP manually_added");
    COMPARE_CAPTURE("3-next-half-done", m_fixture->console(migrateNext));
    QVERIFY(m_fixture->sql("SHOW COLUMNS FROM companies_leads").contains("manually_removed"));
}

void tst_MauticConsole::asksAPerson()
{
    COMPARE_CAPTURE("2-next-aborted", m_fixture->plainConsole(migrateNext));
    QVERIFY(m_fixture->console(status).out.contains(QRegularExpression("New Migrations:\\s+5\n")));
}

void tst_MauticConsole::createsTheVersionTable()
{
    m_fixture->sql("DROP TABLE migrations");
    const auto output = m_fixture->console(status);
    QCOMPARE(output.status, 0);
    QVERIFY(output.out.contains(QRegularExpression("Current Version:\\s+0\n")));
    QVERIFY(output.out.contains(QRegularExpression("New Migrations:\\s+136\n")));
    QCOMPARE(m_fixture->sql("SELECT COUNT(*) FROM migrations"), QStringList{"0"});
}

void tst_MauticConsole::endsWithAFatalErrorInTheThirdMigration()
{
    m_fixture->replace(
        migration("20190704154940"), "    {\n    }", "    {\n        notThere();\n    }");
    const auto output = m_fixture->console(migrateAll);
    QCOMPARE(output.status, 255);
    QVERIFY(output.out.endsWith("  ++ migrating 20190704154940\n\n"));
    QVERIFY(output.err.startsWith("PHP Fatal error:  Uncaught Error: Call to undefined function"));
    QVERIFY(m_fixture->console(status).out.contains(QRegularExpression("New Migrations:\\s+3\n")));
}

void tst_MauticConsole::endsWithAMigrationThatDoesNotParse()
{
    m_fixture->write(migration("20190704154940"), "<?php\nthis is broken");
    const auto output = m_fixture->console(status);
    QCOMPARE(output.status, 255);
    QCOMPARE(output.out, QString());
    QVERIFY(output.err.startsWith("PHP Parse error:  syntax error"));
}

void tst_MauticConsole::keepsOldCredentialsInTheCacheOfVersion2()
{
    QCOMPARE(m_fixture->console(status).status, 0);
    changePassword("wrong");
    QCOMPARE(m_fixture->console(status).status, 0);
    QVERIFY(QDir(m_fixture->path("app/cache/prod")).removeRecursively());
    COMPARE_CAPTURE("2-status-wrong-password", m_fixture->console(status));
    COMPARE_CAPTURE("2-next-wrong-password", m_fixture->console(migrateNext));
    QCOMPARE(m_fixture->console(clearCache).status, 0);
}

void tst_MauticConsole::readsCredentialsAtEachStartInVersion3()
{
    m_fixture->finishVersion2();
    QVERIFY(m_fixture->replaceFiles());
    QCOMPARE(m_fixture->console(status).status, 0);
    changePassword("wrong");
    COMPARE_CAPTURE("3-status-wrong-password", m_fixture->console(status));
}

void tst_MauticConsole::explainsAStoppedServer()
{
    PrivateServer::stop(m_fixture->site().serverFolder());
    const auto output = m_fixture->console(status);
    QCOMPARE(output.status, 1);
    QCOMPARE(output.out, QString());
    QVERIFY(output.err.contains("  SQLSTATE[HY000] [2002] Connection refused  \n"));
    QCOMPARE(m_fixture->console({"--version"}).status, 0);
    QVERIFY(openPracticeSite(m_fixture->site().folder));
    QCOMPARE(m_fixture->console(status).status, 0);
}

void tst_MauticConsole::buildsTheCacheWhereTheConfigurationSays()
{
    COMPARE_CAPTURE("2-cache-clear", m_fixture->console(clearCache));
    QVERIFY(QDir(m_fixture->path("app/cache/prod/translations")).exists());
    m_fixture->replace(
        "app/config/local.php", "%kernel.root_dir%/cache", "%kernel.root_dir%/../var/other");
    QVERIFY(m_fixture->replaceFiles());
    COMPARE_CAPTURE("3-cache-clear", m_fixture->console(clearCache));
    QVERIFY(QDir(m_fixture->path("var/other/prod/translations")).exists());
    QVERIFY(!QDir(m_fixture->path("app/cache")).exists());
}

void tst_MauticConsole::needsMemoryForTheCache()
{
    QCOMPARE(m_fixture->console(clearCache, {"memory_limit=256M"}).status, 0);
    const auto little = m_fixture->console(clearCache, {"memory_limit=32M"});
    QCOMPARE(little.status, 255);
    QVERIFY(
        little.err.startsWith("PHP Fatal error:  Allowed memory size of 33554432 bytes exhausted"));
    QVERIFY(!little.out.contains("[OK]"));
    QVERIFY(QDir(m_fixture->path("app/cache/prod")).exists());
    QCOMPARE(m_fixture->console(status).status, 0);
    const auto less = m_fixture->console(status, {"memory_limit=8M"});
    QCOMPARE(less.status, 255);
    QCOMPARE(less.out, QString());
    const auto shown = m_fixture->console(clearCache, {"memory_limit=32M", "display_errors=1"});
    QVERIFY(shown.out.contains("\nFatal error: Allowed memory size of"));
}

void tst_MauticConsole::refusesAPluginThatDoesNotLoad()
{
    m_fixture->finishVersion2();
    QVERIFY(m_fixture->replaceFiles());
    const QString folder("plugins/PracticeLegacyBundle");
    m_fixture->write(
        folder + "/PracticeLegacyBundle.php",
        "<?php\nnamespace MauticPlugin\\PracticeLegacyBundle;\n"
        "class PracticeLegacyBundle extends \\Mautic\\PluginBundle\\Bundle\\PluginBundleBase {}\n");
    m_fixture->write(
        folder + "/EventListener/OldSubscriber.php",
        "<?php\nnamespace MauticPlugin\\PracticeLegacyBundle\\EventListener;\n"
        "class OldSubscriber extends \\Mautic\\CoreBundle\\EventListener\\CommonSubscriber {}\n");
    COMPARE_CAPTURE("3-plugin-without-its-parent", m_fixture->console(status));
    QVERIFY(QDir(m_fixture->path(folder)).removeRecursively());
    QCOMPARE(m_fixture->console(status).status, 0);

    m_fixture->write(folder + "/PracticeLegacyBundle.php",
                     "<?php\nnamespace MauticPlugin\\PracticeLegacyBundle;\n"
                     "class PracticeLegacyBundle extends \\Symfony\\Gone\\Bundle {}\n");
    const auto output = m_fixture->console({"--version"});
    QCOMPARE(output.status, 255);
    QVERIFY(output.err.contains("Class \"Symfony\\Gone\\Bundle\" not found")
            || output.err.contains("Class 'Symfony\\Gone\\Bundle' not found"));
}

void tst_MauticConsole::comparesTheSchema()
{
    const QStringList update{"doctrine:schema:update"};
    m_fixture->sql("ALTER TABLE leads DROP KEY points_search");
    const auto healthy = m_fixture->console(update + QStringList{"--dump-sql"});
    QCOMPARE(healthy.status, 0);
    QVERIFY(healthy.out.contains("CREATE INDEX points_search ON leads (points);"));
    QVERIFY(healthy.out.contains("CHANGE owner_id owner_id INT DEFAULT NULL"));
    const auto forced = m_fixture->console(update + QStringList{"--force"});
    QCOMPARE(forced.status, 0);
    QVERIFY(
        forced.out.contains(QRegularExpression("successfully! \"\\d+\" queries were executed\n")));
    QVERIFY(!m_fixture->console(update + QStringList{"--dump-sql"}).out.contains("points_search"));

    m_fixture->finishVersion2();
    QVERIFY(m_fixture->replaceFiles());
    QCOMPARE(m_fixture->console(migrateAll).status, 0);
    const auto refused = m_fixture->console(update + QStringList{"--force"});
    QCOMPARE(refused.status, 1);
    QVERIFY(refused.err.contains("General error: 1832 Cannot change column 'client_id': used"));
}

void tst_MauticConsole::sendsWaitingMails()
{
    const QDir spool(m_fixture->path("app/spool/default"));
    QCOMPARE(spool.entryList(QDir::Files).size(), 1);
    QCOMPARE(m_fixture->console({"mautic:email:process"}).status, 0);
    QCOMPARE(spool.entryList(QDir::Files).size(), 0);
}

void tst_MauticConsole::knowsItsVersion()
{
    QCOMPARE(m_fixture->plainConsole({"--version"}).out,
             QString("Mautic version 2.16.5 - app/prod\n"));
    QVERIFY(m_fixture->replaceFiles());
    QCOMPARE(m_fixture->plainConsole({"--version"}).out,
             QString("Mautic 3.0.2 - app/prod (kernel: app, env: prod, debug: false)\n"));
    QCOMPARE(m_fixture->console({"mautic:update:find"}).status, 0);
    QCOMPARE(m_fixture->console({"doctrine:migrations:foo"}).status, 1);
}

QTEST_GUILESS_MAIN(tst_MauticConsole)
#include "tst_mauticconsole.moc"
