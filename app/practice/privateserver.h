// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "practice/serverfolder.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <memory>

class QProcess;

namespace Banister {

struct PrivateServerOptions
{
    /// Listens on 127.0.0.1 as well, on a free port chosen at each start.
    bool overTcp = false;
    /// Goes on when this object and this program have ended; PrivateServer::stop(folder) ends it.
    bool outlivesProgram = false;
    /// Given to mariadbd after our own: "--max-allowed-packet=1M".
    QStringList arguments;
};

/// A MariaDB server of our own, on a socket in a folder of its own.
///
/// It needs the programs of Debian's mariadb-server-core, no root, and does not touch the system's
/// server. Its only account has a random password. To be used on one thread; a server that does
/// not outlive the program ends, at the latest, with the thread that started it.
class PrivateServer
{
    Q_DECLARE_TR_FUNCTIONS(PrivateServer)

public:
    /// Prepares the folder (about half a second) unless it was prepared before; starts nothing.
    static Result<PrivateServer> create(const QString &folder,
                                        const PrivateServerOptions &options = {});
    PrivateServer(PrivateServer &&) noexcept;
    PrivateServer &operator=(PrivateServer &&) noexcept;
    /// Stops the server when this object started it and it is not to outlive the program.
    ~PrivateServer();

    /// Starts the server and waits until it answers; one that runs already is taken as it is.
    Result<> start();
    /// Ends it cleanly and waits for that. Success when it does not run.
    void stop();
    /// Ends it at once, as a crash would. For tests.
    void kill();
    bool isRunning() const;

    /// Ends the server that runs in a folder, whoever started it.
    static void stop(const QString &folder);

    /// For the next start.
    void setArguments(const QStringList &arguments) { m_options.arguments = arguments; }

    const QString &folder() const { return m_folder.path(); }
    QString logPath() const { return m_folder.logPath(); }
    const QString &socketPath() const { return m_folder.socketPath; }
    int port() const { return m_folder.port; } ///< 0 without TCP
    const QString &user() const { return m_folder.user; }
    const QString &password() const { return m_folder.password; }
    qint64 processId() const { return m_folder.runningProcess(); }

private:
    PrivateServer(ServerFolder folder, const PrivateServerOptions &options);
    QStringList arguments() const;
    Result<> launch(const QString &program);
    Error notStarted(const QString &fact, qint64 logStart) const;

    ServerFolder m_folder;
    PrivateServerOptions m_options;
    std::unique_ptr<QProcess> m_process; ///< null while it runs for itself, or not at all
};

} // namespace Banister
