// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Dump and restore against the usual programs, on the tables of a Mautic site with a million rows in a
// MariaDB server of its own. By hand:
//
//     cmake --preset release && cmake --build --preset release --target bench_database
//     build/release/tests/benchmarks/bench_database [FOLDER] [ROWS]
//
// FOLDER takes some 5 GB for the time being and should be on a disk; /tmp where none is given. Needs
// mariadb-client, zstd and mydumper. Exit status 1 where a goal is missed. Each contestant is a
// process of its own: ours is this program, called by itself, so that its memory is what the work took.
#include "benchmarks/contest.h"
#include "database/dump.h"
#include "database/restore.h"
#include "database/verifydump.h"
#include "practice/mauticdatabase.h"
#include "practice/privateserver.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <thread>

using namespace Banister;

namespace {

constexpr int Rounds = 3;
constexpr qint64 DefaultRows = 1'000'000;
constexpr double LargestMemory = 64; // MB
constexpr auto Password = "BENCH_DATABASE_PASSWORD";

template<typename T>
T valueOf(Result<T> result)
{
    if (result.isError())
        qFatal("%s%s", qPrintable(factsOf(result.error())), qPrintable(result.error().details));
    return std::move(result).value();
}

/// Peak resident memory of this program, in MB: of ru_maxrss a child inherits what its parent had.
double peakMemory()
{
    QFile status("/proc/self/status");
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = status.readAll().split('\n');
    for (const auto &line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').value(0).toDouble() / 1024;
    }
    return 0;
}

/// The child: WORK FOLDER COMPRESSION SOCKET USER DATABASE. Prints its peak memory.
int work(const QStringList &arguments)
{
    const auto &what = arguments.at(0);
    const auto &folder = arguments.at(1);
    DatabaseSettings settings;
    settings.socket = arguments.at(3);
    settings.user = arguments.at(4);
    settings.name = arguments.at(5);
    settings.password = qEnvironmentVariable(Password);
    SilentMonitor monitor;
    if (what == "dump") {
        DumpOptions options;
        options.folder = folder;
        options.compression = arguments.at(2) == "zstd" ? Compression::Zstd : Compression::None;
        valueOf(dumpDatabase(settings, options, monitor));
    } else if (what == "verify") {
        valueOf(verifyDump(folder, monitor));
    } else {
        RestoreOptions options;
        options.isVerified = what == "load";
        valueOf(restoreDump(settings, folder, options, monitor));
    }
    QTextStream(stdout) << peakMemory();
    return 0;
}

class DatabaseBench
{
public:
    DatabaseBench(const QString &folder, qint64 rows);
    int run();

private:
    bool ours(const QString &what, const QString &folder, const QString &compression = "none");
    bool shell(const QString &command) const;
    bool emptyTarget() const { return shell("%M -e 'CREATE OR REPLACE DATABASE target'"); }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString path(const QString &name, int round) const
    {
        return path(name) + QString::number(round);
    }
    void dumps();
    void loads();

