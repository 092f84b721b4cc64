// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "downloadtest.h"
#include "net/neterror.h"
#include "support/smallfilesystem.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

using namespace Banister;
using namespace Banister::Test;
using namespace std::chrono_literals;

/// What it fetches, what it refuses, how it fails.
class tst_download : public QObject, private DownloadTest
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { prepareFolder(); }
    void fetches_data();
    void fetches();
    void followsSafeRedirects();
    void fetchesThroughTls();
    void fetchesThroughAProxy();
    void fails_data();
    void fails();
    void failsToConnect_data();
    void failsToConnect();
    void refusesAnUnknownCertificate();
    void tellsThatTheProxyFailed();
    void stopsWhenTheDiskIsFull();
    void stopsWhenTheFolderIsReadOnly();
};

void tst_download::initTestCase()
{
    prepare();
    const auto file = HttpAnswer::file(m_package);
    auto ranged = file;
    ranged.range = HttpAnswer::Range::Supported;
    m_server.on("/ranged.zip", HttpAnswer(ranged).with("ETag", "\"one\""));
    auto chunked = file;
    chunked.length = HttpAnswer::Length::Chunked;
    m_server.on("/chunked.zip", chunked);
    auto open = file;
    open.length = HttpAnswer::Length::Missing;
    m_server.on("/open.zip", open);
    auto drip = HttpAnswer::file(zipFrame(2000));
    drip.dripBytes = 250;
    m_server.on("/drip.zip", drip);
    auto chunkedHalf = half();
    chunkedHalf.length = HttpAnswer::Length::Chunked;
    m_server.on("/half-chunked.zip", chunkedHalf);
    auto halfError = half();
    halfError.length = HttpAnswer::Length::Missing;
    halfError.status = 500;
    m_server.on("/half-error", halfError);
    auto stalled = file;
    stalled.ending = HttpAnswer::Ending::Silent;
    m_server.on("/stalled.zip", stalled);
    HttpAnswer dropped;
    dropped.isDroppedAtOnce = true;
    m_server.on("/dropped", dropped);
    auto shortLength = file;
    shortLength.announcedLength = 1'000'000;
    m_server.on("/short-length.zip", shortLength);
    auto longLength = file;
    longLength.announcedLength = 4'000'000;
    m_server.on("/long-length.zip", longLength);
    auto endless = HttpAnswer::file("PK\3\4" + QByteArray(9'000'000, 'x'));
    endless.length = HttpAnswer::Length::Chunked;
    m_server.on("/endless.zip", endless);
    m_server.on("/large.zip", HttpAnswer::file(zipFrame(9'000'000)));
    m_server.on("/empty", HttpAnswer::file({}));
    m_server.on("/text", HttpAnswer::file("Nothing to see here"));
    m_server.on("/error", HttpAnswer::page("<title>Out of order</title>", 500));
    m_server.on("/unavailable", HttpAnswer::page("", 503));
    m_server.on("/forbidden", HttpAnswer::page("no", 403));
    m_server.on("/partial", HttpAnswer{.status = 206, .body = m_package});
    m_server.on("/no-content", HttpAnswer{.status = 204});
    m_server.on("/to-plain", HttpAnswer::redirect("/plain.zip", 307));
    m_server.on("/to-to-plain", HttpAnswer::redirect("to-plain", 301));
    m_server.on("/loop", HttpAnswer::redirect("/loop2"));
    m_server.on("/loop2", HttpAnswer::redirect("/loop"));
    m_server.on("/longer", [](const HttpRequest &request) {
        return HttpAnswer::redirect(request.target + (request.target.contains('?') ? "x" : "?x"));
    });
    for (int i = 0; i < 20; ++i)
        m_server.on(QString("/chain%1").arg(i),
                    HttpAnswer::redirect("/chain" + QByteArray::number(i + 1)));
    m_server.on("/to-other",
                HttpAnswer::redirect("http://localhost:" + QByteArray::number(m_server.port())));
    m_server.on("/to-ftp", HttpAnswer::redirect("ftp://127.0.0.1/a.zip"));
    m_server.on("/to-file", HttpAnswer::redirect("file:///etc/passwd"));
    m_server.on("/to-nowhere", HttpAnswer::redirect(""));
    m_server.on("/proxy",
                HttpAnswer::page("<title>Proxy</title>", 407)
                    .with("Proxy-Authenticate", "Basic realm=\"x\""));
}

