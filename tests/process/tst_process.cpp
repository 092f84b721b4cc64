// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "process/process.h"
#include "process/processerror.h"
#include "support/reexecute.h"
#include "support/stoppingmonitor.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <thread>

using namespace Banister;
using namespace std::chrono_literals;

/// With real programs of the system.
class tst_process : public QObject
{
    Q_OBJECT

private slots:
    void everyErrorIsExplained();
    void runsToTheEnd_data();
    void runsToTheEnd();
    void passesArgumentsUntouched();
    void runsInTheFolder();
    void hasTheEnvironment();
    void deliversLinesAsTheyCome();
    void takesMuchInput();
    void doesNotMindInputThatNobodyReads();
    void saysWhyItCannotRun_data();
    void saysWhyItCannotRun();
    void isEndedWhenSilent();
    void isNotSilentWhileItTalks();
    void isEndedWhenItPrintsWithoutEnd_data();
    void isEndedWhenItPrintsWithoutEnd();
    void tellsTheSignal();
    void endsTheWholeTree_data();
    void endsTheWholeTree();
    void forcesWhatDoesNotListen();
    void doesNotWaitForWhatStaysBehind();
    void keepsBothEndsOfMuchOutput();
    void leavesNoFileOpen();
    void endsItsProgramWhenItIsKilled();
};

static Result<ProcessResult>
runShell(const QString &script, const ProcessLimits &limits = {}, const LineHandler &handler = {})
{
    SilentMonitor monitor;
    return runProcess({"sh", {"-c", script}}, limits, handler, monitor);
}

static bool isRunning(qint64 process)
{
    QFile file(QString("/proc/%1/stat").arg(process));
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
}

void tst_process::everyErrorIsExplained()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue.isOk());
    const auto codes = QMetaEnum::fromType<ProcessError>();
    for (int i = 0; i < codes.keyCount(); ++i)
        QVERIFY2(catalogue->find(ProcessError(codes.value(i))), codes.key(i));
}

void tst_process::runsToTheEnd_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("err");
    QTest::newRow("nothing") << "exit 0" << 0 << QByteArray() << QByteArray();
    QTest::newRow("both streams") << "echo a; echo b >&2; printf c" << 0 << QByteArray("a\nc")
                                  << QByteArray("b\n");
    QTest::newRow("a status") << "echo no; exit 7" << 7 << QByteArray("no\n") << QByteArray();
    QTest::newRow("status 255") << "exit 255" << 255 << QByteArray() << QByteArray();
    QTest::newRow("no input") << "cat; echo end" << 0 << QByteArray("end\n") << QByteArray();
    QTest::newRow("closes its output and goes on")
        << "exec >&- 2>&-; sleep 0.2; exit 3" << 3 << QByteArray() << QByteArray();
    QTest::newRow("no terminal") << "tty; test -t 0 || echo none" << 0
                                 << QByteArray("not a tty\nnone\n") << QByteArray();
}

void tst_process::runsToTheEnd()
{
    QFETCH(const QString, script);
    const auto result = runShell(script);
    QVERIFY2(result.isOk(), result.isError() ? qPrintable(result.error().fact) : "cancelled");
    QTEST(result->exitCode, "exitCode");
    QTEST(result->standardOutput, "out");
    QTEST(result->standardError, "err");
    QVERIFY(!result->truncated);
    QCOMPARE(result->signal, 0);
    QVERIFY(result->elapsed < 10s);
}

void tst_process::passesArgumentsUntouched()
{
    const QStringList arguments{"a b", "", "'\"", "$HOME", "*", "-x", "é 漢", "a\nb", "\\", ";rm"};
    SilentMonitor monitor;
    const auto result = runProcess({"printf", QStringList{"%s\\0"} + arguments}, {}, {}, monitor);
    QVERIFY(result.isOk());
    QCOMPARE(QString::fromUtf8(result->standardOutput).split(QChar(0)),
             arguments + QStringList{""});
}

