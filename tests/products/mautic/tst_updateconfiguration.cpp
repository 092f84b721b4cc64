// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/mauticerror.h"
#include "products/mautic/updateconfiguration.h"

#include <QTest>

using namespace Banister;

class tst_updateconfiguration : public QObject
{
    Q_OBJECT

private slots:
    void reads();
    void readsWhatIsThere();
    void refuses_data();
    void refuses();
};

void tst_updateconfiguration::reads()
{
    const auto configuration = parseUpdateConfiguration(R"({
        "version": "3.0.2",
        "mautic3downloadUrl": "https://packages.example.org/3.0.2.zip",
        "statusPageUrl": "https://status.example.org/",
        "killSwitchActivated": true,
        "announcement": "Please wait.",
        "somethingNew": [1]})");
    QVERIFY(configuration.isOk());
    QCOMPARE(configuration->version, QVersionNumber(3, 0, 2));
    QCOMPARE(configuration->downloadUrl, QUrl("https://packages.example.org/3.0.2.zip"));
    QCOMPARE(configuration->statusPageUrl, QUrl("https://status.example.org/"));
    QVERIFY(configuration->isKillSwitchOn);
    QCOMPARE(configuration->announcement, "Please wait.");
    QVERIFY(configuration->offersPackage());
}

void tst_updateconfiguration::readsWhatIsThere()
{
    const auto configuration =
        parseUpdateConfiguration(R"({"mautic3downloadUrl": "", "announcement": null})");
    QVERIFY(configuration.isOk());
    QVERIFY(!configuration->offersPackage());
    QVERIFY(!configuration->isKillSwitchOn);
    QVERIFY(configuration->version.isNull());
}

void tst_updateconfiguration::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    QTest::newRow("nothing") << QByteArray() << "JSON";
    QTest::newRow("a web page") << QByteArray("<!DOCTYPE html><p>404") << "web page";
    QTest::newRow("a list") << QByteArray("[]") << "JSON";
    QTest::newRow("an empty object") << QByteArray("{}") << "empty";
    QTest::newRow("cut short") << QByteArray(R"({"version": "3.0)") << "JSON";
    QTest::newRow("a switch that is a text")
        << QByteArray(R"({"killSwitchActivated": "false"})") << "killSwitchActivated";
    QTest::newRow("a version that is a number") << QByteArray(R"({"version": 3})") << "version";
    QTest::newRow("a version that is none") << QByteArray(R"({"version": "new"})") << "new";
    QTest::newRow("an address of a file")
        << QByteArray(R"({"mautic3downloadUrl": "file:///etc/passwd"})") << "mautic3downloadUrl";
    QTest::newRow("an address without a server")
        << QByteArray(R"({"statusPageUrl": "https:///x"})") << "statusPageUrl";
}

void tst_updateconfiguration::refuses()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, named);
    const auto configuration = parseUpdateConfiguration(json);
    QVERIFY(configuration.isError());
    QCOMPARE(configuration.error().code, ErrorCode(MauticUpdateError::ConfigurationUnreadable));
    QVERIFY2(configuration.error().fact.contains(named), qPrintable(configuration.error().fact));
}

QTEST_GUILESS_MAIN(tst_updateconfiguration)
#include "tst_updateconfiguration.moc"
