// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"

#include <QDir>
#include <QFile>
#include <QTest>

namespace Banister {

namespace {

// The third of those that 3.0.2 has outstanding. It drops two columns, one after the other.
const QString Third = "app/migrations/Version20191126093923.php";

SceneAct phpWith(const QString &options, const QString &pattern)
{
    return [=](UpgradeScene &scene) {
        scene.phpOptions(options, "case \"$*\" in " + pattern + ") true ;; *) false ;; esac");
    };
}

void plainPhp(UpgradeScene &scene)
{
    scene.plainPhp();
}

/// A release package with another content of one file in it.
void putIntoPackage(const UpgradeScene &scene, const QString &name, const QByteArray &content)
{
    scene.sh("rm -rf patch && mkdir -p patch/app/migrations");
    scene.write(scene.folder("patch/" + name), content);
    scene.sh("cd patch && zip -q ../mautic-3.0.2.zip " + name);
}

void takeFromPackage(const UpgradeScene &scene, const QString &name)
{
    scene.sh("unzip -q -o pristine.zip " + name + " -d site");
}

SceneAct replaceMigration2(const QByteArray &content)
{
    return [content](UpgradeScene &scene) {
        scene.reopenMigrations2();
        scene.write(scene.site("app/migrations/Version20190715065013.php"), content);
        scene.remember();
    };
}

void restoreMigration2(UpgradeScene &scene)
{
    scene.sh("cp -p pristine/app/migrations/Version20190715065013.php site/app/migrations/");
    scene.remember();
}

} // namespace

/// Upgrades that fail because of PHP: it is missing, lacks something, or ends in the middle.
class TestPhpFailures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QCOMPARE(m_scene.reset(), QString()); }

    void isBlocked_data();
    void isBlocked();
    void stopsAndGoesOn_data();
    void stopsAndGoesOn();
    void setsAsideAPluginThatBreaksTheConsole();

private:
    UpgradeScene m_scene;
};

void TestPhpFailures::initTestCase()
{
    QCOMPARE(m_scene.build({.files = 320, .rows = 300, .incompatiblePlugin = true}), QString());
}

void TestPhpFailures::isBlocked_data()
{
    QTest::addColumn<QString>("php");
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("code");

    QTest::newRow("no such program") << "/nowhere/php"
                                     << "phpVersion"
                                     << "ProcessError.NotFound";
    QTest::newRow("not PHP") << "/bin/true"
                             << "phpVersion"
                             << "PhpError.NotPhp";
    QTest::newRow("too little memory") << "php -d memory_limit=64M"
                                       << "phpMemory"
                                       << "";
    QTest::newRow("without extensions") << "php -n"
                                        << "phpExtensions"
                                        << "";
}

void TestPhpFailures::isBlocked()
{
    QFETCH(QString, php);
    QFETCH(QString, check);
    QFETCH(QString, code);
    const auto run = m_scene.upgrade({"--php", php});
    QVERIFY2(run.status == 3, run.told().constData());
    QVERIFY2(run.failedChecks().contains(check), run.told().constData());
    QCOMPARE(run.lastStep(), QString());
    const auto finding = run.finding(check);
    auto error = finding["error"].toObject();
    while (error.contains("cause"))
        error = error["cause"].toObject();
    QCOMPARE(error["code"].toString(), code);
    QVERIFY(!finding["action"].toString().isEmpty());
    QCOMPARE(m_scene.problemOfFiles(), QString());
}

