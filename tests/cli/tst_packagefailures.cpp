// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/badpackages.h"
#include "cli/upgradescene.h"

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

void TestPackageFailures::isUsedWhenItIsWhole()
{
    const auto problem = m_scene.problemOfFinished(m_scene.upgrade());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestPackageFailures)
#include "tst_packagefailures.moc"
