// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultyproxy.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Banister {

namespace {

// https://mariadb.com/kb/en/0-packet/: three bytes of length, the number of the packet in this
// exchange, the content. What begins with number 0 is a command; its first byte says which.
constexpr qsizetype HeaderSize = 4;
constexpr char Query = 3;
constexpr char Execute = 0x17;
constexpr int TickMs = 50;

void require(bool isGood, const char *what)
{
    if (!isGood)
        qFatal("faulty proxy: %s: %s", what, strerror(errno));
}

sockaddr_in addressOf(quint16 port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// The first whole packet of a buffer; empty where there is none yet.
QByteArray packetOf(const QByteArray &buffer)
{
    if (buffer.size() < HeaderSize)
        return {};
    const auto byte = [&buffer](qsizetype at) { return qsizetype(quint8(buffer[at])); };
    const auto size = HeaderSize + byte(0) + (byte(1) << 8) + (byte(2) << 16);
    return buffer.size() < size ? QByteArray() : buffer.first(size);
}

QByteArray packet(quint8 number, const QByteArray &content)
{
    const auto size = quint32(content.size());
    QByteArray result;
    for (const int shift : {0, 8, 16})
        result.append(char(size >> shift & 0xff));
    return result + char(number) + content;
}

QByteArray errorPacket(quint16 error)
{
    static const QHash<quint16, QByteArray> states{{1205, "HY000"}, {1213, "40001"}};
    return packet(1,
                  QByteArray("\xff") + char(error & 0xff) + char(error >> 8) + '#'
                      + states.value(error, "HY000") + "provoked error "
                      + QByteArray::number(error));
}

bool isStatement(const QByteArray &packet)
{
    return packet.size() > HeaderSize && packet[3] == 0
           && (packet[HeaderSize] == Query || packet[HeaderSize] == Execute);
}

bool send(int socket, const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const auto count =
            ::send(socket, bytes.data() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += count;
    }
    return true;
}

} // namespace

/// A client, and the connection to the server that was made for it.
struct FaultyProxy::Pipe
{
    enum class Answer { Passed, Cut, Replaced };

    int client = -1;
    int server = -1;
    QByteArray sent;     ///< by the client, not passed yet
    QByteArray answered; ///< by the server, to be replaced
    Answer answer = Answer::Passed;
    quint16 error = 0;
    bool isOver = false;

    Pipe(int toClient, int toServer)
        : client(toClient)
        , server(toServer)
    {}
    ~Pipe()
    {
        ::close(client);
        ::close(server);
    }
    Q_DISABLE_COPY_MOVE(Pipe)

    /// What arrived; nothing more to come ends the pipe.
    QByteArray read(int socket)
    {
        std::array<char, 65536> buffer{};
        const auto count = ::recv(socket, buffer.data(), buffer.size(), 0);
        isOver |= count <= 0;
        return {buffer.data(), std::max<qsizetype>(count, 0)};
    }
};

FaultyProxy::FaultyProxy(quint16 serverPort)
    : m_serverPort(serverPort)
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    auto address = addressOf(0);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    constexpr int Waiting = 64;
    require(::bind(m_listener, generic, size) == 0, "bind");
    require(::listen(m_listener, Waiting) == 0, "listen");
    require(::getsockname(m_listener, generic, &size) == 0, "getsockname");
    m_port = ntohs(address.sin_port);
    m_thread = std::jthread([this](const std::stop_token &stop) { serve(stop); });
}

FaultyProxy::~FaultyProxy()
{
    m_thread.request_stop();
    m_thread.join();
    ::close(m_listener);
}

void FaultyProxy::arm(const DatabaseFault &fault)
{
    const std::scoped_lock lock(m_mutex);
    m_fault = fault;
    m_statements = 0;
    m_matching = 0;
    m_refuses = false;
    m_harmed.clear();
}

int FaultyProxy::statements() const
{
    const std::scoped_lock lock(m_mutex);
    return m_statements;
}

