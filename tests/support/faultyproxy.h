// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace Banister {

/// What a proxy does at one statement.
struct DatabaseFault
{
    enum class Harm {
        None,
        CutBefore, ///< this connection; the server never sees the statement
        CutAfter,  ///< this connection; the server has done it, and nobody hears of that
        CutAll,    ///< every connection, and refuses new ones until armed again
        Answer,    ///< the server's error, in place of the statement
        Act        ///< something of the test's own, then the statement passes
    };

    Harm harm = Harm::None;
    int statement = 1;          ///< of all connections together; from 1
    quint16 error = 0;          ///< of Answer: 1213
    QByteArray containing = {}; ///< counts only statements with it
    /// Of Act; called on the proxy's thread, while nothing else passes.
    std::function<void()> action = {};
};

/// Stands between clients and a MariaDB server, on 127.0.0.1, and counts the statements that pass.
/// It has a thread of its own. Compression and TLS are beyond it.
class FaultyProxy
{
public:
    explicit FaultyProxy(quint16 serverPort);
    ~FaultyProxy();
    Q_DISABLE_COPY_MOVE(FaultyProxy)

    quint16 port() const { return m_port; }
    /// Counts from nothing again, and lets everybody in.
    void arm(const DatabaseFault &fault = {});
    /// How many passed, or would have.
    int statements() const;
    /// The statement that was harmed; empty where none was.
    QByteArray harmed() const;

private:
    struct Pipe;

    void serve(const std::stop_token &stop);
    void accept();
    void fromClient(Pipe &pipe);
    void fromServer(Pipe &pipe);
    void pass(Pipe &pipe, const QByteArray &packet);
    DatabaseFault next(const QByteArray &packet);

    quint16 m_serverPort = 0;
    quint16 m_port = 0;
    int m_listener = -1;
    std::vector<std::unique_ptr<Pipe>> m_pipes; // of the thread alone
    mutable std::mutex m_mutex;                 // guards what follows
    DatabaseFault m_fault;
    int m_statements = 0;
    int m_matching = 0;
    bool m_refuses = false;
    QByteArray m_harmed;
    std::jthread m_thread; // last: it uses the rest
};

} // namespace Banister
