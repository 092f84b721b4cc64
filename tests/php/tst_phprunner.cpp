// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phperror.h"
#include "php/phpfailure.h"
#include "php/phprunner.h"
#include "process/processerror.h"
#include "support/stoppingmonitor.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Banister;
using namespace std::chrono_literals;

/// With the PHP of this computer.
class tst_phprunner : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void runsScripts();
    void runsThroughAWrapperThatTranslates();
    void runsThroughAShellElsewhere();
    void tellsFacts();
    void tellsFactsThroughNoise();
    void tellsWhyThereAreNoFacts_data();
    void tellsWhyThereAreNoFacts();
    void readsSizesAsPhpDoes_data();
    void readsSizesAsPhpDoes();
    void explainsFailures_data();
    void explainsFailures();
    void tellsSignals();
    void endsWhenSilent();
    void cancelsWithAllChildren();
    void takesMuchOutput();

private:
    QString write(const QString &name, const QByteArray &text, bool isProgram = false);
    PhpRunner runner(const QStringList &options = {}, const ProcessLimits &limits = {}) const;

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder; ///< with a blank and letters that are no ASCII
    SilentMonitor m_monitor;
};

void tst_phprunner::init()
{
    m_temporary = std::make_unique<QTemporaryDir>();
    m_folder = m_temporary->filePath("eine Größe 漢");
    QVERIFY(QDir().mkpath(m_folder));
}

