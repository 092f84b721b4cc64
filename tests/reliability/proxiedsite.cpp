// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/proxiedsite.h"

#include <QProcess>

#include <csignal>

namespace Banister {

QString ProxiedSite::build()
{
    const auto putProxyBetween = [this](const PracticeFixture &fixture) {
        const auto port = fixture.site().database.port;
        m_proxy.emplace(quint16(port));
        fixture.replace(
            "app/config/local.php", QByteArray::number(port), QByteArray::number(m_proxy->port()));
    };
    auto problem = m_site.build(KillableSite::Migrations::Few, putProxyBetween);
    if (!problem.isEmpty())
        return problem;
    m_proxy->arm();
    if (problem = m_site.measureUpgrade(); !problem.isEmpty())
        return problem;
    m_statements[Program::Upgrade] = m_proxy->statements();
    if (problem = m_site.keep(Upgraded); !problem.isEmpty())
        return problem;
    m_proxy->arm();
    if (problem = m_site.measureRollback(); !problem.isEmpty())
        return problem;
    m_statements[Program::Rollback] = m_proxy->statements();
    constexpr int Least = 100;
    return m_statements[Program::Upgrade] > Least && m_statements[Program::Rollback] > Least
               ? QString()
               : "too few statements passed the proxy";
}

QString ProxiedSite::problemOf(const Trouble &trouble)
{
    const bool isUpgrade = trouble.program == Program::Upgrade;
    if (auto problem = m_site.putBack(isUpgrade ? Start : Upgraded); !problem.isEmpty())
        return problem;
    if (trouble.before)
        trouble.before();
    m_proxy->arm(trouble.fault);
    const auto end = isUpgrade ? m_site.upgrade() : m_site.rollBack();
    const auto harmed = m_proxy->harmed();
    m_proxy->arm();
    if (trouble.undo)
        trouble.undo();
    auto problem = problemOfFailure(end);
    // Threads share the work: the last statements differ from run to run.
    if (harmed.isEmpty() && trouble.fault.harm != DatabaseFault::Harm::None
        && trouble.fault.statement < statements(trouble.program) * 9 / 10)
        problem = "nothing was harmed";
    else if (!end.output.contains(trouble.told))
        problem = "does not tell " + trouble.told;
    else if (problem.isEmpty())
        problem = problemOfEnding(trouble);
    if (problem.isEmpty())
        return {};
    return problem + "\nat " + QString::fromUtf8(harmed.left(300)) + "\nafter " + end.told();
}

QString ProxiedSite::problemOfEnding(const Trouble &trouble) const
{
    if (!trouble.isResumed)
        return problemOfRollingBack(m_site);
    if (trouble.program == Program::Upgrade)
        return problemOfResuming(m_site);
    const auto resumed = m_site.resume();
    // A rollback that has not begun, or is done.
    const bool isOver =
        resumed.status == 1 && resumed.output.contains("AssistantError.NothingToDo");
    if (resumed.status != 0 && !isOver)
        return "resume: " + resumed.told();
    if (isOver && m_site.differenceFromEnd().isEmpty())
        return problemOfRollingBack(m_site);
    return m_site.differenceFromStart();
}

void ProxiedSite::killServer() const
{
    QFile file(m_site.fixture().site().serverFolder() + "/server.pid");
    if (!file.open(QIODevice::ReadOnly) || ::kill(file.readAll().trimmed().toInt(), SIGKILL) != 0)
        qFatal("the server was not killed");
}

void ProxiedSite::startServer() const
{
    if (const auto opened = openPracticeSite(m_site.fixture().site().folder); !opened)
        qFatal("%s", qPrintable(factsOf(opened.error())));
}

void ProxiedSite::administer(const QString &statement) const
{
    if (const auto said = m_site.fixture().adminSql(statement); !said.isEmpty())
        qFatal("%s: %s", qPrintable(statement), qPrintable(said));
}

void ProxiedSite::Ending::operator()(QProcess *process) const
{
    process->kill();
    process->waitForFinished();
    delete process;
}

ProxiedSite::Session ProxiedSite::session(const QByteArray &statements,
                                          const QByteArray &rest) const
{
    const auto &database = m_site.fixture().site().database;
    Session client(new QProcess);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("MYSQL_PWD", database.password);
    client->setProcessEnvironment(environment);
    client->setProcessChannelMode(QProcess::MergedChannels);
    client->start("mariadb",
                  {"--no-defaults",
                   "--unbuffered",
                   "--skip-column-names",
                   "--user=" + database.user,
                   "--socket=" + database.socket,
                   database.name});
    client->write(statements + "; SELECT 'ready';\n");
    QByteArray said;
    while (!said.contains("ready\n") && client->waitForReadyRead())
        said += client->readAll();
    if (!said.contains("ready\n"))
        qFatal("%s: %s", statements.constData(), said.constData());
    if (!rest.isEmpty()) {
        client->write(rest + ";\n");
        client->closeWriteChannel();
    }
    while (client->bytesToWrite() > 0 && client->waitForBytesWritten()) {
    }
    return client;
}

} // namespace Banister