    QTemporaryDir m_folder;
    PrivateServer m_server;
    Contest m_contest;
    double m_memory = 0; ///< MB, the most that one of our dumps took
    double m_loadMemory = 0;
};

DatabaseBench::DatabaseBench(const QString &folder, qint64 rows)
    : m_folder(folder + "/bench_database-XXXXXX")
    , m_server(valueOf(PrivateServer::create(path("server"),
                                             {.arguments = {"--innodb-buffer-pool-size=2G",
                                                            "--innodb-log-file-size=1G",
                                                            "--max-allowed-packet=64M"}})))
    , m_contest(
          Rounds,
          [this] {
              runProgram("sync", {"-f", m_folder.path()});
          },
          Contest::Counts::Best)
{
    valueOf(m_server.start());
    PracticeDatabase database;
    database.port = 0;
    database.socket = m_server.socketPath();
    database.user = "site";
    database.password = "site";
    database.name = "source";
    valueOf(createPracticeDatabase(database, m_server.user(), m_server.password()));
    database.user = m_server.user();
    database.password = m_server.password();
    SilentMonitor monitor;
    valueOf(fillMauticDatabase(database, {}, rows, monitor));
    QFile options(path("client.cnf"));
    if (!options.open(QIODevice::WriteOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        qFatal("%s", qPrintable(options.errorString()));
    options.write(QString("[client]\nuser=%1\npassword=%2\nsocket=\"%3\"\n")
                      .arg(m_server.user(), m_server.password(), m_server.socketPath())
                      .toUtf8());
}

bool DatabaseBench::ours(const QString &what, const QString &folder, const QString &compression)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(Password, m_server.password());
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const QString database = what == "dump" ? "source" : "target";
    process.start(
        QCoreApplication::applicationFilePath(),
        {"--work", what, folder, compression, m_server.socketPath(), m_server.user(), database});
    const bool isFine = process.waitForFinished(-1) && process.exitStatus() == QProcess::NormalExit
                        && process.exitCode() == 0;
    auto &memory = what == "dump" ? m_memory : m_loadMemory;
    memory = std::max(memory, process.readAllStandardOutput().toDouble());
    return isFine;
}

/// %M stands for the client with its account, %D for mariadb-dump.
bool DatabaseBench::shell(const QString &command) const
{
    const auto account = " --defaults-file='" + path("client.cnf") + "' ";
    auto text = command;
    text.replace("%M", "mariadb" + account);
    text.replace("%D",
                 "mariadb-dump" + account
                     + "--single-transaction --routines --events --triggers --hex-blob source");
    return runProgram("bash", {"-o", "pipefail", "-ec", "cd '" + m_folder.path() + "'; " + text});
}

void DatabaseBench::dumps()
{
    const auto threads = QString::number(std::max(2U, std::thread::hardware_concurrency()));
    m_contest.run(
        "dump : mariadb-dump",
        0.40,
        [this](int round) { return ours("dump", path("ours", round)); },
        [this](int round) { return shell(QString("%D > theirs%1.sql").arg(round)); });
    m_contest.run(
        "dump with zstd : mariadb-dump | zstd -1",
        0.45,
        [this](int round) { return ours("dump", path("packed", round), "zstd"); },
        [this](int round) { return shell(QString("%D | zstd -q -1 > theirs%1.zst").arg(round)); });
    const auto mydumper = [this, threads](int round) {
        return shell(
            QString("mydumper --defaults-file=client.cnf -S '%1' -u '%2' -p '%3' -B source "
                    "-t %4 -r 100000 -G -E -R -o my%5")
                .arg(m_server.socketPath(),
                     m_server.user(),
                     m_server.password(),
                     threads,
                     QString::number(round)));
    };
    m_contest.run(
        "dump : mydumper -t2 -r100000",
        {},
        [this](int round) { return ours("dump", path("again", round)); },
        mydumper);
}

void DatabaseBench::loads()
{
    const auto load = [this](const QString &what, const QString &folder) {
        return [this, what, folder](int) { return ours(what, path(folder)); };
    };
    m_contest.run("verify with zstd : zstd -t", {}, load("verify", "packed0"), [this](int) {
        return shell("zstd -q -t packed0/*.zst");
    });
    const auto client = [this](const QString &command) {
        return [this, command](int) { return shell(command); };
    };
    m_contest.run(
        "load : mariadb < dump", 0.50, load("load", "ours0"), client("%M target < theirs0.sql"));
    m_contest.run("verify and load with zstd : zstdcat | mariadb",
                  {},
                  load("restore", "packed0"),
                  client("zstdcat theirs0.zst | %M target"));
}

int DatabaseBench::run()
{
    QTextStream out(stdout);
    if (!emptyTarget())
        return 2;
    dumps();
    loads();
    const bool isSmall = m_memory <= LargestMemory;
    m_contest.note("memory of a dump", isSmall);
    out << "memory of a dump: " << qRound(m_memory) << " MB (goal " << LargestMemory << " MB, "
        << (isSmall ? "met" : "MISSED") << "), of a load: " << qRound(m_loadMemory) << " MB\n";
    if (m_contest.isWon())
        out << "All goals are met." << Qt::endl;
    else
        out << "Missed: " << m_contest.missed().join(", ") << Qt::endl;
    return m_contest.isWon() ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const auto arguments = app.arguments();
    if (arguments.value(1) == "--work")
        return work(arguments.mid(2));
    const auto rows = arguments.value(2).toLongLong();
    return DatabaseBench(arguments.value(1, QDir::tempPath()), rows > 0 ? rows : DefaultRows).run();
}
