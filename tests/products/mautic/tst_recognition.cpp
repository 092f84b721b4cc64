// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/mauticerror.h"
#include "products/mautic/recognition.h"
#include "products/mautic/sitefolder.h"

#include <QTest>

using namespace Banister;
using namespace Banister::Testing;

class tst_recognition : public QObject
{
    Q_OBJECT

private slots:
    void recognisesMautic2();
    void recognisesMautic3();
    void seesAGitCheckout();
    void findsTheConfigurationElsewhere_data();
    void findsTheConfigurationElsewhere();
    void expandsPaths_data();
    void expandsPaths();
    void namesTheFolderThatWasMeant_data();
    void namesTheFolderThatWasMeant();
    void isSilentWhereNothingIsNearby();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();

private:
    static MauticSite siteOf(const SiteFolder &folder)
    {
        const auto found = recogniseMautic(folder.path());
        return found && found->site ? *found->site : MauticSite();
    }
};

void tst_recognition::recognisesMautic2()
{
    SiteFolder folder;
    folder.mautic2();
    const MauticSite site = siteOf(folder);
    QCOMPARE(site.root, folder.path());
    QCOMPARE(site.version, QVersionNumber(2, 16, 5));
    QCOMPARE(site.versionText, "2.16.5");
    QCOMPARE(site.major(), 2);
    QCOMPARE(site.consolePath, folder.path("app/console"));
    QCOMPARE(site.paths.localConfig, folder.path("app/config/local.php"));
    QCOMPARE(site.paths.assets, "media");
    QCOMPARE(site.paths.plugins, "plugins");
    QVERIFY(!site.metadata);
    QVERIFY(!site.isGitCheckout);
}

void tst_recognition::recognisesMautic3()
{
    SiteFolder folder;
    folder.mautic3("3.0.0-beta2");
    const MauticSite site = siteOf(folder);
    QCOMPARE(site.major(), 3);
    QCOMPARE(site.versionText, "3.0.0-beta2");
    QCOMPARE(site.consolePath, folder.path("bin/console"));
    QVERIFY(site.metadata);
    QVERIFY(site.metadata->isStable());
    QCOMPARE(site.metadata->php, PhpRange("7.2.21", "7.3.99"));
    QCOMPARE(site.metadata->minimumMauticVersion, "3.0.0-alpha");
}

void tst_recognition::seesAGitCheckout()
{
    SiteFolder folder;
    folder.mautic2().write("composer.json", "{}");
    QVERIFY(siteOf(folder).isGitCheckout);
}

void tst_recognition::findsTheConfigurationElsewhere_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("php");
    QTest::addColumn<QString>("place"); // relative to the site
    QTest::newRow("an override") << "paths_local.php"
                                 << QByteArray(
                                        "<?php $paths['local_config'] = '/etc/crm/local.php';")
                                 << "/etc/crm/local.php";
    QTest::newRow("an override as an array")
        << "paths_local.php"
        << QByteArray("<?php\n$paths = array('local_config' => '%kernel.root_dir%/../conf.php');\n")
        << "conf.php";
    QTest::newRow("by the folder of the file")
        << "paths_local.php"
        << QByteArray("<?php $paths['local_config'] = __DIR__.'/../../secret/local.php';")
        << "secret/local.php";
    QTest::newRow("another theme folder only")
        << "paths_local.php" << QByteArray("<?php $paths['themes'] = 'looks';")
        << "app/config/local.php";
    QTest::newRow("changed in paths.php")
        << "paths.php"
        << QByteArray("<?php $paths = array(\"local_config\" => \"%kernel.root_dir%/own.php\");\n"
                      "if (true) { include 'x'; }\n")
        << "app/own.php";
}

void tst_recognition::findsTheConfigurationElsewhere()
{
    QFETCH(const QString, file);
    QFETCH(const QByteArray, php);
    QFETCH(const QString, place);
    SiteFolder folder;
    folder.mautic2().write("app/config/" + file, php);
    const QString expected = place.startsWith('/') ? place : folder.path(place);
    QCOMPARE(siteOf(folder).paths.localConfig, expected);
}