void tst_download::fetches_data()
{
    QTest::addColumn<QString>("path");
    for (const auto *path :
         {"/plain.zip", "/ranged.zip", "/chunked.zip", "/open.zip", "/drip.zip", "/to-to-plain"})
        QTest::newRow(path) << path;
}

void tst_download::fetches()
{
    QFETCH(const QString, path);
    const auto wanted = path == "/drip.zip" ? zipFrame(2000) : m_package;
    auto wish = request(path);
    wish.sha256 = hashOf(wanted).toHex().toUpper();
    wish.options.silence = 2s;
    CancelAfter monitor(1 << 30);
    const auto report = download(wish, monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(contentOf(m_target), wanted);
    QCOMPARE(report->sha256, hashOf(wanted));
    QCOMPARE(report->sizeInBytes, wanted.size());
    QCOMPARE(monitor.lastDone, wanted.size());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList("package.zip"));
}

void tst_download::followsSafeRedirects()
{
    HttpServer secure(HttpServer::Security::SelfSigned);
    secure.on("/a.zip", HttpAnswer::file(m_package));
    m_server.on("/to-secure", HttpAnswer::redirect(secure.url("/a.zip").toEncoded()));
    SilentMonitor monitor;
    auto wish = request("/to-secure");
    wish.options.authorityFile = secure.certificateFile();
    const auto report = download(wish, monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(report->url, secure.url("/a.zip"));

    secure.on("/back", HttpAnswer::redirect(m_server.url("/plain.zip").toEncoded()));
    wish.url = secure.url("/back");
    wish.target += "2";
    const auto refused = download(wish, monitor);
    QVERIFY2(refused.isError(), qPrintable(described(refused)));
    QCOMPARE(refused.error().code, ErrorCode(NetError::RedirectRefused));
}

void tst_download::fetchesThroughTls()
{
    HttpServer secure(HttpServer::Security::SelfSigned);
    secure.on("/a.zip", HttpAnswer::file(m_package));
    auto wish = request({});
    wish.url = secure.url("/a.zip");
    wish.options.authorityFile = secure.certificateFile();
    SilentMonitor monitor;
    const auto report = download(wish, monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(contentOf(m_target), m_package);
}

void tst_download::fetchesThroughAProxy()
{
    auto wish = request({});
    wish.url = QUrl("http://packages.invalid/plain.zip");
    wish.options.proxy = m_server.url({});
    SilentMonitor monitor;
    const auto report = download(wish, monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(m_server.requests().constFirst().target, "http://packages.invalid/plain.zip");

    m_server.forgetRequests();
    wish.target += "2";
    wish.options.proxy = {};
    qputenv("http_proxy", m_server.url({}).toEncoded());
    const auto again = download(wish, monitor);
    qunsetenv("http_proxy");
    QVERIFY2(again.isOk(), qPrintable(described(again)));
    QCOMPARE(m_server.requests().constFirst().target, "http://packages.invalid/plain.zip");
}

void tst_download::fails_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<NetError>("error");
    QTest::addColumn<QString>("fact");
    QTest::newRow("not found") << "/nothing" << NetError::HttpStatus << "404";
    QTest::newRow("forbidden") << "/forbidden" << NetError::HttpStatus << "403";
    QTest::newRow("server error") << "/error" << NetError::HttpStatus << "500";
    QTest::newRow("half a server error") << "/half-error" << NetError::HttpStatus << "500";
    QTest::newRow("unavailable") << "/unavailable" << NetError::HttpStatus << "503";
    QTest::newRow("no content") << "/no-content" << NetError::HttpStatus << "204";
    QTest::newRow("part that nobody asked for") << "/partial" << NetError::BadAnswer << "/partial";
    QTest::newRow("web page") << "/page.zip" << NetError::NotAPackage << "Please & log in";
    QTest::newRow("text") << "/text" << NetError::NotAPackage << "/text";
    QTest::newRow("empty") << "/empty" << NetError::NotAPackage << "/empty";
    QTest::newRow("half a body") << "/half.zip" << NetError::Incomplete << "half";
    QTest::newRow("half a body in chunks") << "/half-chunked.zip" << NetError::Incomplete << "half";
    QTest::newRow("half without a length")
        << "/half-open.zip" << NetError::Incomplete << "half-open";
    QTest::newRow("length too small") << "/short-length.zip" << NetError::Incomplete << "short";
    QTest::newRow("length too large") << "/long-length.zip" << NetError::Incomplete << "long";
    QTest::newRow("silent") << "/silent" << NetError::TimedOut << "silent";
    QTest::newRow("silent half-way") << "/stalled.zip" << NetError::TimedOut << "stalled";
    QTest::newRow("dropped") << "/dropped" << NetError::ConnectionLost << "127.0.0.1";
    QTest::newRow("too large") << "/large.zip" << NetError::TooLarge << "/large.zip";
    QTest::newRow("endless") << "/endless.zip" << NetError::TooLarge << "/endless.zip";
    QTest::newRow("redirect loop") << "/loop" << NetError::TooManyRedirects << "/loop";
    QTest::newRow("ever longer redirects") << "/longer" << NetError::TooManyRedirects << "/longer";
    QTest::newRow("many redirects") << "/chain0" << NetError::TooManyRedirects << "/chain0";
    QTest::newRow("redirect to another host")
        << "/to-other" << NetError::RedirectRefused << "localhost";
    QTest::newRow("redirect to ftp") << "/to-ftp" << NetError::RedirectRefused << "ftp:";
    QTest::newRow("redirect to a file") << "/to-file" << NetError::RedirectRefused << "/etc/passwd";
    QTest::newRow("redirect to nowhere") << "/to-nowhere" << NetError::RedirectRefused << "nowhere";
}

void tst_download::fails()
{
    QFETCH(const QString, path);
    QFETCH(const QString, fact);
    auto wish = request(path);
    wish.maximumBytes = 8'000'000;
    wish.options.silence = 1s;
    SilentMonitor monitor;
    const auto report = download(wish, monitor);
    QVERIFY2(report.isError(), qPrintable(described(report)));
    QFETCH(const NetError, error);
    QVERIFY2(report.error().code == ErrorCode(error), qPrintable(described(report)));
    QVERIFY2(report.error().fact.contains(fact), qPrintable(described(report)));
    QVERIFY(!QFile::exists(m_target));
}

void tst_download::failsToConnect_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<NetError>("error");
    quint16 closedPort = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        closedPort = server.serverPort();
    }
    QTest::newRow("nothing") << QUrl() << NetError::InvalidUrl;
    QTest::newRow("no host") << QUrl("http:///a.zip") << NetError::InvalidUrl;
    QTest::newRow("bad port") << QUrl("http://a:99999/") << NetError::InvalidUrl;
    QTest::newRow("no scheme") << QUrl("a.zip") << NetError::InvalidUrl;
    QTest::newRow("ftp") << QUrl("ftp://127.0.0.1/a.zip") << NetError::UnsupportedScheme;
    QTest::newRow("unknown host") << QUrl("http://nowhere.invalid/a.zip") << NetError::HostNotFound;
    QTest::newRow("closed port") << QUrl(QString("http://127.0.0.1:%1/a.zip").arg(closedPort))
                                 << NetError::ConnectionRefused;
    QTest::newRow("no route") << QUrl("http://255.255.255.255/a.zip") << NetError::Unreachable;
    auto secure = m_server.url("/plain.zip");
    secure.setScheme("https");
    QTest::newRow("no TLS there") << secure << NetError::TlsFailed;
}

