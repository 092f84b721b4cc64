// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/upgradescene.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace Banister {

namespace {

/// The rest of the line in which the text stands.
QString lineAfter(const QByteArray &output, const QByteArray &text)
{
    const auto from = output.indexOf(text);
    if (from < 0)
        return {};
    const auto rest = output.mid(from + text.size());
    return QString::fromUtf8(rest.left(rest.indexOf('\n')));
}

} // namespace

/// The command line itself: wrong use, and the commands beside a run.
class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(m_scene.build(), QString()); }

    void wrongUseIsTold_data();
    void wrongUseIsTold();
    void emptyFolderIsNotRecognised();
    void folderNextToTheSiteIsNamed();
    void checkEndsWithARecord();
    void planWithoutAPackageSaysSo();
    void everyCommandHasHelp();
    void lastOptionCounts();
    void siteWithoutRunsHasNothingToShow();
    void upgradeNobodyConfirmedIsCancelled();
    void checkThatIsNoneCannotBeAccepted();
    void printedLineAcceptsTheWarnings();
    void anotherOwnerIsTold();
    void filesOfAnotherOwnerAreGivenBack();
    void printedCommandsCanBePasted();
    void explainsCodes();
    void followsTheLog();
    void printsTheLogOfOneRun();
    void controlCharactersAreShown();
    void runThatWasGivenUpIsNone();

private:
    UpgradeScene m_scene;
};

void TestCommandLine::wrongUseIsTold_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("told");

    const auto row = [](const char *name, const QStringList &arguments, const char *told) {
        QTest::newRow(name) << arguments << QByteArray(told);
    };
    row("no command", {}, "Which command");
    row("unknown command", {"improve", "site"}, "improve");
    row("help on an unknown command", {"help", "improve"}, "improve");
    row("no site", {"upgrade"}, "SITE");
    row("two sites", {"upgrade", "a", "b"}, "b is one argument too many");
    row("unknown option", {"upgrade", "site", "--fast"}, "--fast");
    row("option without its value", {"upgrade", "site", "--package"}, "--package");
    row("switch with a value", {"upgrade", "site", "--yes=no"}, "--yes");
    row("port that is none", {"upgrade", "site", "--db-port", "mysql"}, "65535");
    row("port too large", {"upgrade", "site", "--db-port=65536"}, "65535");
    row("unknown kind of TLS", {"check", "site", "--db-tls", "perhaps"}, "verified");
    row("unknown level", {"log", "site", "--level", "loud"}, "warning");
    row("unknown product", {"practice", "folder", "--product", "word"}, "mautic");
    row("files that are no number", {"practice", "folder", "--files", "many"}, "--files");
}

void TestCommandLine::wrongUseIsTold()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, told);
    QProcess process;
    process.start(BANISTER_CLI, arguments);
    const auto run = finishCli(process);
    QCOMPARE(run.status, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains(told), run.err.constData());
    arguments.insert(std::min(arguments.size(), qsizetype(1)), "--json");
    process.start(BANISTER_CLI, arguments);
    const auto asJson = finishCli(process);
    QCOMPARE(asJson.status, 2);
    QCOMPARE(asJson.lines.size(), 1);
    QVERIFY2(!asJson.lines.first()["error"]["fact"].toString().isEmpty(), asJson.out.constData());
}

