// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/download.h"
#include "net/neterror.h"
#include "support/httpserver.h"
#include "support/smallfilesystem.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <sys/stat.h>

using namespace Banister;
using namespace Banister::Test;
using namespace std::chrono_literals;

class tst_download : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
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
    void resumes_data();
    void resumes();
    void completesAPartThatWasWhole();
    void startsAnewWhenThePartIsDamaged();
    void endsSoonWhenCancelled();
    void takesWhatIsThere();
    void replacesWhatIsNoGood();
    void keepsThePartPrivate();
    void removesWhatIsUseless();
    void keepsSecretsOfTheAddress();

private:
    DownloadRequest request(const QString &path) const;
    static QByteArray contentOf(const QString &path);
    static QByteArray hashOf(const QByteArray &bytes);

    HttpServer m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_package;
    QString m_target;
};

namespace {

/// An empty directory after the bytes: a valid zip file as far as its frame goes.
QByteArray zipFrame(qsizetype size)
{
    QByteArray bytes(size, '\0');
    QRandomGenerator(1).generate(reinterpret_cast<quint32 *>(bytes.data()),
                                 reinterpret_cast<quint32 *>(bytes.data() + size / 4 * 4));
    bytes.replace(0, 4, "PK\3\4");
    bytes.replace(size - 22, 22, QByteArray("PK\5\6").leftJustified(22, '\0'));
    return bytes;
}

class CancelAfter : public SilentMonitor
{
public:
    explicit CancelAfter(qint64 bytes)
        : m_bytes(bytes)
    {}
    void report(const Progress &progress) override
    {
        lastDone = progress.done;
        if (progress.done >= m_bytes)
            m_isCancelled = true;
    }
    bool isCancelRequested() const override { return m_isCancelled; }

    qint64 lastDone = 0;

private:
    qint64 m_bytes;
    bool m_isCancelled = false;
};

template<typename T>
QString described(const Result<T> &result)
{
    if (result.isOk())
        return "no error";
    return result.isCancelled() ? "cancelled"
                                : result.error().code.toString() + ": " + result.error().fact
                                      + " / " + result.error().details;
}

} // namespace