void tst_process::runsInTheFolder()
{
    QTemporaryDir folder;
    const auto path = folder.filePath("a folder é");
    QVERIFY(QDir().mkpath(path));
    QFile program(path + "/a program");
    QVERIFY(program.open(QIODevice::WriteOnly));
    program.write("#!/bin/sh\npwd\n");
    program.close();
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    SilentMonitor monitor;
    const auto result = runProcess({program.fileName(), {}, path}, {}, {}, monitor);
    QVERIFY(result.isOk());
    QCOMPARE(QString::fromUtf8(result->standardOutput).trimmed(),
             QFileInfo(path).canonicalFilePath());
}

void tst_process::hasTheEnvironment()
{
    SilentMonitor monitor;
    Command command{"sh", {"-c", "echo $LC_ALL $BANISTER_ADDED ${HOME:+home}"}};
    command.environment = {{"BANISTER_ADDED", "é x"}};
    const auto result = runProcess(command, {}, {}, monitor);
    QVERIFY(result.isOk());
    QCOMPARE(result->standardOutput, "C é x home\n");
}

void tst_process::deliversLinesAsTheyCome()
{
    QStringList lines;
    QElapsedTimer clock;
    qint64 first = -1;
    clock.start();
    const auto result =
        runShell("echo one; echo two >&2; sleep 0.5; printf '1%%\\r2%%\\rlast'",
                 {},
                 [&](Stream stream, const QByteArray &line) {
                     if (first < 0)
                         first = clock.elapsed();
                     lines.append((stream == Stream::Err ? "! " : "") + QString::fromUtf8(line));
                 });
    QVERIFY(result.isOk());
    QVERIFY2(clock.elapsed() - first >= 400, qPrintable(QString::number(first)));
    QVERIFY(lines.removeOne("! two"));
    QCOMPARE(lines, QStringList({"one", "1%", "2%", "last"}));
}

void tst_process::takesMuchInput()
{
    SilentMonitor monitor;
    Command command{"wc", {"-c"}};
    command.standardInput = QByteArray(20'000'000, 'x');
    const auto result = runProcess(command, {}, {}, monitor);
    QVERIFY(result.isOk());
    QCOMPARE(result->standardOutput.trimmed(), "20000000");
    command.program = "cat";
    command.arguments.clear();
    const auto echoed = runProcess(command, {}, {}, monitor);
    QVERIFY(echoed.isOk());
    QVERIFY(echoed->truncated);
}

void tst_process::doesNotMindInputThatNobodyReads()
{
    SilentMonitor monitor;
    Command command{"sh", {"-c", "exec <&-; echo done; exit 4"}};
    command.standardInput = QByteArray(5'000'000, 'x');
    const auto result = runProcess(command, {}, {}, monitor);
    QVERIFY(result.isOk());
    QCOMPARE(result->exitCode, 4);
}

void tst_process::saysWhyItCannotRun_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("name") << "banister-no-such-program"
                          << "" << ErrorCode(ProcessError::NotFound);
    QTest::newRow("path") << "/no/such/program"
                          << "" << ErrorCode(ProcessError::NotFound);
    QTest::newRow("empty") << ""
                           << "" << ErrorCode(ProcessError::NotFound);
    QTest::newRow("no right") << "/etc/passwd"
                              << "" << ErrorCode(ProcessError::NotExecutable);
    QTest::newRow("folder") << "/usr/bin"
                            << "" << ErrorCode(ProcessError::NotExecutable);
    QTest::newRow("no working folder")
        << "sh"
        << "/no/such/folder" << ErrorCode(ProcessError::WorkingFolderMissing);
}

