// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/configchanges.h"

#include <QTest>

using namespace Banister;

class tst_configchanges : public QObject
{
    Q_OBJECT

private slots:
    void changes_data();
    void changes();
    void changesATypicalFile();
    void leavesAServerVersionOnRequest();
    void changesNothingTwice();
    void notesWhatItDoesNotReach();
    void showsTheDifferenceWithoutSecrets();
    void showsDifferences_data();
    void showsDifferences();

private:
    static PhpArrayFile parsed(const QByteArray &php, const QString &name = "local.php")
    {
        auto file = PhpArrayFile::parse(php, name);
        if (!file)
            qFatal("%s", qPrintable(file.error().fact));
        return *file;
    }
};

namespace {

const QByteArray Typical = R"(<?php
$parameters = array(
	'db_driver' => 'pdo_mysql',
	'db_password' => 'old "secret"',
	'db_server_version' => '10.11.19-MariaDB',
	// keep: mail goes through the relay
	'mailer_transport' => 'mail',
	'mailer_spool_path' => '%kernel.root_dir%/spool',
	'theme' => 'Mauve',
	'track_by_fingerprint' => 1,
	'webhook_start' => 0,
	'dev_hosts' => null,
	'api_rate_limiter_cache' => array(
		'type' => 'redis',
		'password' => 'redis secret',
	),
	'system_update_url' => 'https://updates.mautic.org/index.php?option=com_mauticdownload&task=checkUpdates',
	'cache_path' => '%kernel.root_dir%/cache',
	'log_path' => '/srv/mautic/app/logs',
	'tmp_path' => '%kernel.root_dir%/cache',
	'custom' => array('a' => 1.50, 'b' => array(true, null)),
);
)";

const QByteArray Changed = R"(<?php
$parameters = array(
	'db_driver' => 'pdo_mysql',
	'db_password' => 'old "secret"',
	'db_server_version' => '5.7',
	// keep: mail goes through the relay
	'mailer_transport' => 'sendmail',
	'mailer_spool_path' => '%kernel.root_dir%/../var/spool',
	'theme' => 'blank',
)";

} // namespace

void tst_configchanges::changes_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after"); // empty: stays
    const auto row = [](const char *name, const char *key, const char *before, const char *after) {
        QTest::newRow(name) << QByteArray(key) << QByteArray(before) << QByteArray(after);
    };
    row("file system limiter",
        "api_rate_limiter_cache",
        "array('type' => 'file_system')",
        "array('adapter' => 'cache.adapter.filesystem')");
    row("limiter of 3", "api_rate_limiter_cache", "['adapter' => 'cache.adapter.filesystem']", "");
    row("no limiter", "api_rate_limiter_cache", "null", "");
    row("empty limiter", "api_rate_limiter_cache", "array()", "");
    row("mail", "mailer_transport", "'mail'", "'sendmail'");
    row("smtp", "mailer_transport", "'smtp'", "");
    row("old address",
        "system_update_url",
        "'https://updates.mautic.org/index.php?option=com_mauticdownload&task=checkUpdates'",
        "'https://api.github.com/repos/mautic/mautic/releases'");
    row("own address", "system_update_url", "'https://mirror.example.org/'", "");
    row("no hosts", "dev_hosts", "null", "array()");
    row("hosts", "dev_hosts", "array('10.0.0.1')", "");
    row("Mauve", "theme", "'Mauve'", "'blank'");
    row("own theme", "theme", "'ours'", "");
    row("server version", "db_server_version", "'5.5.5'", "'5.7'");
    row("same server version", "db_server_version", "'5.7'", "");
    row("cache below the kernel",
        "cache_path",
        "'%kernel.root_dir%/cache'",
        "'%kernel.root_dir%/../var/cache'");
    row("absolute cache",
        "cache_path",
        "'/srv/mautic/app/cache/'",
        "'/srv/mautic/app/../var/cache/'");
    row("cache elsewhere", "cache_path", "'/var/cache/mautic'", "");
    row("cache with another name", "cache_path", "'/srv/mautic/app/cache2'", "");
    row("cache of 3", "cache_path", "'%kernel.root_dir%/../var/cache'", "");
    row("logs below the kernel",
        "log_path",
        "'%kernel.root_dir%/logs'",
        "'%kernel.root_dir%/../var/logs'");
    row("absolute logs", "log_path", "'/srv/mautic/app/logs'", "'/srv/mautic/app/../var/logs'");
    row("temporary files",
        "tmp_path",
        "'%kernel.root_dir%/cache'",
        "'%kernel.root_dir%/../var/tmp'");
    row("absolute temporary files", "tmp_path", "'/srv/app/cache'", "'/srv/app/../var/tmp'");
    row("spool",
        "mailer_spool_path",
        "'%kernel.root_dir%/spool'",
        "'%kernel.root_dir%/../var/spool'");
    row("own spool", "mailer_spool_path", "'/var/spool/mautic'", "");
    row("from the environment", "cache_path", "getenv('CACHE')", "");
    row("any other key", "log_level", "'app/cache'", "");
}

void tst_configchanges::changes()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    const QByteArray head = "<?php\n$parameters = array(\n  'first' => 1,\n  '" + key + "' => ";
    const QByteArray tail = ",\n  'last' => 2,\n);\n";
    PhpArrayFile file = parsed(head + before + tail);
    const auto list = configurationChanges(file);
    QCOMPARE(list.size(), after.isEmpty() ? 0 : 1);
    applyConfigurationChanges(file);
    if (after.isEmpty()) {
        QCOMPARE(file.toPhp(), head + before + tail);
        return;
    }
    const PhpArrayFile expected = parsed(head + after + tail);
    QCOMPARE(file.value(key), expected.value(key));
    QCOMPARE(file.keys(), expected.keys());
    QCOMPARE(list.first().key, key);
    QVERIFY(list.first().after == expected.value(key));
    QVERIFY(!list.first().reason.isEmpty());
    QCOMPARE(list.first().isDecision, key == "db_server_version");
}