void tst_recognition::expandsPaths_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("path");
    QTest::newRow("kernel") << "%kernel.root_dir%/cache"
                            << "/site/app/cache";
    QTest::newRow("out of the kernel") << "%kernel.root_dir%/../var/cache"
                                       << "/site/var/cache";
    QTest::newRow("relative") << "media/images"
                              << "/site/media/images";
    QTest::newRow("absolute") << "/srv/www/app/../var//logs/"
                              << "/srv/www/var/logs";
    QTest::newRow("nothing") << ""
                             << "";
}

void tst_recognition::expandsPaths()
{
    MauticSite site;
    site.root = "/site";
    QFETCH(const QString, value);
    QTEST(site.expandPath(value), "path");
}

void tst_recognition::namesTheFolderThatWasMeant_data()
{
    QTest::addColumn<QString>("chosen"); // relative to the site
    QTest::newRow("a folder of it") << "app";
    QTest::newRow("a deeper one") << "app/config";
    QTest::newRow("the one above") << "..";
}

void tst_recognition::namesTheFolderThatWasMeant()
{
    QFETCH(const QString, chosen);
    SiteFolder folder;
    folder.mautic2();
    const auto found = recogniseMautic(folder.path(chosen));
    QVERIFY(found.isOk());
    QVERIFY(!found->site);
    QCOMPARE(found->probableFolder, folder.path());
}

void tst_recognition::isSilentWhereNothingIsNearby()
{
    SiteFolder folder;
    folder.write("index.php", "<?php\n").write("app/AppKernel.php", "<?php // Symfony's, any");
    const auto found = recogniseMautic(folder.path());
    QVERIFY(found.isOk());
    QVERIFY(!found->site);
    QCOMPARE(found->probableFolder, "");
    QVERIFY(recogniseMautic("/no/such/folder").isOk());

    // Two of them: none is more probable than the other.
    SiteFolder two;
    two.write("one/app/AppKernel.php", "x").write("one/app/version.txt", "2.16.5");
    two.write("two/app/AppKernel.php", "x").write("two/app/version.txt", "2.16.5");
    const auto both = recogniseMautic(two.path());
    QVERIFY(both.isOk());
    QCOMPARE(both->probableFolder, "");
}

void tst_recognition::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    const QString version = ErrorCode(MauticSiteError::VersionUnreadable).toString();
    const QString paths = ErrorCode(MauticSiteError::PathsUnreadable).toString();
    QTest::newRow("no version") << "app/version.txt" << QByteArray("two\n") << version;
    QTest::newRow("empty version") << "app/version.txt" << QByteArray() << version;
    QTest::newRow("no metadata") << "app/release_metadata.json" << QByteArray("{") << version;
    QTest::newRow("metadata without a version")
        << "app/release_metadata.json" << QByteArray(R"({"stability": "stable"})") << version;
    QTest::newRow("paths by a function")
        << "app/config/paths_local.php" << QByteArray("<?php $paths['local_config'] = findIt();")
        << paths;
    QTest::newRow("merged paths") << "app/config/paths_local.php"
                                  << QByteArray(
                                         "<?php $paths = array_merge($paths, ['themes' => 'x']);")
                                  << paths;
}

void tst_recognition::refusesWhatItCannotRead()
{
    QFETCH(const QString, file);
    QFETCH(const QByteArray, text);
    SiteFolder folder;
    folder.mautic2().write(file, text);
    const auto found = recogniseMautic(folder.path());
    QVERIFY(found.isError());
    QTEST(found.error().code.toString(), "code");
    QVERIFY2(found.error().fact.contains(file), qPrintable(found.error().fact));
}

QTEST_GUILESS_MAIN(tst_recognition)
#include "tst_recognition.moc"
