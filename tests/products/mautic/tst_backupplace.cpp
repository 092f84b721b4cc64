// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/backupplace.h"
#include "products/mautic/mauticerror.h"
#include "sitefolder.h"

#include <QTest>

using namespace Banister;
using Testing::SiteFolder;

class tst_backupplace : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void isJudged_data();
    void isJudged();
    void changesNothing();
    void findsTheEntryOfTheSite();

private:
    QString path(const QString &name) const { return m_site->above() + '/' + name; }

    std::unique_ptr<SiteFolder> m_site;
};

void tst_backupplace::init()
{
    m_site = std::make_unique<SiteFolder>();
    m_site->mautic2().write("media/images/a.png", "a").write("mixed/way/a.txt", "a");
    const QString point = "site-20260102-030405-0123456789abcdef0123456789abcdef";
    m_site->write("points/" + point + "/restore-point.json", "{}");
    m_site->write("deep/er/" + point + "/restore-point.json", "{}");
    m_site->write("other/" + point + "/restore-point.json", "{}").write("other/a.txt", "a");
    QVERIFY(QDir().mkpath(path("elsewhere")) && QDir().mkpath(path("site/empty")));
    QVERIFY(QFile::link(path("site"), path("way")));
    QVERIFY(QFile::link(path("elsewhere"), path("site/out")));
    QVERIFY(QFile::link(path("nowhere"), path("dangling")));
    m_site->write("../file", "a");
}

void tst_backupplace::isJudged_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<bool>("isSuitable");
    const auto row = [](const char *folder, bool isSuitable) {
        QTest::newRow(folder) << folder << isSuitable;
    };
    row("elsewhere", true);
    row("elsewhere/new/er", true);
    row("site-backups", true);
    row("site/../elsewhere", true);
    row("site/new", true);
    row("site/new/er", true);
    row("site/empty", true);
    row("site/points", true);
    row("way/points", true);
    row("site/deep/er", true);
    row("site", false);
    row("site/", false);
    row("way", false);
    row("elsewhere/../site", false);
    row("site/media", false);
    row("site/media/backups", false);
    row("way/media/backups", false);
    row("site/new/../media/backups", false);
    row("site/app", false);
    row("site/bin", false);
    row("site/var/backups", false);
    row("site/mautic-2-backup-files", false);
    row("site/mixed", false);
    row("site/mixed/way/backups", false);
    row("site/other", false);
    row("site/deep", false);
    row("site/out", false);
    row("site/out/backups", false);
    row("file", false);
    row("file/backups", false);
    row("dangling", false);
    row("/proc/x", false);
    row("/etc/passwd", false);
}

void tst_backupplace::isJudged()
{
    QFETCH(const QString, folder);
    QFETCH(const bool, isSuitable);
    const auto place = folder.startsWith('/') ? folder : path(folder);
    for (const auto &site : {path("site"), path("way")}) {
        const auto checked = checkBackupPlace(site, place);
        QVERIFY2(checked.isOk() == isSuitable, checked ? "" : qPrintable(factsOf(checked.error())));
        if (!isSuitable)
            QCOMPARE(checked.error().code, ErrorCode(MauticSiteError::BackupFolderUnsuitable));
    }
}

void tst_backupplace::changesNothing()
{
    const auto before = QFileInfo(path("elsewhere")).lastModified();
    QTest::qWait(10);
    QVERIFY(checkBackupPlace(path("site"), path("elsewhere/new")));
    QCOMPARE(QDir(path("elsewhere")).count(), 2);
    QCOMPARE(QFileInfo(path("elsewhere")).lastModified(), before);
}

void tst_backupplace::findsTheEntryOfTheSite()
{
    QCOMPARE(siteEntryOf(path("site"), path("site/new/er")), "new");
    QCOMPARE(siteEntryOf(path("way"), path("site/new/er")), "new");
    QCOMPARE(siteEntryOf(path("site"), path("way/points")), "points");
    QCOMPARE(siteEntryOf(path("site"), path("site-backups")), QString());
    QCOMPARE(siteEntryOf(path("site"), path("site")), QString());
}

QTEST_GUILESS_MAIN(tst_backupplace)
#include "tst_backupplace.moc"
