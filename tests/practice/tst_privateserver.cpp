// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcatalogue.h"
#include "practice/practiceerror.h"
#include "practice/privateserver.h"
#include "support/testserver.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QMetaEnum>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace Banister;

class tst_privateserver : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void startsQuicklyWithOneProtectedAccount();
    void servesItsDataAgainAfterStopAndKill();
    void isTakenAsItIsWhenItRunsAlready();
    void outlivesItsProgram();
    void endsWithAProgramThatIsKilled();
    void listensOnLoopback();
    void findsAUsablePathForItsSocket_data();
    void findsAUsablePathForItsSocket();
    void takesArguments();
    void beginsAgainAfterAnInterruptedSetUp();
    void saysWhyItDidNotStart();
    void missesItsPrograms();
    void refusesAFolderThatIsAFile();
    void everyErrorIsExplained();
};

namespace {

// As another program would ask; nothing is printed where the account is refused.
QByteArray ask(const PrivateServer &server, const QByteArray &sql, const QStringList &how)
{
    QProcess client;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("MYSQL_PWD", server.password());
    client.setProcessEnvironment(environment);
    client.start("mariadb",
                 QStringList{"--no-defaults", "-N", "-B", "-e", QString::fromUtf8(sql)} + how);
    client.waitForFinished();
    return client.readAllStandardOutput().trimmed();
}

QByteArray ask(const PrivateServer &server, const QByteArray &sql)
{
    return ask(server, sql, {"-u", server.user(), "-S", server.socketPath()});
}

QString folderFor(const QTemporaryDir &temporary)
{
    return temporary.filePath("a server's folder, größer");
}

} // namespace

// The program itself serves as the one that starts a server and ends.
void tst_privateserver::initTestCase()
{
    const auto folder = qEnvironmentVariable("BANISTER_TEST_START");
    if (folder.isEmpty())
        return;
    PrivateServerOptions options;
    options.outlivesProgram = qEnvironmentVariableIsSet("BANISTER_TEST_OUTLIVE");
    auto server = PrivateServer::create(folder, options);
    const bool isStarted = server && server->start();
    if (!options.outlivesProgram)
        ::raise(SIGKILL);
    ::_exit(isStarted ? 0 : 1);
}

void tst_privateserver::startsQuicklyWithOneProtectedAccount()
{
    QTemporaryDir temporary;
    QElapsedTimer timer;
    timer.start();
    auto server = PrivateServer::create(folderFor(temporary));
    QVERIFY2(server, server.isOk() ? "" : qPrintable(server.error().fact + server.error().details));
    const auto started = server->start();
    QVERIFY2(started, started.isOk() ? "" : qPrintable(started.error().details));
    qInfo("created and started in %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 30'000); // 0.6 s on an idle machine

    QCOMPARE(ask(*server, "SELECT 6 * 7"), "42");
    QCOMPARE(ask(*server, "SELECT @@skip_networking, @@log_bin"), "1\t0");
    QCOMPARE(
        ask(*server,
            "SELECT GROUP_CONCAT(User, '@', Host ORDER BY Host) FROM mysql.global_priv WHERE User "
            "NOT IN ('mariadb.sys', 'PUBLIC')"),
        "banister@127.0.0.1,banister@localhost");
    for (const auto *user : {"root", "", "nobody", "mariadb.sys"})
        QCOMPARE(ask(*server, "SELECT 1", {"-u", user, "-S", server->socketPath()}), "");

    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(server->folder() + "/server.json").constData(), &status), 0);
    QCOMPARE(int(status.st_mode & 0777), 0600);
    QCOMPARE(::stat(QFile::encodeName(server->folder()).constData(), &status), 0);
    QCOMPARE(int(status.st_mode & 0777), 0700);
    QFile commandLine(QString("/proc/%1/cmdline").arg(server->processId()));
    QVERIFY(commandLine.open(QIODevice::ReadOnly));
    QVERIFY(!commandLine.readAll().contains(server->password().toUtf8()));
}

void tst_privateserver::servesItsDataAgainAfterStopAndKill()
{
    TestServer test;
    auto &server = test.server();
    const auto password = server.password();
    test.runSql("CREATE DATABASE d; CREATE TABLE d.t (a INT); INSERT INTO d.t VALUES (1)");
    server.stop();
    QVERIFY(!server.isRunning());
    QCOMPARE(server.processId(), 0);
    QVERIFY(server.start());
    QCOMPARE(server.password(), password);
    test.runSql("INSERT INTO d.t VALUES (2)");
    server.kill();
    QVERIFY(!server.isRunning());
    QVERIFY(server.start());
    QCOMPARE(test.value("SELECT SUM(a) FROM d.t"), "3");
}

void tst_privateserver::isTakenAsItIsWhenItRunsAlready()
{
    TestServer test;
    const auto id = test.server().processId();
    {
        auto second = PrivateServer::create(test.server().folder());
        QVERIFY(second);
        QVERIFY(second->start());
        QCOMPARE(second->processId(), id);
        QCOMPARE(ask(*second, "SELECT 1"), "1");
    }
    QVERIFY(test.server().isRunning());
}

