// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Banister;

class tst_errorcatalogue : public QObject
{
    Q_OBJECT

private slots:
    void readsTheShippedEntries();
    void refusesBadEntries_data();
    void refusesBadEntries();
};

void tst_errorcatalogue::readsTheShippedEntries()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY2(catalogue.isOk(), catalogue.isOk() ? "" : qPrintable(catalogue.error().fact));
    const auto *entry = catalogue->find(CatalogueError::BadEntry);
    QVERIFY(entry);
    QCOMPARE(entry->site, SiteState::Intact);
    QVERIFY(!entry->siteText.isEmpty());
}

void tst_errorcatalogue::refusesBadEntries_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("code");
    QTest::newRow("no JSON") << QByteArray("{") << "CatalogueError.Unreadable";
    QTest::newRow("no cause") << QByteArray(
        R"({"A": {"title": "t", "meaning": "m", "causes": [], "actions": ["a"], "site": "intact"}})")
                              << "CatalogueError.BadEntry";
    QTest::newRow("unknown key") << QByteArray(R"({"A": {"headline": "t"}})")
                                 << "CatalogueError.BadEntry";
    QTest::newRow("unknown state") << QByteArray(
        R"({"A": {"title": "t", "meaning": "m", "causes": ["c"], "actions": ["a"], "site": "ok"}})")
                                   << "CatalogueError.BadEntry";
}

void tst_errorcatalogue::refusesBadEntries()
{
    QFETCH(const QByteArray, json);
    QTemporaryDir folder;
    QFile file(folder.filePath("room.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(json);
    file.close();
    const auto catalogue = ErrorCatalogue::load(folder.path());
    QVERIFY(catalogue.isError());
    QTEST(catalogue.error().code.toString(), "code");
    QVERIFY(catalogue.error().fact.contains("room.json"));
}

QTEST_GUILESS_MAIN(tst_errorcatalogue)
#include "tst_errorcatalogue.moc"
