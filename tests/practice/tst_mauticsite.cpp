// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/mauticrelease.h"
#include "practice/practiceerror.h"
#include "practice/privateserver.h"
#include "support/practicefixture.h"

#include <QDir>
#include <QTest>
#include <quazip.h>
#include <quazipfileinfo.h>

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace Banister;

namespace {

struct stat statOf(const QString &path)
{
    struct stat info = {};
    ::lstat(QFile::encodeName(path).constData(), &info);
    return info;
}

/// Asks to stop once it hears of a kind of work.
class ImpatientMonitor : public SilentMonitor
{
public:
    explicit ImpatientMonitor(QString work)
        : m_work(std::move(work))
    {}
    void report(const Progress &progress) override
    {
        m_isCancelled = m_isCancelled || progress.text.startsWith(m_work);
    }
    bool isCancelRequested() const override { return m_isCancelled; }

private:
    QString m_work;
    bool m_isCancelled = false;
};

} // namespace

/// What a built practice site holds, and how building refuses, ends early and is undone.
class tst_MauticSite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_shared.reset(); }

    void looksLikeASite();
    void holdsAwkwardFiles();
    void holdsAwkwardRows();
    void sharesTheDatabaseWhereThereIsAPrefix();
    void scalesWithFilesAndRows();
    void packagesCarryModesAndVersions();
    void refusesAFolderWithFiles();
    void refusesWithoutPhp();
    void leavesNothingWhenCancelled_data();
    void leavesNothingWhenCancelled();
    void removesOnlyPracticeSites();
    void keepsWhatSomebodyPutBesideIt();
    void comesBackOnTheSamePort();
    void bringsAPluginThatLoadsInVersion2Only();

private:
    std::unique_ptr<PracticeFixture> m_shared; ///< only looked at
};

void tst_MauticSite::initTestCase()
{
    m_shared = std::make_unique<PracticeFixture>();
    QCOMPARE(m_shared->build(), QString());
}

void tst_MauticSite::looksLikeASite()
{
    const auto &fixture = *m_shared;
    QCOMPARE(fixture.read("app/version.txt"), QByteArray("2.16.5\n"));
    QVERIFY(fixture.read("app/AppKernel.php").startsWith("<?php"));
    QCOMPARE(statOf(fixture.path("app/console")).st_mode & 07777, 0755U);
    QCOMPARE(statOf(fixture.path("app/config/local.php")).st_mode & 07777, 0640U);
    QVERIFY(fixture.read("app/config/local.php").contains("'theme' => 'Mauve'"));
    QVERIFY(!fixture.read("app/config/local.php").contains('{'));
    const auto plugins = mauticBundledPlugins();
    QCOMPARE(plugins.size(), 11);
    for (const auto &plugin : plugins)
        QVERIFY(QFile::exists(fixture.path("plugins/" + plugin + '/' + plugin + ".php")));
    QVERIFY(
        QFile::exists(fixture.path("plugins/PracticeGreetingBundle/PracticeGreetingBundle.php")));
    QVERIFY(fixture.read("themes/cards/html/message.html.twig").contains("ours"));
    QVERIFY(QFile::exists(fixture.path("media/images/flags/own.png")));
    QVERIFY(!QFile::exists(fixture.path("composer.json")));
    QCOMPARE(fixture.site().version, QString("2.16.5"));
    QVERIFY(QFile::exists(fixture.site().packagePath));
    QVERIFY(QFile::exists(fixture.site().originalPackagePath));
}

void tst_MauticSite::holdsAwkwardFiles()
{
    const auto &fixture = *m_shared;
    const auto odd = QFile::encodeName(fixture.path("media/files/odd names/"));
    for (const char *name : {"line\nbreak.txt", "not utf-8 \xE4\xF6.txt", "quote ' and \".txt"})
        QCOMPARE(::access((odd + name).constData(), F_OK), 0);
    QCOMPARE(statOf(fixture.path("media/files/read only.txt")).st_mode & 07777, 0444U);
    QVERIFY(QDir(fixture.path("media/files/empty folder")).isEmpty());
    QCOMPARE(statOf(fixture.path("media/files/precise.txt")).st_mtim.tv_nsec, 123'456'789L);
    QCOMPARE(statOf(fixture.path("media/files/old.txt")).st_mtim.tv_sec, 631'152'000L);
    QVERIFY(S_ISLNK(statOf(fixture.path("media/files/dangling")).st_mode));
    QCOMPARE(QFile::symLinkTarget(fixture.path("media/files/outside")),
             fixture.site().folder + "/outside");
    QCOMPARE(QFile::symLinkTarget(fixture.path("media/images/absolute.csv")),
             fixture.path("media/files/upload.csv"));
}