void tst_download::failsToConnect()
{
    QFETCH(const QUrl, url);
    auto wish = request({});
    wish.url = url;
    wish.options.silence = 5s;
    SilentMonitor monitor;
    const auto report = download(wish, monitor);
    QVERIFY2(report.isError(), qPrintable(described(report)));
    QFETCH(const NetError, error);
    QVERIFY2(report.error().code == ErrorCode(error), qPrintable(described(report)));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void tst_download::refusesAnUnknownCertificate()
{
    HttpServer secure(HttpServer::Security::SelfSigned);
    secure.on("/a.zip", HttpAnswer::file(m_package));
    auto wish = request({});
    wish.url = secure.url("/a.zip");
    SilentMonitor monitor;
    const auto report = download(wish, monitor);
    QVERIFY2(report.isError(), qPrintable(described(report)));
    QVERIFY2(report.error().code == ErrorCode(NetError::TlsFailed), qPrintable(described(report)));
    QVERIFY(report.error().details.contains("self", Qt::CaseInsensitive));
    QVERIFY(secure.requests().isEmpty());

    wish.options.authorityFile = m_folder->filePath("missing.pem");
    const auto missing = download(wish, monitor);
    QVERIFY2(missing.isError() && missing.error().code == ErrorCode(NetError::TlsFailed),
             qPrintable(described(missing)));
    QVERIFY(missing.error().fact.contains("missing.pem"));
}

void tst_download::tellsThatTheProxyFailed()
{
    SilentMonitor monitor;
    auto wish = request({});
    wish.url = QUrl("http://packages.invalid/proxy");
    wish.options.proxy = m_server.url({});
    const auto refused = download(wish, monitor);
    QVERIFY2(refused.isError() && refused.error().code == ErrorCode(NetError::ProxyFailed),
             qPrintable(described(refused)));
    wish.options.proxy = QUrl("http://127.0.0.1:1");
    const auto missing = download(wish, monitor);
    QVERIFY2(missing.isError() && missing.error().code == ErrorCode(NetError::ProxyFailed),
             qPrintable(described(missing)));
    wish.url = QUrl("https://packages.invalid/proxy");
    wish.options.proxy = m_server.url({}); // answers CONNECT with 404
    const auto noTunnel = download(wish, monitor);
    QVERIFY2(noTunnel.isError() && noTunnel.error().code == ErrorCode(NetError::ProxyFailed),
             qPrintable(described(noTunnel)));
}

void tst_download::stopsWhenTheDiskIsFull()
{
    SmallFileSystem disk(1'000'000);
    SilentMonitor monitor;
    for (const auto *path :
         {"/plain.zip", "/chunked.zip"}) { // seen beforehand, and when it is full
        auto wish = request(path);
        wish.target = disk.path("package.zip");
        const auto report = download(wish, monitor);
        QVERIFY2(report.isError() && report.error().code == ErrorCode(NetError::DiskFull),
                 qPrintable(described(report)));
    }
    disk.resize(8'000'000);
    auto wish = request("/plain.zip");
    wish.target = disk.path("package.zip");
    const auto report = download(wish, monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
}

void tst_download::stopsWhenTheFolderIsReadOnly()
{
    SilentMonitor monitor;
    {
        const ReadOnlyMount readOnly(m_folder->path());
        const auto report = download(request("/plain.zip"), monitor);
        QVERIFY2(report.isError() && report.error().code == ErrorCode(NetError::WriteFailed),
                 qPrintable(described(report)));
        QVERIFY(report.error().fact.contains(m_target));
    }
    const auto report = download(request("/plain.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
}

BANISTER_TEST_MAIN_WITH_MOUNTS(tst_download)
#include "tst_download.moc"