void tst_download::initTestCase()
{
    for (const auto *name : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"})
        qunsetenv(name);
    m_package = zipFrame(3'000'001);
    auto file = HttpAnswer::file(m_package);
    m_server.on("/plain.zip", file);
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
    auto half = file;
    half.ending = HttpAnswer::Ending::Closed;
    m_server.on("/half.zip", half);
    half.length = HttpAnswer::Length::Chunked;
    m_server.on("/half-chunked.zip", half);
    half.length = HttpAnswer::Length::Missing;
    m_server.on("/half-open.zip", half);
    half.status = 500;
    m_server.on("/half-error", half);
    auto stalled = file;
    stalled.ending = HttpAnswer::Ending::Silent;
    m_server.on("/stalled.zip", stalled);
    HttpAnswer silent;
    silent.isSilentFromTheStart = true;
    m_server.on("/silent", silent);
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
    m_server.on("/page.zip",
                HttpAnswer::page("<!DOCTYPE html><html><head>\n<title>Please &amp; log in</title>"
                                 + QByteArray(20'000, ' ')));
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

void tst_download::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_target = m_folder->filePath("package.zip");
    m_server.forgetRequests();
}

DownloadRequest tst_download::request(const QString &path) const
{
    DownloadRequest request;
    request.url = m_server.url(path);
    request.target = m_target;
    request.options.silence = 20s;
    return request;
}

QByteArray tst_download::contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray tst_download::hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
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

void tst_download::resumes_data()
{
    QTest::addColumn<QByteArray>("validator");
    QTest::addColumn<QByteArray>("later");
    QTest::addColumn<bool>("supportsRange");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("ETag") << QByteArray("\"one\"") << QByteArray("\"one\"") << true << true;
    QTest::newRow("changed ETag") << QByteArray("\"one\"") << QByteArray("\"two\"") << true
                                  << false;
    QTest::newRow("weak ETag") << QByteArray("W/\"one\"") << QByteArray("W/\"one\"") << true
                               << false;
    QTest::newRow("no ETag") << QByteArray() << QByteArray() << true << false;
    QTest::newRow("Range ignored")
        << QByteArray("\"one\"") << QByteArray("\"one\"") << false << false;
}

void tst_download::resumes()
{
    QFETCH(const QByteArray, validator);
    QFETCH(const QByteArray, later);
    QFETCH(const bool, supportsRange);
    QFETCH(const bool, goesOn);
    const auto changed = validator == later ? m_package : zipFrame(2'000'000);
    auto first = HttpAnswer::file(m_package);
    first.ending = HttpAnswer::Ending::Closed;
    auto second = HttpAnswer::file(changed);
    second.range = supportsRange ? HttpAnswer::Range::Supported : HttpAnswer::Range::Ignored;
    if (!validator.isEmpty()) {
        first.headers.append({"ETag", validator});
        second.headers.append({"ETag", later});
    }
    m_server.on("/resumed.zip", first);
    SilentMonitor monitor;
    const auto broken = download(request("/resumed.zip"), monitor);
    QVERIFY2(broken.isError() && broken.error().code == ErrorCode(NetError::Incomplete),
             qPrintable(described(broken)));
    const auto arrived = QFileInfo(m_target + ".part").size();
    QVERIFY(arrived > 0 && arrived <= 1'500'000);

    m_server.on("/resumed.zip", second);
    const auto report = download(request("/resumed.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(contentOf(m_target), changed);
    QCOMPARE(report->sha256, hashOf(changed));
    QCOMPARE(report->resumedFrom, goesOn ? arrived : 0);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList("package.zip"));
}

void tst_download::completesAPartThatWasWhole()
{
    // Killed between the last byte and the new name.
    SilentMonitor monitor;
    auto half = HttpAnswer::file(m_package).with("ETag", "\"one\"");
    half.ending = HttpAnswer::Ending::Closed;
    m_server.on("/whole.zip", half);
    QVERIFY(!download(request("/whole.zip"), monitor));
    QFile part(m_target + ".part");
    QVERIFY(part.open(QIODevice::Append));
    part.write(m_package.mid(part.size()));
    part.close();
    half.ending = HttpAnswer::Ending::Complete;
    half.range = HttpAnswer::Range::Supported;
    m_server.on("/whole.zip", half);
    const auto report = download(request("/whole.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(contentOf(m_target), m_package);
    QCOMPARE(report->sha256, hashOf(m_package));
    QCOMPARE(report->resumedFrom, m_package.size());
}

void tst_download::startsAnewWhenThePartIsDamaged()
{
    SilentMonitor monitor;
    auto answer = HttpAnswer::file(m_package).with("ETag", "\"one\"");
    answer.ending = HttpAnswer::Ending::Closed;
    m_server.on("/damaged.zip", answer);
    QVERIFY(!download(request("/damaged.zip"), monitor));
    QFile part(m_target + ".part");
    QVERIFY(part.open(QIODevice::ReadWrite) && part.seek(1000) && part.write("damage") == 6);
    part.close();
    answer.ending = HttpAnswer::Ending::Complete;
    answer.range = HttpAnswer::Range::Supported;
    m_server.on("/damaged.zip", answer);
    auto wish = request("/damaged.zip");
    wish.sha256 = hashOf(m_package);
    const auto report = download(wish, monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QCOMPARE(contentOf(m_target), m_package);
    QCOMPARE(report->resumedFrom, 0);
}

void tst_download::endsSoonWhenCancelled()
{
    auto drip = HttpAnswer::file(m_package);
    drip.dripBytes = 20'000;
    m_server.on("/slow.zip", drip);
    CancelAfter monitor(100'000);
    QElapsedTimer timer;
    timer.start();
    const auto report = download(request("/slow.zip"), monitor);
    QVERIFY2(report.isCancelled(), qPrintable(described(report)));
    QVERIFY(timer.elapsed() < 3000);
    QVERIFY(QFile::exists(m_target + ".part"));
    QVERIFY(!QFile::exists(m_target));

    CancelAfter atOnce(0);
    atOnce.report({});
    timer.start();
    QVERIFY(download(request("/silent"), atOnce).isCancelled());
    QVERIFY(timer.elapsed() < 1000);
}

void tst_download::takesWhatIsThere()
{
    SilentMonitor monitor;
    QVERIFY(download(request("/plain.zip"), monitor).isOk());
    m_server.forgetRequests();
    const auto report = download(request("/plain.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QVERIFY(report->wasThere);
    QCOMPARE(report->sha256, hashOf(m_package));
    QVERIFY(m_server.requests().isEmpty());
}

void tst_download::replacesWhatIsNoGood()
{
    SilentMonitor monitor;
    QFile file(m_target);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_package.left(5000)) == 5000);
    file.close();
    QVERIFY(download(request("/nothing"), monitor).isError());
    QCOMPARE(contentOf(m_target), m_package.left(5000)); // nothing better came
    const auto report = download(request("/plain.zip"), monitor);
    QVERIFY2(report.isOk(), qPrintable(described(report)));
    QVERIFY(!report->wasThere);
    QCOMPARE(contentOf(m_target), m_package);
}

void tst_download::keepsThePartPrivate()
{
    const auto mask = ::umask(0);
    SilentMonitor monitor;
    auto half = HttpAnswer::file(m_package).with("ETag", "\"one\"");
    half.ending = HttpAnswer::Ending::Closed;
    m_server.on("/private.zip", half);
    const auto elsewhere = m_folder->filePath("elsewhere");
    QVERIFY(QFile::link(elsewhere, m_target + ".part"));
    QVERIFY(!download(request("/private.zip"), monitor));
    ::umask(mask);
    QVERIFY(!QFile::exists(elsewhere));
    for (const auto *suffix : {".part", ".part.json"}) {
        struct stat status = {};
        QCOMPARE(::lstat(qPrintable(m_target + suffix), &status), 0);
        QCOMPARE(status.st_mode, mode_t(S_IFREG | 0600));
    }
}

void tst_download::removesWhatIsUseless()
{
    SilentMonitor monitor;
    auto wish = request("/plain.zip");
    wish.sha256 = hashOf("another file");
    const auto report = download(wish, monitor);
    QVERIFY2(report.isError() && report.error().code == ErrorCode(NetError::HashMismatch),
             qPrintable(described(report)));
    QVERIFY(report.error().details.contains(QString::fromLatin1(hashOf(m_package).toHex())));
    QVERIFY(download(request("/page.zip"), monitor).isError());
    QVERIFY(download(request("/half-open.zip"), monitor).isError());
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void tst_download::keepsSecretsOfTheAddress()
{
    SilentMonitor monitor;
    auto wish = request("/half.zip");
    wish.url.setUserInfo("me:hush1");
    wish.url.setQuery("token=hush2");
    const auto report = download(wish, monitor);
    QVERIFY(report.isError());
    QVERIFY2(!described(report).contains("hush"), qPrintable(described(report)));
    QVERIFY(!contentOf(m_target + ".part.json").contains("hush"));
    wish.url.setPath("/nothing");
    const auto status = download(wish, monitor);
    QVERIFY(status.isError());
    QVERIFY2(!described(status).contains("hush"), qPrintable(described(status)));
}

BANISTER_TEST_MAIN_WITH_MOUNTS(tst_download)
#include "tst_download.moc"