QString tst_phprunner::write(const QString &name, const QByteArray &text, bool isProgram)
{
    QFile file(m_folder + "/" + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    if (isProgram)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return file.fileName();
}

PhpRunner tst_phprunner::runner(const QStringList &options, const ProcessLimits &limits) const
{
    return PhpRunner({{"php"}, m_folder, {}, options}, limits);
}

void tst_phprunner::runsScripts()
{
    const auto script = write(
        "a script.php",
        R"(<?php echo json_encode([array_slice($argv, 1), __DIR__, getcwd(), ini_get('memory_limit'), getenv('LC_ALL'), getenv('ADDED')], 320), "\n"; fwrite(STDERR, "w\n"); exit(3);)");
    QStringList lines;
    auto php = runner({"-d", "memory_limit=100M"});
    php.setEnvironment({{"ADDED", "x y"}});
    const auto result = php.runScript(
        script,
        {"a b", "", "$x", "--no-interaction", "é'\""},
        [&](Stream stream, const QByteArray &line) {
            lines.append((stream == Stream::Err ? "err " : "out ") + QString::fromUtf8(line));
        },
        m_monitor);
    QVERIFY2(result.isOk(), result.isError() ? qPrintable(result.error().fact) : "");
    QCOMPARE(result->exitCode, 3);
    const auto folder = QFileInfo(m_folder).canonicalFilePath();
    lines.sort();
    QCOMPARE(lines,
             QStringList({"err w",
                          "out [[\"a b\",\"\",\"$x\",\"--no-interaction\",\"é'\\\"\"],\"" + folder
                              + "\",\"" + folder + "\",\"100M\",\"C\",\"x y\"]"}));
}

void tst_phprunner::runsThroughAWrapperThatTranslates()
{
    // As a container does: the server's path leads elsewhere, and PHP has that path only.
    const auto wrapper = write(
        "in container",
        QByteArray("#!/bin/bash\nargs=()\nfor a in \"$@\"; do args+=(\"${a/#\\/srv\\/the site/"
                   + m_folder.toUtf8() + "}\"); done\nexec php \"${args[@]}\"\n"),
        true);
    const auto script = write("x.php", "<?php echo $argv[1];");
    const PhpRunner php({{wrapper}, m_folder, "/srv/the site", {}});
    const auto result = php.runScript(script, {"a b"}, {}, m_monitor);
    QVERIFY(result.isOk());
    QCOMPARE(result->standardError, QByteArray());
    QCOMPARE(result->standardOutput, "a b");
    const auto outside = php.runScript("/etc/passwd", {}, {}, m_monitor);
    QVERIFY(outside.isError());
    QCOMPARE(outside.error().code, PhpError::OutsideMapping);
    const auto facts = php.facts(m_monitor);
    QVERIFY(facts.isOk());
}

void tst_phprunner::runsThroughAShellElsewhere()
{
    // What ssh does with its words: it joins them with blanks and gives them to a shell.
    write("ssh", "#!/bin/sh\n[ \"$1\" = web1 ] || exit 255\nshift\nexec sh -c \"$*\"\n", true);
    const auto script = write("x y.php", "<?php echo json_encode(array_slice($argv, 1), 320);");
    const PhpRunner php(
        {{m_folder + "/ssh", "web1", "cd / && php"}, m_folder, {}, {"-d", "error_log=a b"}});
    const auto result =
        php.runScript(script, {"a  b", "$HOME", "it's \"é\"", "", "*", "a\nb"}, {}, m_monitor);
    QVERIFY(result.isOk());
    QCOMPARE(QString::fromUtf8(result->standardOutput),
             R"(["a  b","$HOME","it's \"é\"","","*","a\nb"])");
    const auto facts = php.facts(m_monitor);
    QVERIFY2(facts.isOk(), facts.isError() ? qPrintable(facts.error().fact) : "");
    QCOMPARE(facts->sapi, "cli");
}

void tst_phprunner::tellsFacts()
{
    const auto facts =
        runner({"-d", "memory_limit=192M", "-d", "max_execution_time=17"}).facts(m_monitor);
    QVERIFY2(facts.isOk(), facts.isError() ? qPrintable(facts.error().fact) : "");
    QProcess php;
    php.start("php", {"-r", "echo PHP_VERSION_ID, ' ', php_ini_loaded_file();"});
    QVERIFY(php.waitForFinished());
    const auto expected = QString::fromUtf8(php.readAllStandardOutput());
    QCOMPARE(QString::number(facts->versionId) + " " + facts->iniFile, expected);
    QVERIFY(facts->version.count('.') == 2);
    QCOMPARE(facts->sapi, "cli");
    QCOMPARE(facts->os, "Linux");
    QCOMPARE(facts->memoryLimit, qint64(192) << 20);
    QCOMPARE(facts->maxExecutionTime, 17);
    QVERIFY(facts->hasExtension("SPL"));
    QVERIFY(facts->hasExtension("pdo_mysql"));
    QVERIFY(!facts->hasExtension("no_such"));
    QVERIFY(facts->pdoDrivers.contains("mysql"));
    QVERIFY(!facts->moreIniFiles.isEmpty());
    QVERIFY(!facts->user.isEmpty());
    QVERIFY(facts->program.contains("php"));
    const auto bare = runner({"-n", "-d", "memory_limit=-1"}).facts(m_monitor);
    QVERIFY(bare.isOk());
    QVERIFY(!bare->hasExtension("pdo_mysql"));
    QCOMPARE(bare->memoryLimit, -1);
    QVERIFY(bare->iniFile.isEmpty());
}

void tst_phprunner::tellsFactsThroughNoise()
{
    const auto noisy = write("noisy",
                             "#!/bin/sh\necho 'Welcome to web1! {\"version\": \"1\"}'\necho 'PHP "
                             "Warning:  Unable to load dynamic library x' >&2\nprintf 'no line "
                             "end'\nphp \"$@\"\nstatus=$?\necho; echo bye\nexit $status\n",
                             true);
    const auto facts = PhpRunner({{noisy}, {}, {}, {}}).facts(m_monitor);
    QVERIFY(facts.isOk());
    QVERIFY(facts->versionId > 70000);
}

void tst_phprunner::tellsWhyThereAreNoFacts_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("something else")
        << QByteArray("#!/bin/sh\necho hello\n") << ErrorCode(PhpError::NotPhp);
    QTest::newRow("prints the code")
        << QByteArray("#!/bin/sh\necho \"$@\"\n") << ErrorCode(PhpError::NotPhp);
    QTest::newRow("fails") << QByteArray("#!/bin/sh\nexit 9\n")
                           << ErrorCode(PhpError::UnreadableOutput);
    QTest::newRow("leads to nothing")
        << QByteArray("#!/bin/sh\nphp9.9 \"$@\"\n") << ErrorCode(PhpError::WrapperFailed);
    QTest::newRow("ends half-way")
        << QByteArray("#!/bin/sh\nphp \"$@\" | head -n 3\n") << ErrorCode(PhpError::NotPhp);
    QTest::newRow("out of memory")
        << QByteArray("#!/bin/sh\nexec php -d memory_limit=8M -r 'str_repeat(\"x\", 1 << 24);'\n")
        << ErrorCode(PhpError::MemoryExhausted);
    QTest::newRow("crashes") << QByteArray("#!/bin/sh\nkill -SEGV $$\n")
                             << ErrorCode(PhpError::Crashed);
    QTest::newRow("is not there") << QByteArray() << ErrorCode(ProcessError::NotFound);
}

void tst_phprunner::tellsWhyThereAreNoFacts()
{
    QFETCH(const QByteArray, script);
    const auto program =
        script.isEmpty() ? QString("/no/such/php") : write("program", script, true);
    const auto facts = PhpRunner({{program}, {}, {}, {}}).facts(m_monitor);
    QVERIFY(facts.isError());
    QTEST(facts.error().code, "code");
}

void tst_phprunner::readsSizesAsPhpDoes_data()
{
    QTest::addColumn<QString>("text");
    for (const auto *text :
         {"128M", "1G", "512k", "134217728", "0", "2g", " 64M", "1K", "100m", "3 M"})
        QTest::newRow(text) << QString(text);
}

void tst_phprunner::readsSizesAsPhpDoes()
{
    QFETCH(const QString, text);
    QProcess php;
    php.start("php", {"-r", "echo ini_parse_quantity($argv[1]);", text});
    QVERIFY(php.waitForFinished());
    QCOMPARE(bytesFromIni(text), php.readAllStandardOutput().toLongLong());
    QCOMPARE(bytesFromIni("-1"), -1);
    QCOMPARE(bytesFromIni("-1M"), -1);
    QCOMPARE(bytesFromIni(""), 0);
}

void tst_phprunner::explainsFailures_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<PhpError>("code");
    QTest::addColumn<QString>("fact");
    // With the messages on the standard output, on the standard error, and both.
    const QList<std::pair<QByteArray, QStringList>> settings{
        {"shown", {"-d", "display_errors=1", "-d", "log_errors=0"}},
        {"logged", {"-d", "display_errors=0", "-d", "log_errors=1", "-d", "error_log="}},
        {"on the error stream",
         {"-d", "display_errors=stderr", "-d", "log_errors=1", "-d", "error_log="}}};
    for (const auto &[name, options] : settings) {
        auto row = [&](const QByteArray &what,
                       const QStringList &more,
                       const QByteArray &script,
                       PhpError code,
                       const QString &fact) {
            QTest::newRow((what + ", " + name).constData())
                << options + more << "<?php\necho \"begin\\n\";\n" + script << code << fact;
        };
        row("memory",
            {"-d", "memory_limit=16M"},
            "$a = str_repeat('x', 1 << 25);",
            PhpError::MemoryExhausted,
            "16 MB (16777216 bytes)");
        row("time",
            {},
            "set_time_limit(1); while (true) { sqrt(2); }",
            PhpError::TimeLimit,
            "1 second");
        row("extension zip", {"-n"}, "new ZipArchive();", PhpError::ExtensionMissing, "zip");
        row("extension mbstring",
            {"-n"},
            "mb_strlen('x');",
            PhpError::ExtensionMissing,
            "mbstring");
        row("parse error", {}, "$a = array('x' => ;", PhpError::ParseError, "script.php on line 3");
        row("class", {}, "new Acme\\Missing();", PhpError::ClassMissing, "Acme\\Missing");
        row("function", {}, "acme_missing();", PhpError::ClassMissing, "acme_missing");
        row("vendor",
            {},
            "require __DIR__ . '/vendor/autoload.php';",
            PhpError::VendorMissing,
            "vendor/autoload.php");
        row("exception",
            {},
            "throw new DomainException('Not on a Sunday');",
            PhpError::UncaughtException,
            "Not on a Sunday");
        row("database stopped",
            {},
            "new PDO('mysql:host=127.0.0.1;port=1;dbname=x', 'u', 's3cret');",
            PhpError::DatabaseUnreachable,
            "Connection refused");
        row("no socket",
            {},
            "new PDO('mysql:unix_socket=/no/such;dbname=x', 'u', 's3cret');",
            PhpError::DatabaseUnreachable,
            "2002");
        row("mysqli",
            {},
            "mysqli_report(MYSQLI_REPORT_ERROR); new mysqli('127.0.0.1', 'u', 's3cret', 'x', 1); "
            "exit(1);",
            PhpError::DatabaseUnreachable,
            "Connection refused");
        row("driver",
            {},
            "new PDO('acme:x', 'u', 's3cret');",
            PhpError::DriverMissing,
            "pdo_mysql");
        row("disk full",
            {},
            "if (file_put_contents('/dev/full', str_repeat('x', 99999)) === false) exit(1);",
            PhpError::DiskFull,
            "No space left");
        row("file rights",
            {},
            "posix_setuid(posix_geteuid() ?: 65534); file_put_contents('/proc/1/environ', 'x') === "
            "false && exit(1);",
            PhpError::PermissionDenied,
            "/proc/1/environ");
    }
}