// What a person wrote, or PHP, must not move the cursor or set colours.
void TestCommandLine::controlCharactersAreShown()
{
    QProcess process;
    process.start(BANISTER_CLI, {"explain", "a\x1b[31m\tb"});
    const auto run = finishCli(process);
    QVERIFY2(run.out.contains("a\\x1b[31m\tb"), run.out.constData());
    process.start(BANISTER_CLI, {"a\x1b[31m"});
    QVERIFY(!finishCli(process).err.contains('\x1b'));
    QCOMPARE(m_scene.reset(), QString());
    m_scene.beforePhp(atCalls(ConsoleCall::Status2, "printf '\\033[2Jgone\\n'; exit 3"));
    const auto failed = m_scene.upgrade();
    QCOMPARE(failed.status, 1);
    QVERIFY2(failed.err.contains("gone"), failed.told().constData());
    QVERIFY(!failed.err.contains('\x1b'));
    QVERIFY(!runCli({"log", m_scene.site()}).out.contains('\x1b'));
    // The explanation of a chain tells once what it means for the site.
    QVERIFY2(failed.codes().size() > 1, failed.told().constData());
    qsizetype told = 0;
    for (const auto *sentence : {"have not been changed.", "between two versions.", "site works."})
        told += failed.err.count(sentence);
    QCOMPARE(told, 1);
}

// None of its steps runs any more.
void TestCommandLine::runThatWasGivenUpIsNone()
{
    QCOMPARE(m_scene.reset(), QString());
    m_scene.beforePhp("exit 3");
    QCOMPARE(m_scene.upgrade().status, 1);
    QCOMPARE(runCli({"rollback", m_scene.site(), "--yes"}).status, 4);
    const auto status = runCli({"status", m_scene.site()});
    QCOMPARE(status.lines.value(0)["state"].toString(), "no run");
    QVERIFY(!status.lines.value(0).contains("steps"));
    QVERIFY2(status.err.contains("was given up") && !status.err.contains("startUpgrade"),
             status.err.constData());
}

// As it is when the mount is gone.
void TestCommandLine::emptyFolderIsNotRecognised()
{
    const QTemporaryDir folder;
    for (const auto *command : {"detect", "status", "resume"}) {
        const auto run = runCli({command, folder.path()});
        QCOMPARE(run.status, 1);
        QCOMPARE(run.codes(), QStringList{"AssistantError.UnknownSite"});
    }
}

void TestCommandLine::folderNextToTheSiteIsNamed()
{
    const auto run = runCli({"detect", m_scene.site("app")});
    QCOMPARE(run.status, 1);
    QCOMPARE(run.codes(), QStringList{"MauticSiteError.WrongFolder"});
    QVERIFY2(run.facts().contains(m_scene.site()), run.told().constData());
}

void TestCommandLine::checkEndsWithARecord()
{
    const auto blocked = runCli({"check", m_scene.site()});
    QCOMPARE(blocked.status, 3);
    const auto record = blocked.lines.last();
    QCOMPARE(record["ready"].toBool(true), false);
    QVERIFY(record["blocked"].toArray().contains("packageSource"));
    QVERIFY(record["toAccept"].toArray().contains("cron"));
    const auto ready =
        runCli({"check", m_scene.site(), "--package", m_scene.package(), "--accept-all-warnings"});
    QVERIFY2(ready.status == 0, ready.told().constData());
    QCOMPARE(ready.lines.last()["ready"].toBool(), true);
    QVERIFY(ready.lines.last()["blocked"].toArray().isEmpty());
}

void TestCommandLine::planWithoutAPackageSaysSo()
{
    const auto plan = runCli({"plan", m_scene.site()});
    QCOMPARE(plan.status, 0);
    QVERIFY2(plan.err.contains("still to be chosen"), plan.err.constData());
}

void TestCommandLine::everyCommandHasHelp()
{
    const QStringList commands{"detect",
                               "check",
                               "plan",
                               "upgrade",
                               "status",
                               "resume",
                               "retry",
                               "restore-points",
                               "verify",
                               "rollback",
                               "log",
                               "explain",
                               "practice"};
    QProcess process;
    process.start(BANISTER_CLI, {"--help"});
    const auto all = finishCli(process).out;
    for (const auto &command : commands) {
        QVERIFY2(all.contains("  " + command.toUtf8()), qPrintable(command));
        const auto help = runCli({command, "--help"});
        QCOMPARE(help.status, 0);
        QVERIFY2(help.out.contains("--json"), help.out.constData());
        for (const auto &arguments : {QStringList{command, "-h"},
                                      QStringList{command, "site", "-h"},
                                      QStringList{"help", command}}) {
            process.start(BANISTER_CLI, arguments);
            const auto same = finishCli(process);
            QCOMPARE(same.status, 0);
            QCOMPARE(same.out, help.out);
        }
    }
    for (const auto *word : {"help", "-h"}) {
        process.start(BANISTER_CLI, {word});
        QCOMPARE(finishCli(process).out, all);
    }
}