void TestPhpFailures::stopsAndGoesOn_data()
{
    QTest::addColumn<SceneFailure>("failure");

    QTest::newRow("PHP is gone before the migrations of Mautic 2")
        << SceneFailure{"applyV2Migrations",
                        {"ERR_MAUTIC_2_MIGRATIONS_IDENTIFICATION_FAILED", "ProcessError.NotFound"},
                        [](UpgradeScene &scene) {
                            scene.afterPhp(atCall(1, ConsoleCall::Any, "rm \"$here/php\""));
                        },
                        [](UpgradeScene &scene) { scene.writePhp(); }};
    QTest::newRow("memory exhausted when the migrations of Mautic 2 are asked for")
        << SceneFailure{"applyV2Migrations",
                        {"ERR_MAUTIC_2_MIGRATIONS_IDENTIFICATION_FAILED",
                         "MauticConsoleError.CommandFailed",
                         "PhpError.MemoryExhausted"},
                        phpWith("-d memory_limit=8M", ConsoleCall::Status2),
                        plainPhp};
    QTest::newRow("file of a Mautic 2 migration damaged")
        << SceneFailure{"applyV2Migrations",
                        {"ERR_MAUTIC_2_MIGRATIONS_IDENTIFICATION_FAILED",
                         "MauticConsoleError.CommandFailed",
                         "PhpError.ParseError"},
                        replaceMigration2("<?php\nfinal class {\n"),
                        restoreMigration2};
    QTest::newRow("fatal error in a Mautic 2 migration") << SceneFailure{
        "applyV2Migrations",
        {"ERR_MAUTIC_2_MIGRATIONS_FAILED",
         "MauticConsoleError.MigrationFailed",
         "PhpError.ClassMissing"},
        replaceMigration2(
            "<?php\nnamespace Mautic\\Migrations;\n"
            "final class Version20190715065013 extends \\Practice\\Mautic\\Migration\n"
            "{\n    public function up(): void\n    {\n"
            "        not_a_function_of_php();\n    }\n}\n"),
        restoreMigration2};
    QTest::newRow("extensions missing in the PHP of Mautic 3")
        << SceneFailure{"applyMigrations",
                        {"ERR_MAUTIC_3_MIGRATIONS_IDENTIFICATION_FAILED",
                         "MauticConsoleError.CommandFailed",
                         "PhpError.ExtensionMissing"},
                        phpWith("-n", ConsoleCall::Status3),
                        plainPhp};
    QTest::newRow("memory exhausted in a migration of Mautic 3")
        << SceneFailure{"applyMigrations",
                        {"ERR_MAUTIC_3_MIGRATIONS_FAILED",
                         "MauticConsoleError.CommandFailed",
                         "PhpError.MemoryExhausted"},
                        phpWith("-d memory_limit=8M", ConsoleCall::Migrate3),
                        plainPhp};
    QTest::newRow("fatal error half-way through the third migration of Mautic 3") << SceneFailure{
        "applyMigrations",
        {"ERR_MAUTIC_3_MIGRATIONS_FAILED",
         "MauticConsoleError.MigrationFailed",
         "PhpError.ClassMissing"},
        [](UpgradeScene &scene) {
            putIntoPackage(scene,
                           Third,
                           "<?php\nnamespace Mautic\\Migrations;\n"
                           "final class Version20191126093923 extends "
                           "\\Practice\\Mautic\\Migration\n{\n"
                           "    public function up(): void\n    {\n"
                           "        $this->database->execute('ALTER TABLE companies_leads "
                           "DROP manually_added', []);\n"
                           "        not_a_function_of_php();\n    }\n}\n");
        },
        [](UpgradeScene &scene) { takeFromPackage(scene, Third); }};
    QTest::newRow("PHP killed in a migration of Mautic 3") << SceneFailure{
        "applyMigrations",
        {"ERR_MAUTIC_3_MIGRATIONS_FAILED", "MauticConsoleError.CommandFailed", "PhpError.Crashed"},
        [](UpgradeScene &scene) {
            scene.beforePhp(atCall(2, ConsoleCall::Migrate3, "kill -SEGV $$"));
        },
        plainPhp};
    QTest::newRow("memory exhausted when a plugin is tested")
        << SceneFailure{"restoreUserData",
                        {"ERR_RESTORE_USER_DATA_FAILED",
                         "MauticConsoleError.CacheNotBuilt",
                         "PhpError.MemoryExhausted"},
                        phpWith("-d memory_limit=32M", ConsoleCall::CacheClear3),
                        plainPhp};
    QTest::newRow("memory exhausted when the cache is built") << SceneFailure{
        "buildCache",
        {"ERR_BUILD_M3_CACHE", "MauticConsoleError.CacheNotBuilt", "PhpError.MemoryExhausted"},
        [](UpgradeScene &scene) {
            scene.phpOptions("-d memory_limit=32M",
                             "[ ! -e \"$here/site/mautic-2-backup-files\" ] && "
                             "[ -e \"$here/site/bin/console\" ]");
        },
        plainPhp};
}

void TestPhpFailures::stopsAndGoesOn()
{
    QFETCH(SceneFailure, failure);
    const auto problem = problemOf(m_scene, failure);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestPhpFailures::setsAsideAPluginThatBreaksTheConsole()
{
    const auto run = m_scene.upgrade();
    const auto problem = m_scene.problemOfFinished(run);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QString told;
    for (const auto &line : run.lines) {
        if (line["event"] == "stepEnded" && line["step"] == "restoreUserData")
            told = line["text"].toString();
    }
    QVERIFY2(told.contains("set aside: PracticeLegacyBundle"), qPrintable(told));
    QVERIFY(!QFile::exists(m_scene.site("plugins/PracticeLegacyBundle")));
    QVERIFY(QFile::exists(m_scene.site("plugins/PracticeGreetingBundle")));
    const auto log = runCli({"log", m_scene.site(), "--level", "warning"});
    QVERIFY2(log.out.contains("PracticeLegacyBundle"), log.out.constData());
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestPhpFailures)
#include "tst_phpfailures.moc"
