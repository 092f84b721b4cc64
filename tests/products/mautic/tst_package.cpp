// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/mauticerror.h"
#include "products/mautic/package.h"
#include "support/ziphelper.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Banister;

class tst_package : public QObject
{
    Q_OBJECT

private slots:
    void readsAPackageOfMautic3();
    void readsAPackageOfMautic2();
    void refuses_data();
    void refuses();
    void refusesWhatIsNoZip();
    void knowsWhereTheUpgradeLeads_data();
    void knowsWhereTheUpgradeLeads();

private:
    Result<MauticPackage> read(const QList<RawZipEntry> &entries)
    {
        writeRawZip(path(), entries);
        SilentMonitor monitor;
        return readMauticPackage(path(), monitor);
    }
    QString path() const { return m_folder.filePath("package.zip"); }

    QTemporaryDir m_folder;
};

namespace {

const QByteArray Metadata =
    R"({"version": "3.0.2", "stability": "stable", "minimum_php_version": "7.2.21",
          "maximum_php_version": "7.3.99", "minimum_mautic_version": "3.0.0-alpha"})";

QList<RawZipEntry> common(const QByteArray &folder = {})
{
    return {{folder + "index.php", "<?php\n"},
            {folder + "app/AppKernel.php", "<?php\n"},
            {folder + "app/config/paths.php", "<?php\n"},
            {folder + "vendor/autoload.php", "<?php\n"}};
}

QList<RawZipEntry> mautic3(const QByteArray &folder = {})
{
    return common(folder)
           + QList<RawZipEntry>{{folder + "bin/console", "<?php\n"},
                                {folder + "app/release_metadata.json", Metadata}};
}

QList<RawZipEntry> without(QList<RawZipEntry> entries, const QByteArray &name)
{
    entries.removeIf([&](const RawZipEntry &entry) { return entry.name == name; });
    return entries;
}

QList<RawZipEntry> with(QList<RawZipEntry> entries, const QByteArray &name, const QByteArray &text)
{
    return without(std::move(entries), name) + QList<RawZipEntry>{{name, text}};
}

} // namespace

void tst_package::readsAPackageOfMautic3()
{
    const auto package = read(mautic3());
    QVERIFY2(package.isOk(), package.isOk() ? "" : qPrintable(package.error().fact));
    QCOMPARE(package->version, QVersionNumber(3, 0, 2));
    QCOMPARE(package->versionText, "3.0.2");
    QCOMPARE(package->php, PhpRange("7.2.21", "7.3.99"));
    QCOMPARE(package->minimumMauticVersion, "3.0.0-alpha");
    QCOMPARE(package->entries, 6);
    QVERIFY(package->unpackedSizeInBytes > Metadata.size());
    QCOMPARE(package->path, path());
}

void tst_package::readsAPackageOfMautic2()
{
    const auto package = read(
        common() + QList<RawZipEntry>{{"app/console", "<?php\n"}, {"app/version.txt", "2.16.5\n"}});
    QVERIFY2(package.isOk(), package.isOk() ? "" : qPrintable(package.error().fact));
    QCOMPARE(package->version, QVersionNumber(2, 16, 5));
    QVERIFY(package->php.admits(QVersionNumber(7, 1, 3)));
}

void tst_package::refuses_data()
{
    QTest::addColumn<QList<RawZipEntry>>("entries");
    QTest::addColumn<MauticPackageError>("code");
    QTest::addColumn<QString>("named");
    QTest::newRow("another zip") << QList<RawZipEntry>{{"letter.txt", "x"}}
                                 << MauticPackageError::NotMautic << "index.php";
    QTest::newRow("without a console")
        << without(mautic3(), "bin/console") << MauticPackageError::NotMautic << "bin/console";
    QTest::newRow("source archive")
        << mautic3("mautic-3.0.2/") << MauticPackageError::Nested << "mautic-3.0.2/";
    QTest::newRow("without libraries") << without(mautic3(), "vendor/autoload.php")
                                       << MauticPackageError::LibrariesMissing << "vendor";
    QTest::newRow("broken metadata")
        << with(mautic3(), "app/release_metadata.json", "{") << MauticPackageError::VersionMissing
        << "release_metadata.json";
    QTest::newRow("huge metadata")
        << with(mautic3(), "app/release_metadata.json", QByteArray(100000, ' '))
        << MauticPackageError::VersionMissing << "release_metadata.json";
    QTest::newRow("without any version")
        << with(without(without(mautic3(), "app/release_metadata.json"), "bin/console"),
                "app/console",
                "<?php\n")
        << MauticPackageError::VersionMissing << "version.txt";
}

void tst_package::refuses()
{
    QFETCH(const QList<RawZipEntry>, entries);
    QFETCH(const MauticPackageError, code);
    QFETCH(const QString, named);
    const auto package = read(entries);
    QVERIFY(package.isError());
    QCOMPARE(package.error().code.toString(), ErrorCode(code).toString());
    QVERIFY2(package.error().fact.contains(named), qPrintable(package.error().fact));
    QVERIFY(package.error().fact.contains(path()));
}

void tst_package::refusesWhatIsNoZip()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<!DOCTYPE html><title>404</title>");
    file.close();
    SilentMonitor monitor;
    const auto package = readMauticPackage(path(), monitor);
    QVERIFY(package.isError());
    QVERIFY(package.error().code.toString().startsWith("FileError."));
}

void tst_package::knowsWhereTheUpgradeLeads_data()
{
    QTest::addColumn<QVersionNumber>("package");
    QTest::addColumn<QVersionNumber>("site");
    QTest::addColumn<QString>("code");
    const QString wrong = ErrorCode(MauticPackageError::WrongVersion).toString();
    const QString old = ErrorCode(MauticPackageError::SiteTooOld).toString();
    QTest::newRow("to 3.0") << QVersionNumber(3, 0, 2) << QVersionNumber(2, 16, 5) << "";
    QTest::newRow("to 3.3") << QVersionNumber(3, 3, 5) << QVersionNumber(2, 16, 3) << "";
    QTest::newRow("to 2") << QVersionNumber(2, 16, 5) << QVersionNumber(2, 16, 3) << wrong;
    QTest::newRow("to 4") << QVersionNumber(4, 0, 0) << QVersionNumber(2, 16, 5) << wrong;
    QTest::newRow("from 2.16.2") << QVersionNumber(3, 0, 2) << QVersionNumber(2, 16, 2) << old;
    QTest::newRow("from 2.9") << QVersionNumber(3, 0, 2) << QVersionNumber(2, 9, 8) << old;
}

void tst_package::knowsWhereTheUpgradeLeads()
{
    QFETCH(const QVersionNumber, package);
    QFETCH(const QVersionNumber, site);
    MauticPackage from;
    from.version = package;
    const auto checked = checkForUpgrade(from, site);
    QTEST(checked ? QString() : checked.error().code.toString(), "code");
}

QTEST_GUILESS_MAIN(tst_package)
#include "tst_package.moc"