void TestCommandLine::lastOptionCounts()
{
    const auto run = runCli(
        {"check", m_scene.site(), "--package", "/nowhere.zip", "--package", m_scene.package()});
    QCOMPARE(run.finding("packageSource")["severity"].toString(), "ok");
}

void TestCommandLine::siteWithoutRunsHasNothingToShow()
{
    QCOMPARE(runCli({"status", m_scene.site()}).lines.value(0)["state"].toString(), "no run");
    const auto points = runCli({"restore-points", m_scene.site()});
    QCOMPARE(points.status, 4);
    QCOMPARE(points.out, QByteArray("{\"foreign\":[],\"leftovers\":[],\"restorePoints\":[]}\n"));
    QCOMPARE(runCli({"verify", m_scene.site()}).status, 4);
    QCOMPARE(runCli({"rollback", m_scene.site(), "--yes"}).status, 4);
    const auto log = runCli({"log", m_scene.site()});
    QCOMPARE(log.status, 1);
    QCOMPARE(log.out, QByteArray("{\"log\":null}\n"));
    const auto unknown = runCli({"log", m_scene.site(), "--run", "20200101-000000-00000000"});
    QCOMPARE(unknown.status, 1);
    QCOMPARE(unknown.codes(), QStringList{"EngineError.NoSuchRun"});
}

void TestCommandLine::upgradeNobodyConfirmedIsCancelled()
{
    auto arguments = m_scene.upgradeArguments();
    arguments.removeAll("--yes");
    const auto run = runCli(arguments);
    QCOMPARE(run.status, 130);
    QCOMPARE(run.lines.last(), QJsonObject({{"cancelled", true}}));
    QVERIFY(!QFile::exists(m_scene.site(".banister")));
}

void TestCommandLine::checkThatIsNoneCannotBeAccepted()
{
    for (const auto *command : {"check", "upgrade"}) {
        const auto run = runCli({command, m_scene.site(), "--accept", "nosuch"});
        QCOMPARE(run.status, 2);
        QVERIFY2(run.err.contains("nosuch") && run.err.contains("packageSource"),
                 run.err.constData());
        QCOMPARE(run.lines.size(), 1);
        QVERIFY(run.lines.first()["checks"].toArray().contains("packageSource"));
    }
}

void TestCommandLine::printedLineAcceptsTheWarnings()
{
    const QStringList arguments{"check", m_scene.site(), "--package", m_scene.package()};
    const auto blocked = runCli(arguments);
    QCOMPARE(blocked.status, 3);
    QCOMPARE(blocked.failedChecks(), QStringList());
    QVERIFY(blocked.warnedChecks().size() > 1);
    const auto words = lineAfter(blocked.err, "accept them with: ").split(' ');
    const auto accepted = runCli(arguments + words);
    QVERIFY2(accepted.status == 0, accepted.told().constData());
}

