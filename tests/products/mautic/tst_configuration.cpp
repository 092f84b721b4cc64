// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/configuration.h"
#include "products/mautic/mauticerror.h"
#include "products/mautic/sitefolder.h"

#include <QTest>

using namespace Banister;
using namespace Banister::Testing;

class tst_configuration : public QObject
{
    Q_OBJECT

private slots:
    void readsTheDatabase();
    void readsPorts_data();
    void readsPorts();
    void mergesOverrides();
    void takesValuesFromTheEnvironment();
    void knowsItsFolders_data();
    void knowsItsFolders();
    void seesAnOwnRateLimiterCache_data();
    void seesAnOwnRateLimiterCache();
    void listsSecrets();
    void refuses_data();
    void refuses();

private:
    static Result<MauticConfiguration> read(const SiteFolder &folder,
                                            const QProcessEnvironment &environment = {})
    {
        const auto found = recogniseMautic(folder.path());
        if (!found)
            return found.failure();
        return MauticConfiguration::read(found->site.value(), environment);
    }
    static Result<MauticConfiguration> readParameters(const QByteArray &parameters)
    {
        SiteFolder folder;
        folder.mautic2().write("app/config/local.php",
                               "<?php\n$parameters = array(\n" + parameters + "\n);\n");
        return read(folder);
    }
};

void tst_configuration::readsTheDatabase()
{
    const auto configuration = readParameters(R"('db_driver' => 'pdo_mysql',
        'db_host' => 'db.example.org', 'db_port' => '3307', 'db_name' => 'crm',
        'db_user' => 'crm_app', 'db_password' => 'it\'s "x" \\ y', 'db_table_prefix' => 'mau_',
        'db_server_version' => '5.6', 'db_host_ro' => null, 'site_url' => 'https://crm.example.org')");
    QVERIFY(configuration.isOk());
    const MauticDatabase database = configuration->database();
    QCOMPARE(database.driver, "pdo_mysql");
    QVERIFY(database.isSupported());
    QCOMPARE(database.host, "db.example.org");
    QCOMPARE(database.port, 3307);
    QCOMPARE(database.name, "crm");
    QCOMPARE(database.user, "crm_app");
    QCOMPARE(database.password, R"(it's "x" \ y)");
    QCOMPARE(database.tablePrefix, "mau_");
    QCOMPARE(database.serverVersion, "5.6");
    QCOMPARE(database.replicaHost, "");
    QCOMPARE(configuration->siteUrl(), "https://crm.example.org");
    QVERIFY(!configuration->isUpgradeBlocked());
}

void tst_configuration::readsPorts_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("port");
    QTest::newRow("text") << QByteArray("'3310'") << 3310;
    QTest::newRow("number") << QByteArray("3310") << 3310;
    QTest::newRow("empty") << QByteArray("''") << 3306;
    QTest::newRow("null") << QByteArray("null") << 3306;
    QTest::newRow("out of range") << QByteArray("'70000'") << 3306;
}

void tst_configuration::readsPorts()
{
    QFETCH(const QByteArray, value);
    const auto configuration = readParameters("'db_port' => " + value);
    QVERIFY(configuration.isOk());
    QTEST(configuration->database().port, "port");
}

void tst_configuration::mergesOverrides()
{
    SiteFolder folder;
    folder.mautic2()
        .write("app/config/local.php",
               "<?php $parameters = ['db_host' => 'one', 'db_name' => 'crm'];")
        .write("app/config/parameters_local.php",
               "<?php $parameters = ['db_host' => 'two', 'block_mautic_3_upgrade' => true];");
    const auto configuration = read(folder);
    QVERIFY(configuration.isOk());
    QCOMPARE(configuration->database().host, "two");
    QCOMPARE(configuration->database().name, "crm");
    QVERIFY(configuration->isUpgradeBlocked());
    QCOMPARE(configuration->localFile().value("db_host"), PhpValue("one"));
    QVERIFY(configuration->overrides());
    QVERIFY(!configuration->contains("db_user"));
}

void tst_configuration::takesValuesFromTheEnvironment()
{
    SiteFolder folder;
    folder.mautic2().write("app/config/local.php",
                           "<?php $parameters = ['db_password' => getenv('CRM_PASSWORD'),"
                           "'db_user' => 'getenv(CRM_USER)', 'db_host' => getenv('CRM_HOST'),"
                           "'db_name' => getenv('CRM_NAME') ?: 'crm'];");
    QProcessEnvironment environment;
    environment.insert("CRM_PASSWORD", "secret one");
    environment.insert("CRM_USER", "someone");
    const auto configuration = read(folder, environment);
    QVERIFY(configuration.isOk());
    QCOMPARE(configuration->database().password, "secret one");
    QCOMPARE(configuration->database().user, "someone");
    QCOMPARE(configuration->database().host, "");
    QCOMPARE(configuration->database().name, "crm");
    QCOMPARE(configuration->unsetVariables(), QStringList("CRM_HOST"));
}