void tst_phprunner::explainsFailures()
{
    QFETCH(const QStringList, options);
    QFETCH(const QByteArray, script);
    QFETCH(const PhpError, code);
    QFETCH(const QString, fact);
    const auto result = runner(options).runScript(write("script.php", script), {}, {}, m_monitor);
    QVERIFY(result.isOk());
    if (code != PhpError::DiskFull) // PHP knows how many bytes it wrote, and does not mind
        QVERIFY(result->exitCode != 0);
    const auto error = recognisePhpFailure(*result);
    QVERIFY2(error, (result->standardOutput + result->standardError).constData());
    QCOMPARE(error->code, code);
    QVERIFY2(error->fact.contains(fact), qPrintable(error->fact));
    QVERIFY2(!(error->fact + error->details).contains("s3cret"), qPrintable(error->details));
}

void tst_phprunner::tellsSignals()
{
    const auto result = runner().runScript(
        write("x.php", "<?php echo 'a'; posix_kill(getmypid(), 11);"), {}, {}, m_monitor);
    QVERIFY(result.isOk());
    QCOMPARE(result->signal, 11);
    QCOMPARE(result->exitCode, 139);
    QCOMPARE(recognisePhpFailure(*result)->code, PhpError::Crashed);
}

void tst_phprunner::endsWhenSilent()
{
    ProcessLimits limits;
    limits.silence = 500ms;
    const auto result =
        runner({}, limits)
            .runScript(write("x.php", "<?php echo 'a'; sleep(60);"), {}, {}, m_monitor);
    QVERIFY(result.isError());
    QCOMPARE(result.error().code, ProcessError::Silent);
}

