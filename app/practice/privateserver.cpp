// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/privateserver.h"

#include "practice/practiceerror.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QProcess>
#include <QThread>

#include <chrono>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Banister {

namespace {

constexpr auto pause = 5ms;
// Recovery of large data files after a crash takes minutes on slow disks.
constexpr auto longestStart = 5min;
constexpr auto longestStop = 2min;
constexpr qint64 longestLogExcerpt = 8192;

void signalAndWait(const ServerFolder &folder, QProcess *process, int signal)
{
    const auto id = folder.runningProcess();
    if (id > 0)
        ::kill(pid_t(id), signal);
    QElapsedTimer timer;
    timer.start();
    while (folder.runningProcess() > 0) {
        if (process)
            process->waitForFinished(int(pause.count()));
        else
            QThread::msleep(ulong(pause.count()));
        // The data files survive that as they survive a power cut.
        if (timer.hasExpired(std::chrono::milliseconds(longestStop).count()))
            ::kill(pid_t(id), SIGKILL);
    }
    if (process)
        process->waitForFinished();
}

QString tail(const QString &path, qint64 start)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max(start, file.size() - longestLogExcerpt));
    return QString::fromUtf8(file.readAll());
}

} // namespace

PrivateServer::PrivateServer(ServerFolder folder, const PrivateServerOptions &options)
    : m_folder(std::move(folder))
    , m_options(options)
{}

PrivateServer::PrivateServer(PrivateServer &&) noexcept = default;
PrivateServer &PrivateServer::operator=(PrivateServer &&) noexcept = default;

PrivateServer::~PrivateServer()
{
    if (m_process)
        stop();
}

Result<PrivateServer> PrivateServer::create(const QString &folder,
                                            const PrivateServerOptions &options)
{
    if (const auto program = ServerFolder::findProgram(u"mariadbd"_s); !program)
        return program.failure();
    ServerFolder serverFolder(folder);
    if (const auto ready = serverFolder.initialise(); !ready)
        return ready.failure();
    return PrivateServer(std::move(serverFolder), options);
}

QStringList PrivateServer::arguments() const
{
    QStringList arguments{u"--no-defaults"_s,
                          u"--datadir="_s + m_folder.dataPath(),
                          u"--tmpdir="_s + m_folder.temporaryPath(),
                          u"--socket="_s + m_folder.socketPath,
                          u"--pid-file="_s + m_folder.pidPath(),
                          u"--skip-log-bin"_s,
                          u"--skip-name-resolve"_s,
                          u"--character-set-server=utf8mb4"_s,
                          u"--innodb-log-file-size=32M"_s,
                          u"--innodb-autoextend-increment=1"_s};
    if (m_folder.port > 0)
        arguments << u"--bind-address=127.0.0.1"_s << u"--port=%1"_s.arg(m_folder.port);
    else
        arguments << u"--skip-networking"_s;
    if (::geteuid() == 0)
        arguments << u"--user=root"_s;
    return arguments + m_options.arguments;
}

Error PrivateServer::notStarted(const QString &fact, qint64 logStart) const
{
    return {PracticeError::ServerNotStarted, fact, tail(m_folder.logPath(), logStart), {}};
}

bool PrivateServer::isRunning() const
{
    return m_folder.runningProcess() > 0 && m_folder.answers();
}

Result<> PrivateServer::start()
{
    const auto program = ServerFolder::findProgram(u"mariadbd"_s);
    if (!program)
        return program.failure();
    QLockFile lock(m_folder.lockPath()); // two programs may start it at the same time
    lock.setStaleLockTime(0);
    if (!lock.tryLock(int(std::chrono::milliseconds(longestStart).count())))
        return notStarted(tr("Another program keeps starting the server in %1.").arg(folder()),
                          QFileInfo(m_folder.logPath()).size());
    if (auto loaded = m_folder.load(); !loaded)
        return loaded;
    if (isRunning())
        return Success;
    m_process.reset();
    if (auto chosen = m_folder.chooseAddress(m_options.overTcp); !chosen)
        return chosen;
    return launch(*program);
}

Result<> PrivateServer::launch(const QString &program)
{
    const auto logStart = QFileInfo(m_folder.logPath()).size();
    auto process = std::make_unique<QProcess>();
    process->setProgram(program);
    process->setArguments(arguments());
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(m_folder.logPath(), QIODevice::Append);
    process->setStandardErrorFile(m_folder.logPath(), QIODevice::Append);
    qint64 id = 0;
    if (m_options.outlivesProgram) {
        if (!process->startDetached(&id))
            return notStarted(tr("%1 cannot be run.").arg(program), logStart);
        process.reset();
    } else {
        process->setChildProcessModifier([] {
            ::setsid(); // an interrupt in the terminal is for us: we stop it when we end
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        });
        process->start();
        if (!process->waitForStarted())
            return notStarted(tr("%1 cannot be run: %2.").arg(program, process->errorString()),
                              logStart);
        id = process->processId();
    }

    QElapsedTimer timer;
    timer.start();
    while (!isRunning()) {
        const bool ended = process ? process->waitForFinished(int(pause.count()))
                                         || process->state() == QProcess::NotRunning
                                   : ::kill(pid_t(id), 0) != 0;
        if (ended)
            return notStarted(tr("The server in %1 ended while it started.").arg(folder()),
                              logStart);
        if (!process)
            QThread::msleep(ulong(pause.count()));
        if (timer.hasExpired(std::chrono::milliseconds(longestStart).count())) {
            ::kill(pid_t(id), SIGTERM);
            return notStarted(tr("The server in %1 did not answer within %n minute(s).",
                                 nullptr,
                                 int(longestStart.count()))
                                  .arg(folder()),
                              logStart);
        }
    }
    m_process = std::move(process);
    return Success;
}

void PrivateServer::stop()
{
    signalAndWait(m_folder, m_process.get(), SIGTERM);
    m_process.reset();
}

void PrivateServer::kill()
{
    signalAndWait(m_folder, m_process.get(), SIGKILL);
    m_process.reset();
}

void PrivateServer::stop(const QString &folder)
{
    signalAndWait(ServerFolder(folder), nullptr, SIGTERM);
}

} // namespace Banister