QByteArray FaultyProxy::harmed() const
{
    const std::scoped_lock lock(m_mutex);
    return m_harmed;
}

void FaultyProxy::serve(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        std::vector<pollfd> polled{{m_listener, POLLIN, 0}};
        for (const auto &pipe : m_pipes) {
            polled.push_back({pipe->client, POLLIN, 0});
            polled.push_back({pipe->server, POLLIN, 0});
        }
        if (::poll(polled.data(), polled.size(), TickMs) <= 0)
            continue;
        for (std::size_t i = 1; i + 1 < polled.size(); i += 2) {
            auto &pipe = *m_pipes[i / 2];
            if (polled[i + 1].revents != 0)
                fromServer(pipe);
            if (polled[i].revents != 0 && !pipe.isOver)
                fromClient(pipe);
        }
        std::erase_if(m_pipes, [](const auto &pipe) { return pipe->isOver; });
        if (polled.front().revents != 0)
            accept();
    }
}

void FaultyProxy::accept()
{
    const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto pipe = std::make_unique<Pipe>(client, server);
    const auto address = addressOf(m_serverPort);
    const std::scoped_lock lock(m_mutex);
    if (m_refuses
        || ::connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return;
    const int isOn = 1;
    for (const int end : {client, server})
        ::setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &isOn, sizeof isOn);
    m_pipes.push_back(std::move(pipe));
}

void FaultyProxy::fromClient(Pipe &pipe)
{
    pipe.sent += pipe.read(pipe.client);
    for (auto next = packetOf(pipe.sent); !next.isEmpty() && !pipe.isOver;
         next = packetOf(pipe.sent)) {
        pipe.sent.remove(0, next.size());
        pass(pipe, next);
    }
}

void FaultyProxy::fromServer(Pipe &pipe)
{
    const auto bytes = pipe.read(pipe.server);
    if (pipe.answer == Pipe::Answer::Cut) {
        pipe.isOver = true;
        return;
    }
    if (pipe.answer == Pipe::Answer::Passed) {
        pipe.isOver |= !send(pipe.client, bytes);
        return;
    }
    pipe.answered += bytes;
    if (packetOf(pipe.answered).isEmpty())
        return;
    pipe.isOver |= !send(pipe.client, errorPacket(pipe.error));
    pipe.answer = Pipe::Answer::Passed;
    pipe.answered.clear();
}

DatabaseFault FaultyProxy::next(const QByteArray &packet)
{
    const std::scoped_lock lock(m_mutex);
    ++m_statements;
    if (m_fault.harm == DatabaseFault::Harm::None || !packet.contains(m_fault.containing)
        || ++m_matching != m_fault.statement)
        return {};
    m_harmed = packet.sliced(HeaderSize + 1);
    m_refuses = m_fault.harm == DatabaseFault::Harm::CutAll;
    return m_fault;
}

void FaultyProxy::pass(Pipe &pipe, const QByteArray &packet)
{
    using Harm = DatabaseFault::Harm;
    const auto fault = isStatement(packet) ? next(packet) : DatabaseFault();
    switch (fault.harm) {
    case Harm::CutBefore:
        pipe.isOver = true;
        return;
    case Harm::CutAll:
        for (const auto &each : m_pipes)
            each->isOver = true;
        return;
    case Harm::Answer: {
        pipe.answer = Pipe::Answer::Replaced;
        pipe.error = fault.error;
        // A server rolls the loser of a deadlock back; else a statement that fails changes nothing.
        constexpr quint16 Deadlock = 1213;
        const QByteArray instead = fault.error == Deadlock ? "ROLLBACK" : "DO 0";
        pipe.isOver = !send(pipe.server, Banister::packet(0, Query + instead));
        return;
    }
    case Harm::CutAfter:
        pipe.answer = Pipe::Answer::Cut;
        break;
    case Harm::Act:
        fault.action();
        break;
    case Harm::None:
        break;
    }
    pipe.isOver = !send(pipe.server, packet);
}

} // namespace Banister
