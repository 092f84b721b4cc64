// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpserver.h"

#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

#include <algorithm>
#include <future>

namespace Banister::Test {

namespace {

constexpr auto requestEnd = "\r\n\r\n";

HttpRequest parseRequest(const QByteArray &head)
{
    HttpRequest request;
    auto lines = head.split('\n');
    const auto words = lines.takeFirst().trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    request.path = QUrl::fromEncoded(request.target).path();
    for (const auto &line : std::as_const(lines)) {
        const auto colon = line.indexOf(':');
        request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    return request;
}

/// "bytes=5-" as 5; -1 where there is no such header.
qint64 rangeStart(const HttpRequest &request)
{
    const auto range = request.headers.value("range");
    return range.startsWith("bytes=") ? range.mid(6).split('-').first().toLongLong() : -1;
}

QByteArray headerOf(const HttpAnswer &answer, const QByteArray &name)
{
    for (const auto &[known, value] : answer.headers) {
        if (known.toLower() == name)
            return value;
    }
    return {};
}

/// Turns the answer into the part that was asked for, or into 416.
void applyRange(HttpAnswer &answer, const HttpRequest &request)
{
    const auto from = rangeStart(request);
    const auto condition = request.headers.value("if-range");
    const bool isSame = condition.isEmpty() || condition == headerOf(answer, "etag")
                        || condition == headerOf(answer, "last-modified");
    if (answer.range == HttpAnswer::Range::Ignored || answer.status != 200 || from < 0 || !isSame)
        return;
    const auto total = QByteArray::number(answer.body.size());
    if (from >= answer.body.size()) {
        answer.status = 416;
        answer.body.clear();
        answer.headers.append({"Content-Range", "bytes */" + total});
        return;
    }
    answer.status = 206;
    const auto last = QByteArray::number(answer.body.size() - 1);
    answer.headers.append(
        {"Content-Range", "bytes " + QByteArray::number(from) + '-' + last + '/' + total});
    answer.body = answer.body.mid(from);
}

QByteArray chunked(const QByteArray &body)
{
    QByteArray result;
    for (qsizetype at = 0; at < body.size(); at += 4000) {
        const auto part = body.mid(at, 4000);
        result += QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n";
    }
    return result + "0\r\n\r\n";
}

} // namespace

HttpAnswer HttpAnswer::file(QByteArray body)
{
    HttpAnswer answer;
    answer.body = std::move(body);
    answer.headers = {{"Content-Type", "application/octet-stream"}};
    return answer;
}

HttpAnswer HttpAnswer::page(QByteArray html, int status)
{
    HttpAnswer answer;
    answer.status = status;
    answer.body = std::move(html);
    answer.headers = {{"Content-Type", "text/html; charset=utf-8"}};
    return answer;
}

HttpAnswer HttpAnswer::redirect(const QByteArray &location, int status)
{
    HttpAnswer answer;
    answer.status = status;
    answer.headers = {{"Location", location}};
    return answer;
}

HttpAnswer &&HttpAnswer::with(const QByteArray &name, const QByteArray &value) &&
{
    headers.append({name, value});
    return std::move(*this);
}

/// One connection, one answer; lives in the server's thread as a child of its socket.
class HttpConnection : public QObject
{
public:
    HttpConnection(HttpServer &server, QTcpSocket *socket)
        : QObject(socket)
        , m_server(server)
        , m_socket(socket)
    {
        connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(&m_timer, &QTimer::timeout, this, &HttpConnection::send);
    }

private:
    void read()
    {
        m_received += m_socket->readAll();
        if (m_received.startsWith('\x16')) { // the start of TLS, at a server that has none
            m_socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            m_socket->disconnectFromHost();
            return;
        }
        const auto end = m_received.indexOf(requestEnd);
        if (end < 0 || m_isAnswered)
            return;
        m_isAnswered = true;
        const auto request = parseRequest(m_received.left(end));
        m_answer = m_server.answerTo(request);
        if (m_answer.isSilentFromTheStart)
            return;
        if (m_answer.isDroppedAtOnce) {
            m_socket->abort();
            return;
        }
        applyRange(m_answer, request);
        compose(request.method == "HEAD");
        if (m_answer.dripBytes > 0)
            m_timer.start(m_answer.dripInterval);
        send();
    }

    void compose(bool isHead)
    {
        using Length = HttpAnswer::Length;
        QByteArray head = "HTTP/1.1 " + QByteArray::number(m_answer.status) + " Scripted\r\n";
        for (const auto &[name, value] : std::as_const(m_answer.headers))
            head += name + ": " + value + "\r\n";
        if (m_answer.length == Length::Announced) {
            const auto size =
                m_answer.announcedLength >= 0 ? m_answer.announcedLength : m_answer.body.size();
            head += "Content-Length: " + QByteArray::number(size) + "\r\n";
        } else if (m_answer.length == Length::Chunked) {
            head += "Transfer-Encoding: chunked\r\n";
        }
        m_socket->write(head + "Connection: close\r\n\r\n");
        m_rest = m_answer.length == Length::Chunked ? chunked(m_answer.body) : m_answer.body;
        if (isHead)
            m_rest.clear();
        else if (m_answer.ending != HttpAnswer::Ending::Complete)
            m_rest.truncate(m_answer.stopAfter >= 0 ? m_answer.stopAfter : m_rest.size() / 2);
    }

