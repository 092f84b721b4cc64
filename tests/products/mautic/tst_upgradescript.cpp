// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/mauticerror.h"
#include "products/mautic/upgradescript.h"

#include <QTest>

using namespace Banister;

using State = ScriptReport::State;

class tst_upgradescript : public QObject
{
    Q_OBJECT

private slots:
    void tellsHowFarItCame_data();
    void tellsHowFarItCame();
    void readsTheHeader();
    void listsFindings();
    void namesTheCode();
};

namespace {

const QByteArray Start = "\n[2027-02-03 10:02:39] ===== STARTING MAUTIC 3 UPGRADE AT 2027-02-03 "
                         "10:02:39... =====\nInstalled Mautic version:\t2.16.4\n"
                         "PHP version:\t\t\t\t7.2.34\nOS:\t\t\t\t\t\t\tLinux\n"
                         "Upgrade type:\t\t\t\tCLI\n\n"
                         "[2027-02-03 10:02:39] Doing pre-upgrade checks...\n";
const QByteArray Checked = "[2027-02-03 10:02:48] Finished pre-upgrade checks.\n"
                           "[2027-02-03 10:02:48] Starting upgrade...\n"
                           "[2027-02-03 10:02:48] Extracting the update package...\n";
const QByteArray Again = "[2027-02-03 10:02:56] PLEASE RUN php upgrade_v3.php AGAIN TO START PHASE "
                         "2 OF THE UPGRADE!\n";
const QByteArray Phase2 = "[2027-02-03 10:03:29] Welcome to Phase 2 of the Mautic 3 upgrade! We'll "
                          "continue where we left off.\n"
                          "[2027-02-03 10:03:29] Moving Mautic 2 files into mautic-2-backup...\n";
const QByteArray Failure =
    "[2027-02-03 10:03:34] ERR_MAUTIC_3_MIGRATIONS_FAILED: Something went wrong while applying.\n"
    "\nCommand output: \n-> UPDATE webhooks SET secret = 'abc123' WHERE 1\n"
    "ERR_MAUTIC_3_MIGRATIONS_FAILED: Something went wrong while applying. For more details\n";
const QByteArray Done = "[2027-02-03 10:03:50] We're done! Enjoy using Mautic 3 :)\n"
                        "Don't forget to update your cron jobs!\n";

} // namespace

void tst_upgradescript::tellsHowFarItCame_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<State>("state");
    QTest::newRow("nothing") << QByteArray() << State::Nothing;
    QTest::newRow("another log") << QByteArray("[2027-02-03 10:02:39] backup done\n")
                                 << State::Nothing;
    QTest::newRow("declined") << QByteArray(
        "Please type 'yes' if you're ready to start: Alright, we'll abort the "
        "upgrade now.\n") << State::Declined;
    QTest::newRow("during the checks") << Start << State::Interrupted;
    QTest::newRow("blocked")
        << Start + "One or more errors occurred during pre-upgrade checks: \n- No.\n"
        << State::BlockedByChecks;
    QTest::newRow("warned")
        << Start + "One or more warnings occurred during pre-upgrade checks, please run…\n- Hm.\n"
        << State::HasWarnings;
    QTest::newRow("went on after warnings")
        << Start + "One or more warnings occurred during pre-upgrade checks\n- Hm.\n" + Checked
        << State::Interrupted;
    QTest::newRow("first phase") << Start + Checked + Again << State::FirstPhaseDone;
    QTest::newRow("in the second phase") << Start + Checked + Again + Phase2 << State::Interrupted;
    QTest::newRow("failed") << Start + Checked + Again + Phase2 + Failure << State::Failed;
    QTest::newRow("finished") << Start + Checked + Again + Phase2 + Done << State::Finished;
    QTest::newRow("finished in a second run")
        << Start + Checked + Again + Phase2 + Failure + Phase2 + Done << State::Finished;
    QTest::newRow("in the browser")
        << QByteArray("[2027-02-03 10:13:58] Applying Mautic 2 database migrations, 2 to go...\n")
        << State::Interrupted;
    QTest::newRow("backups kept") << QByteArray(
        "Mautic 3 upgrade complete. Do you want to remove the backup files?\n")
                                  << State::Finished;
    QTest::newRow("backups removed")
        << QByteArray("Backup files successfully removed, as well as the script.\n")
        << State::BackupsRemoved;
}

void tst_upgradescript::tellsHowFarItCame()
{
    QFETCH(const QByteArray, text);
    const ScriptReport report = readUpgradeScript(text);
    QTEST(report.state, "state");
    QCOMPARE(report.error.has_value(), report.state == State::Failed);
}

void tst_upgradescript::readsTheHeader()
{
    const ScriptReport report = readUpgradeScript(Start + Checked);
    QCOMPARE(report.installed, QVersionNumber(2, 16, 4));
    QCOMPARE(report.php, QVersionNumber(7, 2, 34));
    QCOMPARE(report.lastActivity, "Extracting the update package...");
}

void tst_upgradescript::listsFindings()
{
    const ScriptReport report = readUpgradeScript(
        Start
        + "One or more errors occurred during pre-upgrade checks: \n"
          "- See our <a href=\"https://status.example.org\">status page</a>.\n- Also this.\n");
    QCOMPARE(report.findings, QStringList({"See our status page.", "Also this."}));
}

void tst_upgradescript::namesTheCode()
{
    const ScriptReport report = readUpgradeScript(Start + Checked + Again + Phase2 + Failure);
    QVERIFY(report.error);
    QCOMPARE(report.error->code, ErrorCode(MauticError::ERR_MAUTIC_3_MIGRATIONS_FAILED));
    QVERIFY(report.error->fact.endsWith("Something went wrong while applying."));
    QVERIFY(report.error->details.contains("Command output"));
    QVERIFY(!report.error->details.contains("abc123"));
}

QTEST_GUILESS_MAIN(tst_upgradescript)
#include "tst_upgradescript.moc"