void tst_process::saysWhyItCannotRun()
{
    QFETCH(const QString, program);
    QFETCH(const QString, folder);
    SilentMonitor monitor;
    const auto result = runProcess({program, {}, folder}, {}, {}, monitor);
    QVERIFY(result.isError());
    QTEST(result.error().code, "code");
    QVERIFY(result.error().fact.contains(program));

    QTemporaryDir temporary;
    QFile file(temporary.filePath("no-program"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x7f"
               "ELF is what it says");
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    const auto wrong = runProcess({file.fileName(), {}}, {}, {}, monitor);
    QVERIFY(wrong.isError());
    QCOMPARE(wrong.error().code, ProcessError::NotStarted);
}

void tst_process::isEndedWhenSilent()
{
    ProcessLimits limits;
    limits.silence = 300ms;
    QElapsedTimer clock;
    clock.start();
    SilentMonitor monitor;
    Command command{"sh", {"-c", "echo asks for s3cret; sleep 60"}};
    command.secrets = {"s3cret"};
    const auto result = runProcess(command, limits, {}, monitor);
    QVERIFY(clock.elapsed() < 10000);
    QVERIFY(result.isError());
    QCOMPARE(result.error().code, ProcessError::Silent);
    QVERIFY(result.error().fact.contains("0.3"));
    QCOMPARE(result.error().details, "asks for ***");
}

void tst_process::isEndedWhenItPrintsWithoutEnd_data()
{
    QTest::addColumn<QString>("script");
    QTest::newRow("lines") << "echo $$; yes 'the same again'";
    QTest::newRow("errors") << "echo $$; yes 'the same again' >&2";
    QTest::newRow("one line") << "echo $$; tr '\\0' x < /dev/zero";
    QTest::newRow("without listening") << "echo $$; trap '' TERM; yes 'the same again' & wait";
}

void tst_process::isEndedWhenItPrintsWithoutEnd()
{
    QFETCH(const QString, script);
    ProcessLimits limits;
    limits.mostOutput = 1 << 20;
    limits.keptOutput = 1 << 16;
    limits.grace = 200ms;
    qint64 process = 0;
    qint64 delivered = 0;
    QByteArray last;
    const auto result = runShell(script, limits, [&](Stream, const QByteArray &line) {
        if (process == 0)
            process = line.toLongLong();
        delivered += line.size();
        last = line;
    });
    QVERIFY(result.isError());
    QCOMPARE(result.error().code, ErrorCode(ProcessError::EndlessOutput));
    QVERIFY2(result.error().fact.contains("1.00 MiB"), qPrintable(result.error().fact));
    QVERIFY(result.error().details.size() < limits.keptOutput);
    QVERIFY2(last.contains("cut here, after 1.00 MiB"), last.constData());
    QVERIFY(delivered < limits.mostOutput + 100);
    QVERIFY(process > 0);
    QVERIFY(!isRunning(process));
}

void tst_process::isNotSilentWhileItTalks()
{
    ProcessLimits limits;
    limits.silence = 2000ms;
    // Longer than the limit in all, and by turns on either stream.
    const auto result =
        runShell("for i in 1 2 3 4 5 6; do sleep 0.5; echo x >&$((i % 2 + 1)); done", limits);
    QVERIFY(result.isOk());
}

void tst_process::tellsTheSignal()
{
    SilentMonitor monitor;
    const Command command{"sh", {"-c", "echo last words >&2; kill -SEGV $$"}};
    const auto result = runProcess(command, {}, {}, monitor);
    QVERIFY(result.isError());
    QCOMPARE(result.error().code, ProcessError::Crashed);
    QVERIFY(result.error().fact.contains("11 (SIGSEGV)"));
    QCOMPARE(result.error().details, "last words");
    const auto crashed = runProcessUntilSignal(command, {}, {}, monitor);
    QVERIFY(crashed.isOk());
    QCOMPARE(crashed->signal, SIGSEGV);
    QCOMPARE(crashed->exitCode, 139);
}

void tst_process::endsTheWholeTree_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("lines");
    QTest::newRow("alone") << "echo $$; exec sleep 60" << 1;
    QTest::newRow("child") << "sleep 60 & echo $!; echo $$; wait" << 2;
    QTest::newRow("grandchildren")
        << "sh -c 'sleep 60 & echo $!; sleep 60 & echo $!; echo $$; wait' & echo $!; wait" << 4;
    QTest::newRow("other session")
        << "setsid sh -c 'echo $$; sleep 60; true' & wait; sleep 60" << 1;
    QTest::newRow("jobs with groups of their own")
        << "set -m; sleep 60 & echo $!; echo $$; wait; sleep 60" << 2;
}