void tst_configchanges::changesATypicalFile()
{
    PhpArrayFile file = parsed(Typical);
    const auto list = configurationChanges(file);
    QByteArrayList keys;
    for (const ConfigChange &change : list)
        keys += change.key;
    QCOMPARE(keys,
             QByteArrayList({"db_server_version",
                             "mailer_transport",
                             "mailer_spool_path",
                             "theme",
                             "track_by_fingerprint",
                             "webhook_start",
                             "dev_hosts",
                             "api_rate_limiter_cache",
                             "system_update_url",
                             "cache_path",
                             "log_path",
                             "tmp_path"}));
    applyConfigurationChanges(file);
    QVERIFY2(file.toPhp().startsWith(Changed), file.toPhp().constData());
    QVERIFY(
        file.toPhp().endsWith("'custom' => array('a' => 1.50, 'b' => array(true, null)),\n);\n"));
    QVERIFY(!file.contains("track_by_fingerprint"));
    QVERIFY(!file.contains("webhook_start"));
    QVERIFY(file.toPhp().contains("// keep: mail goes through the relay"));
}

void tst_configchanges::leavesAServerVersionOnRequest()
{
    PhpArrayFile file = parsed(Typical);
    applyConfigurationChanges(file, {true});
    QCOMPARE(file.value("db_server_version"), PhpValue("10.11.19-MariaDB"));
    QCOMPARE(file.value("theme"), PhpValue("blank"));
}

void tst_configchanges::changesNothingTwice()
{
    PhpArrayFile file = parsed(Typical);
    applyConfigurationChanges(file);
    const QByteArray once = file.toPhp();
    QVERIFY(configurationChanges(file).isEmpty());
    applyConfigurationChanges(file);
    QCOMPARE(file.toPhp(), once);
    QVERIFY(configurationChanges(parsed(once)).isEmpty());
}

void tst_configchanges::notesWhatItDoesNotReach()
{
    const PhpArrayFile file = parsed("<?php $parameters = ['theme' => 'Mauve', 'log_path' => "
                                     "__DIR__.'/../logs', 'db_host' => 'a'];");
    const QStringList notes =
        notesOn(file,
                parsed("<?php $parameters = ['theme' => 'Mauve', 'webhook_start' => 1, "
                       "'db_host' => 'b', 'mailer_transport' => 'smtp'];",
                       "/site/parameters_local.php"));
    QCOMPARE(notes.size(), 3);
    QVERIFY(notes.at(0).contains("log_path"));
    QVERIFY(notes.at(1).contains("theme"));
    QVERIFY(notes.at(1).contains("/site/parameters_local.php"));
    QVERIFY(notes.at(2).contains("webhook_start"));
    QVERIFY(notesOn(parsed(Typical), std::nullopt).isEmpty());
}

void tst_configchanges::showsTheDifferenceWithoutSecrets()
{
    PhpArrayFile before = parsed(QByteArray(Typical).replace(
        "// keep", "// 'db_password' => 'former one', was mysql://crm:open@db/crm\n\t// keep"));
    PhpArrayFile after = before;
    applyConfigurationChanges(after);
    const QString difference = configurationDifference(before, after);
    QVERIFY(difference.contains("\n-\t'theme' => 'Mauve',\n"));
    QVERIFY(difference.contains("\n+\t'theme' => 'blank',\n"));
    QVERIFY(difference.startsWith("@@ -"));
    for (const char *secret : {"old", "redis secret", "former one", "open@"})
        QVERIFY2(!difference.contains(secret), qPrintable(difference));
    QVERIFY(difference.contains("'db_password' => '***'"));
    QCOMPARE(configurationDifference(after, after), "");
    // Another secret is no difference that may be shown.
    PhpArrayFile other = after;
    other.set("db_password", "new");
    QCOMPARE(configurationDifference(after, other), "");
}

void tst_configchanges::showsDifferences_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("difference");
    QTest::newRow("none") << "a\nb\n"
                          << "a\nb\n"
                          << "";
    QTest::newRow("one line") << "a\nb\nc"
                              << "a\nB\nc"
                              << "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n";
    QTest::newRow("an addition") << "a\nc"
                                 << "a\nb\nc"
                                 << "@@ -1,2 +1,3 @@\n a\n+b\n c\n";
    QTest::newRow("a removal at the end") << "a\nb"
                                          << "a"
                                          << "@@ -1,2 +1 @@\n a\n-b\n";
    QTest::newRow("two hunks") << "1\n2\n3\n4\n5\n6\n7\n8\n9"
                               << "x\n2\n3\n4\n5\n6\n7\n8\ny"
                               << "@@ -1,2 +1,2 @@\n-1\n+x\n 2\n@@ -8,2 +8,2 @@\n 8\n-9\n+y\n";
    QTest::newRow("two changes in one hunk") << "1\n2\n3\n4\n5"
                                             << "1\nx\n3\ny\n5"
                                             << "@@ -1,5 +1,5 @@\n 1\n-2\n+x\n 3\n-4\n+y\n 5\n";
}

void tst_configchanges::showsDifferences()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QTEST(unifiedDifference(before, after, 1), "difference");
}

QTEST_GUILESS_MAIN(tst_configchanges)
#include "tst_configchanges.moc"
