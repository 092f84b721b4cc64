// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/badpackages.h"
#include "cli/upgradescene.h"
#include "support/ziphelper.h"

#include <QCryptographicHash>
#include <QTest>

namespace Banister {

/// Packages on this computer that are damaged, hostile, or something else: refused before anything is
/// begun.
class TestPackageFailures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();

    void isRefused_data();
    void isRefused();
    void isRefusedForItsPhp();
    void isMissing();
    void sourceIsRefused_data();
    void sourceIsRefused();
    void hasTheSumThatWasGiven();
    void originalIsRefused_data();
    void originalIsRefused();
    void originalIsTakenWhereItFits();
    void isUsedWhenItIsWhole();

private:
    UpgradeScene m_scene;
};

void TestPackageFailures::initTestCase()
{
    QCOMPARE(m_scene.build(), QString());
}

void TestPackageFailures::init()
{
    QCOMPARE(m_scene.sh("cp pristine.zip mautic-3.0.2.zip"), QString());
}

void TestPackageFailures::isRefused_data()
{
    QTest::addColumn<BadPackage>("package");
    const auto packages = badPackages(m_scene.read(m_scene.package()));
    for (const auto &package : packages)
        QTest::newRow(package.name) << package;
}

void TestPackageFailures::isRefused()
{
    QFETCH(BadPackage, package);
    m_scene.write(m_scene.package(), package.content);
    const auto run = m_scene.upgrade();
    QVERIFY2(run.status == 3, run.told().constData());
    QCOMPARE(run.lastStep(), QString());
    QVERIFY2(run.codes().last() == package.code, run.told().constData());
    const auto finding = run.finding("packageSource");
    QCOMPARE(finding["severity"].toString(), "error");
    QVERIFY(finding["action"].toString().contains(package.code));
    QVERIFY(!QFile::exists(m_scene.site(".banister")));
    QVERIFY(!QFile::exists(m_scene.folder("evil")));
    QCOMPARE(m_scene.problemOfFiles(), QString());
}

void TestPackageFailures::isRefusedForItsPhp()
{
    m_scene.write(m_scene.package(), packageForPhp73());
    const auto run = m_scene.upgrade();
    QVERIFY2(run.status == 3, run.told().constData());
    QCOMPARE(run.failedChecks(), QStringList{"phpVersion"});
    QVERIFY(run.finding("phpVersion")["fact"].toString().contains("7.3"));
}

void TestPackageFailures::isMissing()
{
    QVERIFY(QFile::remove(m_scene.package()));
    const auto run = m_scene.upgrade();
    QVERIFY2(run.status == 3, run.told().constData());
    QVERIFY(run.failedChecks().contains("packageSource"));
}

void TestPackageFailures::sourceIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("told");
    const QString another(64, 'a');
    QTest::newRow("no sum") << QStringList{"--sha256", "abc"} << "abc";
    QTest::newRow("no digits") << QStringList{"--sha256", QString(64, 'g')} << "gggg";
    QTest::newRow("another sum") << QStringList{"--sha256", another} << "SHA-256 sum";
    QTest::newRow("no sum for an address")
        << QStringList{"--package", "https://127.0.0.1:1/m.zip", "--sha256", "abc"} << "abc";
    QTest::newRow("ftp") << QStringList{"--package", "ftp://x/y"} << "ftp://x/y";
    QTest::newRow("no host") << QStringList{"--package", "https:///y"} << "https:///y";
    QTest::newRow("missing file by its address")
        << QStringList{"--package", "file:///nowhere.zip"} << "/nowhere.zip";
}

void TestPackageFailures::sourceIsRefused()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, told);
    const auto run = m_scene.upgrade(arguments);
    QVERIFY2(run.status == 3, run.told().constData());
    QCOMPARE(run.failedChecks(), QStringList{"packageSource"});
    const auto finding = run.finding("packageSource");
    QVERIFY2(finding["fact"].toString().contains(told), run.told().constData());
    QVERIFY(!finding["action"].toString().isEmpty());
    QVERIFY(!QFile::exists(m_scene.site(".banister")));
}

void TestPackageFailures::hasTheSumThatWasGiven()
{
    const auto sum =
        QCryptographicHash::hash(m_scene.read(m_scene.package()), QCryptographicHash::Sha256);
    QCOMPARE(m_scene.sh("ln -sf mautic-3.0.2.zip linked.zip"), QString());
    for (const auto &package : {m_scene.package(), m_scene.folder("linked.zip")}) {
        const auto run = runCli({"check",
                                 m_scene.site(),
                                 "--package",
                                 package,
                                 "--sha256",
                                 QString::fromLatin1(sum.toHex().toUpper())});
        QCOMPARE(run.finding("packageSource")["severity"].toString(), "ok");
    }
}

void TestPackageFailures::originalIsRefused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("told");
    QTest::newRow("missing") << "nowhere.zip"
                             << "nowhere.zip";
    QTest::newRow("another version") << "mautic-3.0.2.zip"
                                     << "3.0.2";
    QTest::newRow("no zip") << "php"
                            << "php";
    QTest::newRow("unrelated zip") << "unrelated.zip"
                                   << "unrelated.zip";
}

void TestPackageFailures::originalIsRefused()
{
    QFETCH(const QString, file);
    QFETCH(const QString, told);
    writeRawZip(m_scene.folder("unrelated.zip"), {{"readme.txt", "Something else"}});
    const auto run = m_scene.upgrade({"--original-package", m_scene.folder(file)});
    QVERIFY2(run.status == 3, run.told().constData());
    QCOMPARE(run.failedChecks(), QStringList{"originalPackage"});
    const auto finding = run.finding("originalPackage");
    QVERIFY2(finding["fact"].toString().contains(told), run.told().constData());
    QVERIFY(!finding["action"].toString().isEmpty());
    QVERIFY(!QFile::exists(m_scene.site(".banister")));
}

void TestPackageFailures::originalIsTakenWhereItFits()
{
    const auto run = runCli({"check",
                             m_scene.site(),
                             "--package",
                             m_scene.package(),
                             "--original-package",
                             m_scene.practice().originalPackagePath});
    QCOMPARE(run.finding("originalPackage")["severity"].toString(), "ok");
    // Where none is given, nothing is asked.
    const auto without = runCli({"check", m_scene.site(), "--package", m_scene.package()});
    QVERIFY(without.finding("packageSource").contains("severity"));
    QVERIFY(without.finding("originalPackage").isEmpty());
}

void TestPackageFailures::isUsedWhenItIsWhole()
{
    const auto problem = m_scene.problemOfFinished(m_scene.upgrade());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestPackageFailures)
#include "tst_packagefailures.moc"