void tst_MauticSite::holdsAwkwardRows()
{
    const auto &fixture = *m_shared;
    QCOMPARE(fixture.sql("SELECT id FROM practice_zero ORDER BY id"), QStringList({"0", "3", "7"}));
    QCOMPARE(fixture.sql("SELECT HEX(name) FROM practice_emoji WHERE id = 1"),
             QStringList{"F09F91A9E2808DF09F91A9E2808DF09F91A7"});
    QCOMPARE(fixture.sql("SELECT HEX(text_value) FROM practice_latin WHERE id = 2"),
             QStringList{"E9A4"});
    QCOMPARE(fixture.sql("SELECT CAST(day AS CHAR) FROM practice_types WHERE id = 3"),
             QStringList{"0000-00-00"});
    QCOMPARE(fixture.sql("SELECT LENGTH(blob_value) FROM practice_types WHERE id = 4"),
             QStringList{"80000"});
    QCOMPARE(fixture.sql("SELECT practice_greeting('Ada')"),
             QStringList{QString::fromUtf8("Hello Ada; 👍")});
    QCOMPARE(
        fixture.sql(
            "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()"),
        QStringList{"1"});
    QCOMPARE(fixture.sql(
                 "SELECT COUNT(*) FROM information_schema.events WHERE event_schema = DATABASE()"),
             QStringList{"1"});
    QVERIFY(fixture.sql("SELECT COUNT(*) FROM a_practice_view").value(0).toInt() > 0);
    QCOMPARE(fixture.sql("SELECT COUNT(*) FROM migrations"), QStringList{"131"});
    QCOMPARE(fixture.sql("SHOW TABLES LIKE 'wp\\_%'"), QStringList());
}

void tst_MauticSite::sharesTheDatabaseWhereThereIsAPrefix()
{
    PracticeFixture fixture;
    QCOMPARE(fixture.build({.files = 0, .rows = 100, .tablePrefix = "mau_"}), QString());
    QCOMPARE(fixture.sql("SELECT COUNT(*) FROM wp_posts"), QStringList{"2"});
    QCOMPARE(fixture.sql(
                 "SHOW TABLES WHERE Tables_in_mautic NOT LIKE 'mau\\_%' AND Tables_in_mautic NOT "
                 "LIKE 'wp\\_%'"),
             QStringList());
    QVERIFY(fixture.console({"doctrine:migrations:status"}).out.contains(": "));
    QVERIFY(fixture.console({"doctrine:migrations:status"}).out.contains(" mau_migrations\n"));
    QCOMPARE(fixture.console({"doctrine:migrations:migrate"}).status, 0);
    QVERIFY(fixture.replaceFiles());
    QCOMPARE(fixture.console({"doctrine:migrations:migrate"}).status, 0);
    QCOMPARE(fixture.sql("SELECT COUNT(*) FROM mau_sync_object_mapping"), QStringList{"0"});
}