void tst_privateserver::outlivesItsProgram()
{
    QTemporaryDir temporary;
    const auto folder = folderFor(temporary);
    QProcess program;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("BANISTER_TEST_START", folder);
    environment.insert("BANISTER_TEST_OUTLIVE", "1");
    program.setProcessEnvironment(environment);
    program.start(QCoreApplication::applicationFilePath(), QStringList());
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);

    auto server = PrivateServer::create(folder);
    QVERIFY(server);
    QVERIFY(server->isRunning());
    QCOMPARE(ask(*server, "SELECT 1"), "1");
    PrivateServer::stop(folder);
    QVERIFY(!server->isRunning());
    PrivateServer::stop(folder); // nothing runs any more: no harm
}

void tst_privateserver::endsWithAProgramThatIsKilled()
{
    QTemporaryDir temporary;
    const auto folder = folderFor(temporary);
    QProcess program;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("BANISTER_TEST_START", folder);
    program.setProcessEnvironment(environment);
    program.start(QCoreApplication::applicationFilePath(), QStringList());
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);
    QTRY_COMPARE_WITH_TIMEOUT(ServerFolder(folder).runningProcess(), 0, 30'000);
}

void tst_privateserver::listensOnLoopback()
{
    QTemporaryDir temporary;
    PrivateServerOptions options;
    options.overTcp = true;
    auto server = PrivateServer::create(folderFor(temporary), options);
    QVERIFY(server);
    QVERIFY(server->start());
    QVERIFY(server->port() > 0);
    QCOMPARE(ask(*server,
                 "SELECT CURRENT_USER(), @@bind_address",
                 {"-u", server->user(), "-h", "127.0.0.1", "-P", QString::number(server->port())}),
             "banister@127.0.0.1\t127.0.0.1");
}

void tst_privateserver::findsAUsablePathForItsSocket_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("too long") << QString(60, 'x') + '/' + QString(60, 'y');
    QTest::newRow("a semicolon") << "one; two";
    QTest::newRow("two blanks") << "one  two";
}

void tst_privateserver::findsAUsablePathForItsSocket()
{
    QFETCH(const QString, name);
    QTemporaryDir temporary;
    const auto folder = temporary.filePath(name);
    auto server = PrivateServer::create(folder);
    QVERIFY(server);
    QVERIFY(server->start());
    QVERIFY(!server->socketPath().startsWith(folder));
    QVERIFY(QFile::encodeName(server->socketPath()).size() <= 107);
    QCOMPARE(ask(*server, "SELECT 1"), "1");
    auto again = PrivateServer::create(folder); // another program finds it by the folder
    QVERIFY(again);
    QCOMPARE(again->socketPath(), server->socketPath());
    server->stop();
    QDir(QFileInfo(server->socketPath()).path()).removeRecursively();
}

void tst_privateserver::takesArguments()
{
    TestServer test({"--max-allowed-packet=2M"});
    QCOMPARE(test.value("SELECT @@max_allowed_packet"), "2097152");
}

void tst_privateserver::beginsAgainAfterAnInterruptedSetUp()
{
    QTemporaryDir temporary;
    const auto folder = folderFor(temporary);
    QVERIFY(QDir().mkpath(folder + "/data.new/mysql"));
    QVERIFY(QDir().mkpath(folder + "/data/mysql")); // renamed, but nobody wrote the password down
    auto server = PrivateServer::create(folder);
    QVERIFY(server);
    QVERIFY(server->start());
    QCOMPARE(ask(*server, "SELECT 1"), "1");
}

void tst_privateserver::saysWhyItDidNotStart()
{
    QTemporaryDir temporary;
    PrivateServerOptions options;
    options.arguments = {"--no-such-option"};
    auto server = PrivateServer::create(folderFor(temporary), options);
    QVERIFY(server);
    const auto started = server->start();
    QVERIFY(started.isError());
    QCOMPARE(started.error().code, ErrorCode(PracticeError::ServerNotStarted));
    QVERIFY2(started.error().details.contains("no-such-option"),
             qPrintable(started.error().details));
    server->setArguments({});
    QVERIFY(server->start());
}

void tst_privateserver::missesItsPrograms()
{
    const auto program = ServerFolder::findProgram("no-such-mariadbd");
    QVERIFY(program.isError());
    QCOMPARE(program.error().code, ErrorCode(PracticeError::ServerMissing));
    QVERIFY(program.error().fact.contains("no-such-mariadbd"));
}

void tst_privateserver::refusesAFolderThatIsAFile()
{
    QTemporaryDir temporary;
    QFile file(temporary.filePath("file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto server = PrivateServer::create(file.fileName());
    QVERIFY(server.isError());
    QCOMPARE(server.error().code, ErrorCode(PracticeError::ServerFolderUnusable));
}

void tst_privateserver::everyErrorIsExplained()
{
    const auto catalogue = ErrorCatalogue::load();
    QVERIFY(catalogue);
    const auto errors = QMetaEnum::fromType<PracticeError>();
    for (int i = 0; i < errors.keyCount(); ++i)
        QVERIFY2(catalogue->find(PracticeError(errors.value(i))), errors.key(i));
}

QTEST_GUILESS_MAIN(tst_privateserver)
#include "tst_privateserver.moc"