void tst_configuration::knowsItsFolders_data()
{
    QTest::addColumn<bool>("isThree");
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<QStringList>("folders"); // cache, logs, tmp, spool
    QTest::newRow("defaults of 2")
        << false << QByteArray() << QStringList{"app/cache", "app/logs", "app/cache", "app/spool"};
    QTest::newRow("defaults of 3")
        << true << QByteArray() << QStringList{"var/cache", "var/logs", "var/tmp", "var/spool"};
    QTest::newRow("set") << true
                         << QByteArray("'cache_path' => '%kernel.root_dir%/cache', 'log_path' => "
                                       "'%kernel.root_dir%/../logs', 'tmp_path' => 'tmp/x',"
                                       "'mailer_spool_path' => '%kernel.root_dir%/spool'")
                         << QStringList{"app/cache", "logs", "tmp/x", "app/spool"};
}

void tst_configuration::knowsItsFolders()
{
    QFETCH(const bool, isThree);
    QFETCH(const QByteArray, parameters);
    QFETCH(const QStringList, folders);
    SiteFolder folder;
    isThree ? folder.mautic3() : folder.mautic2();
    folder.write("app/config/local.php", "<?php $parameters = array(" + parameters + ");");
    const auto configuration = read(folder);
    QVERIFY(configuration.isOk());
    QCOMPARE(configuration->cachePath(), folder.path(folders.at(0)));
    QCOMPARE(configuration->logPath(), folder.path(folders.at(1)));
    QCOMPARE(configuration->tmpPath(), folder.path(folders.at(2)));
    QCOMPARE(configuration->waitingMailFolder(), folder.path(folders.at(3) + "/default"));
    QCOMPARE(configuration->uploadFolder(), folder.path("media/files"));
    QCOMPARE(configuration->imagePath(), folder.path("media/images"));
}

void tst_configuration::seesAnOwnRateLimiterCache_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isOwn");
    QTest::newRow("standard") << QByteArray("array('type' => 'file_system')") << false;
    QTest::newRow("redis") << QByteArray("array('type' => 'redis', 'host' => 'r')") << true;
    QTest::newRow("without a type") << QByteArray("array('host' => 'r')") << false;
    QTest::newRow("null") << QByteArray("null") << false;
}

void tst_configuration::seesAnOwnRateLimiterCache()
{
    QFETCH(const QByteArray, value);
    const auto configuration = readParameters("'api_rate_limiter_cache' => " + value);
    QVERIFY(configuration.isOk());
    QTEST(configuration->hasOwnRateLimiterCache(), "isOwn");
}

void tst_configuration::listsSecrets()
{
    const auto configuration = readParameters(
        "'db_password' => 'p1', 'secret_key' => 's2', 'mailer_password' => '', 'theme' => 'blank',"
        "'x_settings' => array('api_key' => 'k3', 'host' => 'h'), 'mailer_api_key' => 'p1',"
        "'saml_idp_own_password' => 'p4', 'oauth_tokens' => array('t5')");
    QVERIFY(configuration.isOk());
    QCOMPARE(configuration->secrets(), QStringList({"p1", "s2", "k3", "p4", "t5"}));
}

void tst_configuration::refuses_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("a missing file") << "app/config/other.php" << QByteArray("<?php")
                                    << ErrorCode(MauticSiteError::ConfigurationMissing).toString();
    QTest::newRow("a broken file")
        << "app/config/local.php" << QByteArray("<?php\n$parameters = array(\n  'a' => \n")
        << ErrorCode(MauticSiteError::ConfigurationUnreadable).toString();
    QTest::newRow("code") << "app/config/local.php"
                          << QByteArray("<?php\n$parameters = array('a' => compute());")
                          << ErrorCode(MauticSiteError::ConfigurationUnreadable).toString();
}

void tst_configuration::refuses()
{
    QFETCH(const QString, file);
    QFETCH(const QByteArray, text);
    SiteFolder folder;
    folder.mautic2().write(file, text);
    const auto configuration = read(folder);
    QVERIFY(configuration.isError());
    QTEST(configuration.error().code.toString(), "code");
    QVERIFY(configuration.error().fact.contains(folder.path("app/config/local.php")));
}

QTEST_GUILESS_MAIN(tst_configuration)
#include "tst_configuration.moc"
