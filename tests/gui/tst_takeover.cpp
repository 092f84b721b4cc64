// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowdriver.h"
#include "support/practicefixture.h"
#include "ui/pages/checkpage.h"
#include "ui/pages/rollbackpage.h"

#include <QFile>
#include <QLabel>
#include <QTest>

using namespace Banister;
using namespace Banister::Test;

/// In the window, what another program left becomes a restore point by one button.
class tst_takeover : public QObject
{
    Q_OBJECT

private slots:
    void becomesARestorePoint();
    void saysWhyNot();

private:
    /// Adds the site, and goes to its restore points.
    void lookForPoints(PracticeFixture &site);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WindowDriver> m_driver;
};

namespace {

constexpr int AWhile = 120'000; // ms
const QString Dump = "m3_upgrade_db_backup.sql";

} // namespace

void tst_takeover::lookForPoints(PracticeFixture &site)
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_driver = std::make_unique<WindowDriver>(m_folder->path());
    QVERIFY(QTest::qWaitForWindowActive(&m_driver->window()));
    QTRY_VERIFY(m_driver->canClick("welcomeAdd"));
    QVERIFY(m_driver->click("welcomeAdd"));
    QVERIFY(m_driver->type("folder", site.site().sitePath(), false));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("saveSite"), AWhile);
    QVERIFY(m_driver->click("saveSite"));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->isOn<CheckPage>(), AWhile);
    QVERIFY(m_driver->goTo(Line::Sites));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("siteRollBack"), AWhile);
    QVERIFY(m_driver->click("siteRollBack"));
    QTRY_VERIFY(m_driver->isOn<RollbackPage>());
    QTRY_VERIFY(m_driver->find<QLabel>("foreignText"));
}

void tst_takeover::becomesARestorePoint()
{
    PracticeFixture site;
    QCOMPARE(site.build(), QString());
    site.write(Dump, site.databaseDump());
    lookForPoints(site);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(!m_driver->canClick("rollbackNext"));
    QVERIFY(m_driver->find<QLabel>("foreignText")->text().contains(Dump));
    m_driver->takePictures("takeover-1-offer");
    QVERIFY(m_driver->click("takeOver"));
    m_driver->takePictures("takeover-2-goes-on");
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->canClick("rollbackNext"), AWhile);
    QVERIFY(!m_driver->find("foreignText"));
    if (!hasLongTexts())
        QVERIFY(m_driver->find<QLabel>("pointDetail")->text().contains("No sums were recorded"));
    m_driver->takePictures("takeover-3-taken");
    QVERIFY(QFile::exists(site.path(Dump)));
}

void tst_takeover::saysWhyNot()
{
    PracticeFixture site;
    QCOMPARE(site.build(), QString());
    site.write("mautic-2-backup-files/bin/console", "<?php");
    site.write("mautic-2-backup-files/app/version.txt", "2.16.5\n");
    lookForPoints(site);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(!m_driver->canClick("takeOver"));
    QVERIFY(m_driver->find<QLabel>("foreignText")->text().contains("bin/console"));
    m_driver->takePictures("takeover-4-mixed");
}

BANISTER_WINDOW_TEST_MAIN(tst_takeover)
#include "tst_takeover.moc"
