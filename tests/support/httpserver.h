// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QTemporaryDir>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

class QTcpServer;
class QTcpSocket;

namespace Banister::Test {

struct HttpRequest
{
    QByteArray method;
    QByteArray target; ///< as in the request line: absolute when sent to a proxy
    QString path;      ///< of the target, without the query
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
};

/// What a path answers, the ways in which servers go wrong included.
struct HttpAnswer
{
    enum class Range { Ignored, Supported };
    enum class Length { Announced, Missing, Chunked };
    enum class Ending { Complete, Closed, Silent }; ///< after the first stopAfter bytes of the body

    int status = 200;
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    Range range = Range::Ignored;
    Length length = Length::Announced;
    qint64 announcedLength = -1; ///< a lie in Content-Length; -1: the truth
    Ending ending = Ending::Complete;
    qint64 stopAfter = -1; ///< bytes; -1: half of what would be sent
    bool isSilentFromTheStart = false;
    bool isDroppedAtOnce = false; ///< closes without a word
    qint64 dripBytes = 0;         ///< 0: all at once
    std::chrono::milliseconds dripInterval{50};

    static HttpAnswer file(QByteArray body);
    static HttpAnswer page(QByteArray html, int status = 200);
    static HttpAnswer redirect(const QByteArray &location, int status = 302);
    HttpAnswer &&with(const QByteArray &name, const QByteArray &value) &&;
};

/// A web server on 127.0.0.1, in a thread of its own, that answers as it is told: a path that was not
/// told anything is 404. It also serves as a proxy: the path counts, whatever the host.
class HttpServer
{
public:
    enum class Security { Plain, SelfSigned }; ///< the certificate names localhost and 127.0.0.1
    using Handler =
        std::function<HttpAnswer(const HttpRequest &)>; ///< called in the server's thread

    explicit HttpServer(Security security = Security::Plain);
    ~HttpServer();
    Q_DISABLE_COPY_MOVE(HttpServer)

    void on(const QString &path, HttpAnswer answer);
    void on(const QString &path, Handler handler);
    QUrl url(const QString &path) const;
    quint16 port() const { return m_port; }
    /// The certificate as a PEM file, to be trusted by a client; empty for plain servers.
    QString certificateFile() const;
    /// All requests so far, the oldest first.
    QList<HttpRequest> requests() const;
    void forgetRequests();

private:
    friend class HttpConnection;
    HttpAnswer answerTo(const HttpRequest &request);
    void run(std::function<void(quint16)> ready);

    Security m_security;
    QTemporaryDir m_keys;
    mutable std::mutex m_mutex;
    QHash<QString, Handler> m_handlers;
    QList<HttpRequest> m_requests;
    quint16 m_port = 0;
    std::function<void()> m_stop;
    std::jthread m_thread;
};

} // namespace Banister::Test