void TestCommandLine::anotherOwnerIsTold()
{
    const QStringList arguments{"check", m_scene.site()};
    QCOMPARE(runCli(arguments).finding("siteOwner")["severity"].toString(), "ok");
    // Only root can give a file away.
    if (!m_scene.sh("chown 65534 site/app/config/local.php").isEmpty())
        return;
    const auto before = snapshotOf(m_scene.site());
    const auto told = runCli(arguments);
    QCOMPARE(snapshotDifferences(before, snapshotOf(m_scene.site())), QStringList());
    QCOMPARE(m_scene.sh("chown 0 site/app/config/local.php"), QString());
    const auto finding = told.finding("siteOwner");
    QCOMPARE(finding["severity"].toString(), "warning");
    const auto fact = finding["fact"].toString();
    QVERIFY2(fact.contains("belongs to nobody") && fact.contains("will belong to root"),
             qPrintable(fact));
    // Its console would write to the site's cache.
    const auto migrations = told.finding("migrationsReadable");
    QCOMPARE(migrations["severity"].toString(), "warning");
    const auto action = migrations["action"].toString();
    QVERIFY2(action.contains("sudo -u nobody banister-cli check '"), qPrintable(action));
}

// Who upgrades the site of another user all the same is told how to give it back.
void TestCommandLine::filesOfAnotherOwnerAreGivenBack()
{
    if (!m_scene.sh("chown -R 65534:65534 site").isEmpty())
        return;
    const auto upgraded = m_scene.upgrade();
    QVERIFY2(upgraded.status == 0, upgraded.told().constData());
    const auto command = lineAfter(upgraded.err, "Give them to nobody: ");
    QVERIFY2(command.startsWith("chown -R nobody:"), upgraded.err.constData());
    QCOMPARE(m_scene.sh(command), QString());
    QCOMPARE(m_scene.sh("test -z \"$(find site ! -user nobody)\""), QString());
    QCOMPARE(m_scene.reset(), QString());
}

void TestCommandLine::printedCommandsCanBePasted()
{
    const QTemporaryDir parent;
    QProcess practice;
    practice.start(BANISTER_CLI,
                   {"practice", parent.filePath("it's here"), "--files", "100", "--rows", "50"});
    const auto built = finishCli(practice);
    QVERIFY2(built.status == 0, built.err.constData());
    const auto pasted = [&built](const QByteArray &before) {
        return lineAfter(built.out, before).replace("banister-cli", BANISTER_CLI);
    };
    const auto upgraded = m_scene.sh(pasted("Upgrade it with: ") + " --yes");
    QFile foreign(parent.filePath("it's here/notes.txt"));
    QVERIFY(foreign.open(QIODevice::WriteOnly));
    const auto removed = m_scene.sh(pasted("remove both with: "));
    QCOMPARE(upgraded, QString());
    QVERIFY2(removed.contains("notes.txt"), qPrintable(removed));
    QVERIFY(foreign.exists());
    QVERIFY(!QFile::exists(parent.filePath("it's here/site")));
}

void TestCommandLine::explainsCodes()
{
    const auto known = runCli({"explain", "ERR_CLEANUP_FILES"});
    QCOMPARE(known.status, 0);
    QVERIFY(!known.lines.value(0)["title"].toString().isEmpty());
    const auto unknown = runCli({"explain", "CLEANUP"});
    QCOMPARE(unknown.status, 2);
    QVERIFY(unknown.lines.value(0)["similar"].toArray().contains("ERR_CLEANUP_FILES"));
    const auto unlike = runCli({"explain", "NOTHING_LIKE_IT"});
    QCOMPARE(unlike.status, 2);
    QVERIFY(unlike.lines.value(0)["similar"].toArray().isEmpty());
    QVERIFY2(unlike.err.contains("ERR_CLEANUP_FILES"), unlike.told().constData());
}