void tst_phprunner::cancelsWithAllChildren()
{
    const auto script = write("x.php", R"(<?php
for ($i = 0; $i < 3; ++$i) {
    $child = proc_open(['php', '-r', 'echo getmypid(), "\n"; while (true) sleep(1);'], [1 => STDOUT], $pipes[$i]);
    $children[] = $child;
}
while (true) sleep(1);
)");
    // On a busy computer a single try may be slow.
    qint64 fastest = 10000;
    for (int i = 0; i < 5 && fastest >= LongestCancel; ++i) {
        QList<qint64> processes;
        StoppingMonitor monitor;
        const auto result = runner().runScript(
            script,
            {},
            [&](Stream, const QByteArray &line) {
                processes.append(line.toLongLong());
                if (processes.size() == 3)
                    monitor.stop();
            },
            monitor);
        fastest = std::min(fastest, monitor.sinceStop());
        QVERIFY(result.isCancelled());
        QCOMPARE(processes.size(), 3);
        for (const auto process : processes) {
            QFile stat(QString("/proc/%1/stat").arg(process));
            QVERIFY(!stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z "));
        }
    }
    QVERIFY2(fastest < LongestCancel, qPrintable(QString::number(fastest)));
}

void tst_phprunner::takesMuchOutput()
{
    const auto script = write(
        "x.php",
        R"(<?php $lines = str_repeat(str_repeat('x', 99) . "\n", 100); for ($i = 0; $i < 5000; ++$i) echo $lines; echo 'end';)");
    qint64 lines = 0;
    const auto result = runner().runScript(
        script, {}, [&](Stream, const QByteArray &) { ++lines; }, m_monitor);
    QVERIFY(result.isOk());
    QCOMPARE(lines, 500001);
    QVERIFY(result->truncated);
    QVERIFY(result->standardOutput.endsWith("\nend"));
    QVERIFY(result->standardOutput.size() < 5'000'000);
}

QTEST_GUILESS_MAIN(tst_phprunner)
#include "tst_phprunner.moc"