void tst_process::endsTheWholeTree()
{
    QFETCH(const QString, script);
    QFETCH(const int, lines);
    // On a busy computer a single try may be slow.
    qint64 fastest = 10000;
    for (int i = 0; i < 5 && fastest >= LongestCancel; ++i) {
        QList<qint64> processes;
        StoppingMonitor monitor;
        const auto result = runProcess(
            {"sh", {"-c", script}},
            {},
            [&](Stream, const QByteArray &line) {
                // A shell with jobs also tells that one of them was ended.
                if (const auto process = line.toLongLong(); process > 0)
                    processes.append(process);
                if (processes.size() == lines && !monitor.isCancelRequested())
                    monitor.stop();
            },
            monitor);
        fastest = std::min(fastest, monitor.sinceStop());
        QVERIFY(result.isCancelled());
        QCOMPARE(processes.size(), lines);
        for (const auto process : processes)
            QVERIFY2(!isRunning(process), qPrintable(QString::number(process)));
    }
    QVERIFY2(fastest < LongestCancel, qPrintable(QString::number(fastest)));
}

void tst_process::forcesWhatDoesNotListen()
{
    QList<qint64> processes;
    StoppingMonitor monitor;
    ProcessLimits limits;
    limits.grace = 300ms;
    // The parent listens, its child does not.
    const auto result = runProcess(
        {"sh", {"-c", "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & wait"}},
        limits,
        [&](Stream, const QByteArray &line) {
            processes.append(line.toLongLong());
            monitor.stop();
        },
        monitor);
    QVERIFY(result.isCancelled());
    QVERIFY(monitor.sinceStop() >= 300);
    QVERIFY(monitor.sinceStop() < 5000);
    QCOMPARE(processes.size(), 1);
    QVERIFY(!isRunning(processes.first()));
}

void tst_process::doesNotWaitForWhatStaysBehind()
{
    QElapsedTimer clock;
    clock.start();
    // It keeps the pipes of its parent open.
    const auto result = runShell("sleep 30 & echo $!");
    QVERIFY(result.isOk());
    QVERIFY(clock.elapsed() < 5000);
    const auto left = result->standardOutput.trimmed().toLongLong();
    QVERIFY(isRunning(left));
    ::kill(pid_t(left), SIGKILL);
}

void tst_process::keepsBothEndsOfMuchOutput()
{
    ProcessLimits limits;
    limits.keptOutput = 100'000;
    qint64 bytes = 0;
    qsizetype longest = 0;
    const auto result =
        runShell("echo first; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo last",
                 limits,
                 [&](Stream, const QByteArray &line) {
                     bytes += line.size();
                     longest = std::max(longest, line.size());
                 });
    QVERIFY(result.isOk());
    QCOMPARE(bytes, 50'000'000 + 5 + 4);
    QCOMPARE(longest, 65536);
    QVERIFY(result->truncated);
    QVERIFY(result->standardOutput.size() < 100'100);
    QVERIFY(result->standardOutput.startsWith("first\nxxx"));
    QVERIFY(result->standardOutput.endsWith("xxx\nlast\n"));
    QVERIFY(result->standardOutput.contains(" bytes left out ...]\n"));
}

void tst_process::leavesNoFileOpen()
{
    const QDir open("/proc/self/fd");
    QVERIFY(runShell("true").isOk());
    const auto before =
        open.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
    std::thread worker([] {
        for (int i = 0; i < 20; ++i)
            (void)runShell("echo x");
    });
    worker.join();
    const auto after =
        open.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
    QVERIFY2(after <= before + 2, qPrintable(QString::number(after - before)));
}

void tst_process::endsItsProgramWhenItIsKilled()
{
    QProcess self;
    Test::startSelf(self, {"--run-sleep"});
    QVERIFY(self.waitForReadyRead());
    const auto program = self.readLine().trimmed().toLongLong();
    QVERIFY(isRunning(program));
    self.kill();
    QVERIFY(self.waitForFinished());
    QTRY_VERIFY(!isRunning(program));
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (application.arguments().contains("--run-sleep")) {
        const auto tell = [](Stream, const QByteArray &line) {
            std::puts(line.constData());
            std::fflush(stdout);
        };
        return runShell("echo $$; exec sleep 60", {}, tell) ? 0 : 1;
    }
    QTEST_SET_MAIN_SOURCE_PATH
    tst_process test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_process.moc"
