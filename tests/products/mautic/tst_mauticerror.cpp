// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "products/mautic/mauticerror.h"

#include <QMetaEnum>
#include <QTest>
#include <QUrl>

using namespace Banister;

class tst_mauticerror : public QObject
{
    Q_OBJECT

private slots:
    void spellsPublicCodesBare();
    void everyCodeIsExplained();
    void everyPublicCodeLeadsToItsPage();
    void catalogueHasNoOtherCodes();

private:
    template<typename Enum>
    static QStringList namesOf()
    {
        const auto type = QMetaEnum::fromType<Enum>();
        QStringList names;
        for (int i = 0; i < type.keyCount(); ++i)
            names += ErrorCode(Enum(type.value(i))).toString();
        return names;
    }
    static QStringList allNames()
    {
        return namesOf<MauticError>() + namesOf<MauticSiteError>() + namesOf<MauticConsoleError>()
               + namesOf<MauticPackageError>() + namesOf<MauticUpdateError>()
               + namesOf<MauticFrontError>();
    }
};

void tst_mauticerror::spellsPublicCodesBare()
{
    QCOMPARE(ErrorCode(MauticError::ERR_BUILD_M3_CACHE).toString(), "ERR_BUILD_M3_CACHE");
    QCOMPARE(ErrorCode(MauticConsoleError::MigrationFailed).toString(),
             "MauticConsoleError.MigrationFailed");
    QCOMPARE(namesOf<MauticError>().size(), 12);
}

void tst_mauticerror::everyCodeIsExplained()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY2(catalogue.isOk(), catalogue.isOk() ? "" : qPrintable(catalogue.error().fact));
    for (const QString &name : allNames()) {
        const Explanation *entry = catalogue->find(ErrorCode::fromString(name));
        QVERIFY2(entry, qPrintable(name));
        QVERIFY2(!entry->title.endsWith('.'), qPrintable(name));
        for (const QString &text : entry->causes + entry->actions + QStringList{entry->meaning}) {
            QVERIFY2(!text.contains('!'), qPrintable(text));
            const QChar first = text.at(0);
            QVERIFY2(first.isUpper() || first == u'“', qPrintable(text));
        }
        for (const QString &link : entry->links)
            QVERIFY2(QUrl(link, QUrl::StrictMode).isValid(), qPrintable(link));
    }
}

void tst_mauticerror::everyPublicCodeLeadsToItsPage()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue.isOk());
    for (const QString &name : namesOf<MauticError>()) {
        const Explanation *entry = catalogue->find(ErrorCode::fromString(name));
        QVERIFY(entry);
        QVERIFY2(entry->links.value(0).endsWith('#' + name.toLower()), qPrintable(name));
        QVERIFY2(entry->actions.size() >= 2, qPrintable(name));
        QVERIFY2(entry->causes.size() >= 2, qPrintable(name));
    }
}

void tst_mauticerror::catalogueHasNoOtherCodes()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue.isOk());
    const QStringList names = allNames();
    for (const QString &code : catalogue->codes()) {
        if (code.startsWith("ERR_") || code.startsWith("Mautic"))
            QVERIFY2(names.contains(code), qPrintable(code));
    }
}

QTEST_GUILESS_MAIN(tst_mauticerror)
#include "tst_mauticerror.moc"