void TestCommandLine::followsTheLog()
{
    QCOMPARE(m_scene.reset(), QString());
    m_scene.holdPhp();
    QProcess upgrade;
    startCli(upgrade, m_scene.upgradeArguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_scene.isPhpHeld(), 30'000);
    QProcess follow;
    startCli(follow, {"log", m_scene.site(), "--follow"});
    m_scene.letPhpGo();
    QCOMPARE(finishCli(upgrade).status, 0);
    QByteArray out;
    const auto hasEnd = [&] {
        out += follow.readAllStandardOutput();
        return out.contains("MAUTIC 3 UPGRADE FINISHED");
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasEnd(), 30'000);
    QVERIFY(out.contains("STARTING MAUTIC 3 UPGRADE"));
    QCOMPARE(::kill(pid_t(follow.processId()), SIGINT), 0);
    QCOMPARE(finishCli(follow).status, 130);
    const auto all = runCli({"log", m_scene.site()});
    QCOMPARE(all.status, 0);
    QVERIFY(all.out.contains("MAUTIC 3 UPGRADE FINISHED"));
}

// An upgrade that fails, its rollback, and an upgrade that succeeds: three runs, two files.
void TestCommandLine::printsTheLogOfOneRun()
{
    QCOMPARE(m_scene.reset(), QString());
    const auto idOf = [](const CliRun &run) {
        for (const auto &line : run.lines) {
            if (line["event"] == "runStarted")
                return line["run"].toString();
        }
        return QString();
    };
    m_scene.phpOptions("-d memory_limit=8M",
                       "case \"$*\" in *bin/console*) true ;; *) false ;; esac");
    const auto failed = m_scene.upgrade();
    QCOMPARE(failed.status, 1);
    const auto errors = runCli({"log", m_scene.site(), "--level", "error"});
    QVERIFY2(errors.out.contains("ERR_MAUTIC_3_MIGRATIONS"), errors.out.constData());
    const auto points = runCli({"restore-points", m_scene.site()});
    QCOMPARE(points.lines.size(), 1);
    QCOMPARE(points.lines.first()["restorePoints"].toArray().size(), 1);
    const auto id = points.lines.first()["restorePoints"][0]["id"].toString();
    for (const auto *command : {"verify", "rollback"}) {
        const auto wrong = runCli({command, m_scene.site(), "--to", "nosuch"});
        QCOMPARE(wrong.status, 4);
        QVERIFY2(wrong.err.contains("nosuch") && wrong.err.contains(id.toUtf8()),
                 wrong.err.constData());
        QVERIFY2(!wrong.err.contains("What to do"), wrong.err.constData());
        QCOMPARE(wrong.lines.value(0)["restorePoints"][0].toString(), id);
    }
    const auto asked = runCli({"rollback", m_scene.site()});
    QCOMPARE(asked.status, 130);
    QCOMPARE(asked.out, QByteArray("{\"cancelled\":true}\n"));
    const auto preview = runCli({"rollback", m_scene.site(), "--preview"});
    QVERIFY2(preview.lines.value(0)["steps"].toArray().size() > 1, preview.err.constData());
    QTest::qSleep(1'100); // the log tells whole seconds
    const auto back = runCli({"rollback", m_scene.site(), "--yes"});
    QVERIFY2(back.status == 0, back.told().constData());
    m_scene.plainPhp();
    const auto done = m_scene.upgrade();
    QVERIFY2(done.status == 0, done.told().constData());

    const auto first = runCli({"log", m_scene.site(), "--run", idOf(failed)}).out;
    QVERIFY2(first.contains("STARTING MAUTIC 3 UPGRADE"), first.constData());
    QVERIFY(first.contains("ERR_MAUTIC_3_MIGRATIONS"));
    QVERIFY2(!first.contains("Files brought back"), first.constData());
    const auto second = runCli({"log", m_scene.site(), "--run", idOf(back)}).out;
    QVERIFY2(second.contains("Files brought back"), second.constData());
    QVERIFY(!second.contains("MAUTIC 3 UPGRADE"));
    const auto third = runCli({"log", m_scene.site(), "--run", idOf(done)}).out;
    QVERIFY2(third.contains("MAUTIC 3 UPGRADE FINISHED"), third.constData());
    QVERIFY(!third.contains("ERROR"));
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestCommandLine)
#include "tst_commandline.moc"