    void send()
    {
        const auto count = m_answer.dripBytes > 0
                               ? std::min<qsizetype>(m_answer.dripBytes, m_rest.size())
                               : m_rest.size();
        m_socket->write(m_rest.left(count));
        m_rest.remove(0, count);
        if (!m_rest.isEmpty())
            return;
        m_timer.stop();
        if (m_answer.ending != HttpAnswer::Ending::Silent)
            m_socket->disconnectFromHost(); // once all is written
    }

    HttpServer &m_server;
    QTcpSocket *m_socket;
    QTimer m_timer;
    QByteArray m_received;
    HttpAnswer m_answer;
    QByteArray m_rest;
    bool m_isAnswered = false;
};

namespace {

class Listener : public QTcpServer
{
public:
    Listener(HttpServer &server, const QSslConfiguration &security)
        : m_server(server)
        , m_security(security)
    {}

private:
    void incomingConnection(qintptr handle) override
    {
        auto *socket = m_security.isNull() ? new QTcpSocket(this) : new QSslSocket(this);
        socket->setSocketDescriptor(handle);
        new HttpConnection(m_server, socket);
        if (auto *secure = qobject_cast<QSslSocket *>(socket)) {
            secure->setSslConfiguration(m_security);
            secure->startServerEncryption();
        }
    }

    HttpServer &m_server;
    QSslConfiguration m_security;
};

} // namespace

HttpServer::HttpServer(Security security)
    : m_security(security)
{
    if (security == Security::SelfSigned) {
        QProcess openssl;
        openssl.start("openssl",
                      {"req",
                       "-x509",
                       "-batch",
                       "-newkey",
                       "rsa:2048",
                       "-nodes",
                       "-days",
                       "2",
                       "-subj",
                       "/CN=localhost",
                       "-addext",
                       "subjectAltName=DNS:localhost,IP:127.0.0.1",
                       "-keyout",
                       m_keys.filePath("key.pem"),
                       "-out",
                       certificateFile()});
        if (!openssl.waitForFinished() || openssl.exitCode() != 0)
            qFatal("openssl could not make a certificate");
    }
    std::promise<quint16> port;
    auto ready = port.get_future();
    m_thread =
        std::jthread([this, &port] { run([&port](quint16 value) { port.set_value(value); }); });
    m_port = ready.get();
}

HttpServer::~HttpServer()
{
    m_stop();
    m_thread.join();
}

void HttpServer::run(std::function<void(quint16)> ready)
{
    QSslConfiguration security;
    if (m_security == Security::SelfSigned) {
        QFile key(m_keys.filePath("key.pem"));
        if (!key.open(QIODevice::ReadOnly))
            qFatal("The key of the server cannot be read");
        security = QSslConfiguration::defaultConfiguration();
        security.setPrivateKey(QSslKey(key.readAll(), QSsl::Rsa));
        security.setLocalCertificateChain(QSslCertificate::fromPath(certificateFile()));
        security.setPeerVerifyMode(QSslSocket::VerifyNone);
    }
    QEventLoop loop;
    Listener listener(*this, security);
    if (!listener.listen(QHostAddress::LocalHost))
        qFatal("The server cannot listen");
    m_stop = [&loop] { QMetaObject::invokeMethod(&loop, [&loop] { loop.quit(); }); };
    ready(listener.serverPort());
    loop.exec();
}

void HttpServer::on(const QString &path, HttpAnswer answer)
{
    on(path, [answer = std::move(answer)](const HttpRequest &) { return answer; });
}

void HttpServer::on(const QString &path, Handler handler)
{
    const std::scoped_lock lock(m_mutex);
    m_handlers.insert(path, std::move(handler));
}

QUrl HttpServer::url(const QString &path) const
{
    QUrl url;
    url.setScheme(m_security == Security::SelfSigned ? "https" : "http");
    url.setHost("127.0.0.1");
    url.setPort(m_port);
    url.setPath(path);
    return url;
}

QString HttpServer::certificateFile() const
{
    return m_security == Security::SelfSigned ? m_keys.filePath("certificate.pem") : QString();
}

QList<HttpRequest> HttpServer::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

void HttpServer::forgetRequests()
{
    const std::scoped_lock lock(m_mutex);
    m_requests.clear();
}

HttpAnswer HttpServer::answerTo(const HttpRequest &request)
{
    Handler handler;
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.append(request);
        handler = m_handlers.value(request.path);
    }
    return handler ? handler(request) : HttpAnswer::page("<title>Not found</title>", 404);
}

} // namespace Banister::Test