void tst_MauticSite::scalesWithFilesAndRows()
{
    PracticeFixture fixture;
    QCOMPARE(fixture.build({.files = 1'500, .rows = 60'000}), QString());
    const std::filesystem::path root(QFile::encodeName(fixture.site().sitePath()).toStdString());
    int files = 0;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(root))
        files += entry.is_regular_file() && !entry.is_symlink() ? 1 : 0;
    QVERIFY2(std::abs(files - 1'500) < 30, qPrintable(QString::number(files)));
    QCOMPARE(fixture.sql("SELECT COUNT(*) FROM leads"), QStringList{"9000"});
    QCOMPARE(fixture.sql("SELECT COUNT(*) FROM page_hits"), QStringList{"15000"});
    QCOMPARE(
        fixture.sql("SELECT COUNT(*) FROM email_stats WHERE lead_id NOT IN (SELECT id FROM leads)"),
        QStringList{"0"});
}

void tst_MauticSite::packagesCarryModesAndVersions()
{
    const auto &fixture = *m_shared;
    QuaZip zip(fixture.site().packagePath);
    QVERIFY(zip.open(QuaZip::mdUnzip));
    QuaZipFileInfo64 info;
    QVERIFY(zip.setCurrentFile("bin/console"));
    QVERIFY(zip.getCurrentFileInfo(&info));
    QCOMPARE((info.externalAttr >> 16U) & 07777U, 0755U);
    QVERIFY(zip.setCurrentFile("app/release_metadata.json"));
    const auto names = zip.getFileNameList();
    QCOMPARE(names.filter("app/migrations/").size(), 11);
    QVERIFY(!names.contains("app/version.txt"));
    QVERIFY(!names.contains("app/config/local.php"));
    QuaZip original(fixture.site().originalPackagePath);
    QVERIFY(original.open(QuaZip::mdUnzip));
    QVERIFY(original.setCurrentFile("app/version.txt"));
    QCOMPARE(original.getFileNameList().filter("app/migrations/").size(), 136);
}

void tst_MauticSite::refusesAFolderWithFiles()
{
    const QTemporaryDir folder;
    QFile other(folder.filePath(".hidden"));
    QVERIFY(other.open(QIODevice::WriteOnly));
    SilentMonitor monitor;
    const auto site = buildMauticSite(folder.path(), {}, monitor);
    QVERIFY(site.isError());
    QCOMPARE(site.error().code, ErrorCode(PracticeError::SiteFolderNotEmpty));
    QVERIFY(site.error().fact.contains(folder.path()));
    QVERIFY(other.exists());
}

void tst_MauticSite::refusesWithoutPhp()
{
    const QTemporaryDir folder;
    SilentMonitor monitor;
    const auto site = buildMauticSite(folder.path(), {.phpCommand = "php-of-nowhere"}, monitor);
    QVERIFY(site.isError());
    QCOMPARE(site.error().code, ErrorCode(PracticeError::PhpMissing));
    QVERIFY(QDir(folder.path()).isEmpty());
}

void tst_MauticSite::leavesNothingWhenCancelled_data()
{
    QTest::addColumn<QString>("work");
    QTest::newRow("while writing files") << "Writing the site";
    QTest::newRow("while packing") << "Packing";
    QTest::newRow("while filling the database") << "Filling the database";
}

void tst_MauticSite::leavesNothingWhenCancelled()
{
    QFETCH(const QString, work);
    const QTemporaryDir folder;
    ImpatientMonitor monitor(work);
    const auto path = folder.filePath("site");
    const auto site = buildMauticSite(path, {.files = 400, .rows = 20'000}, monitor);
    QVERIFY(site.isCancelled());
    QVERIFY(!QFile::exists(path));
}

void tst_MauticSite::removesOnlyPracticeSites()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir("keep"));
    const auto result = removePracticeSite(folder.path());
    QVERIFY(result.isError());
    QCOMPARE(result.error().code, ErrorCode(PracticeError::NotAPracticeSite));
    QVERIFY(QFile::exists(folder.filePath("keep")));
}

void tst_MauticSite::keepsWhatSomebodyPutBesideIt()
{
    PracticeFixture fixture;
    QCOMPARE(fixture.build({.files = 0, .rows = 100}), QString());
    const auto folder = fixture.site().folder;
    QVERIFY(QDir(folder).mkdir("my package"));
    const auto left = removePracticeSite(folder);
    QVERIFY(left);
    QCOMPARE(*left, QStringList{"my package"});
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), *left);
}

void tst_MauticSite::comesBackOnTheSamePort()
{
    PracticeFixture fixture;
    QCOMPARE(fixture.build(), QString());
    PrivateServer::stop(fixture.site().serverFolder());
    QVERIFY(fixture.sql("SELECT 1").value(0).startsWith("error:"));
    const auto site = openPracticeSite(fixture.site().folder);
    QVERIFY(site);
    QCOMPARE(site->database.port, fixture.site().database.port);
    QCOMPARE(site->database.password, fixture.site().database.password);
    QCOMPARE(fixture.sql("SELECT 1"), QStringList{"1"});
}

void tst_MauticSite::bringsAPluginThatLoadsInVersion2Only()
{
    PracticeFixture fixture;
    QCOMPARE(fixture.build({.files = 0, .rows = 100, .incompatiblePlugin = true}), QString());
    QCOMPARE(fixture.console({"cache:clear"}).status, 0);
    QVERIFY(fixture.replaceFiles());
    const QString plugins("plugins/");
    for (const QString name : {"PracticeGreetingBundle", "PracticeLegacyBundle"}) {
        QVERIFY(QDir().rename(fixture.site().folder + "/site 2/" + plugins + name,
                              fixture.path(plugins + name)));
        const auto isCompatible = name.contains("Greeting");
        QCOMPARE(fixture.console({"cache:clear"}).status, isCompatible ? 0 : 1);
    }
}

QTEST_GUILESS_MAIN(tst_MauticSite)
#include "tst_mauticsite.moc"
