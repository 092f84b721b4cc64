// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"
#include "net/neterror.h"
#include "net/probe.h"
#include "support/httpserver.h"

#include <QTest>

using namespace Banister;
using namespace Banister::Test;

class tst_probe : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void tellsWhatAVisitorGets_data();
    void tellsWhatAVisitorGets();
    void tellsTheRedirects();
    void looksAtSitesWithTheirOwnCertificate();
    void readsTheStartOnly();
    void tellsWhatIsReadable_data();
    void tellsWhatIsReadable();
    void failsWhereNobodyAnswers();
    void fetchesJson();
    void refusesOtherAnswers_data();
    void refusesOtherAnswers();

private:
    HttpServer m_server;
};

namespace {

const QByteArray marker = "banister-4f1c0a7b9d2e8f63";

// {"a": "compressed"} by gzip -9
const QByteArray compressed = QByteArray::fromHex(
    "1f8b0800000000000203ab564a54b252504acecf2d284a2d2e4e4d51aa05009417d40713000000");

} // namespace

void tst_probe::initTestCase()
{
    m_server.on("/", HttpAnswer::page("<html><head><TITLE>\n My\n Mautic </TITLE></head>"));
    m_server.on("/error", HttpAnswer::page("<title>Broken</title>", 500));
    m_server.on("/denied", HttpAnswer::page("<h1>no</h1>" + marker, 403));
    m_server.on("/start", HttpAnswer::redirect("/middle"));
    m_server.on("/middle", HttpAnswer::redirect("/", 301));
    m_server.on("/marker", HttpAnswer::file(marker + " and more"));
    m_server.on("/soft404", HttpAnswer::page("<title>Not found</title>" + marker));
    m_server.on("/large", HttpAnswer::file(QByteArray(50'000'000, 'x')));
    m_server.on("/json", HttpAnswer::file(R"({"version": "3.0.2", "killSwitchActivated": false})"));
    m_server.on("/gzip", HttpAnswer::file(compressed).with("Content-Encoding", "gzip"));
    m_server.on("/bad-gzip", HttpAnswer::file("no gzip at all").with("Content-Encoding", "gzip"));
    m_server.on("/array", HttpAnswer::file("[1]"));
    m_server.on("/half", HttpAnswer::file(R"({"version": )"));
}

void tst_probe::tellsWhatAVisitorGets_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("title");
    QTest::newRow("page") << "/" << 200 << "My Mautic";
    QTest::newRow("error") << "/error" << 500 << "Broken";
    QTest::newRow("denied") << "/denied" << 403 << "";
    QTest::newRow("nothing") << "/nothing" << 404 << "Not found";
}

void tst_probe::tellsWhatAVisitorGets()
{
    QFETCH(const QString, path);
    SilentMonitor monitor;
    const auto report = probe(m_server.url(path), monitor);
    QVERIFY(report.isOk());
    QTEST(report->status, "status");
    QTEST(report->title, "title");
}

void tst_probe::tellsTheRedirects()
{
    SilentMonitor monitor;
    const auto report = probe(m_server.url("/start"), monitor);
    QVERIFY(report.isOk());
    QCOMPARE(report->url, m_server.url("/"));
    QCOMPARE(report->redirects, QList<QUrl>({m_server.url("/start"), m_server.url("/middle")}));
    QCOMPARE(report->title, "My Mautic");
}

void tst_probe::looksAtSitesWithTheirOwnCertificate()
{
    HttpServer secure(HttpServer::Security::SelfSigned);
    secure.on("/", HttpAnswer::page("<title>Secure</title>"));
    SilentMonitor monitor;
    const auto report = probe(secure.url("/"), monitor);
    QVERIFY2(report.isOk(), report.isError() ? qPrintable(report.error().fact) : "");
    QCOMPARE(report->title, "Secure");
    QVERIFY(!report->isTrusted);
    NetOptions options;
    options.authorityFile = secure.certificateFile();
    QVERIFY(probe(secure.url("/"), monitor, options)->isTrusted);
}

void tst_probe::readsTheStartOnly()
{
    SilentMonitor monitor;
    const auto report = probe(m_server.url("/large"), monitor);
    QVERIFY(report.isOk());
    QCOMPARE(report->firstBytes.size(), 16384);
}

void tst_probe::tellsWhatIsReadable_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("readable");
    QTest::newRow("readable") << "/marker" << true;
    QTest::newRow("denied, page quotes it") << "/denied" << false;
    QTest::newRow("page with status 200") << "/soft404" << false;
    QTest::newRow("missing") << "/nothing" << false;
}

void tst_probe::tellsWhatIsReadable()
{
    QFETCH(const QString, path);
    SilentMonitor monitor;
    const auto readable = isReadable(m_server.url(path), marker, monitor);
    QVERIFY(readable.isOk());
    QTEST(*readable, "readable");
}

void tst_probe::failsWhereNobodyAnswers()
{
    SilentMonitor monitor;
    const auto readable = isReadable(QUrl("http://127.0.0.1:1/a"), marker, monitor);
    QVERIFY(readable.isError());
    QCOMPARE(readable.error().code, ErrorCode(NetError::ConnectionRefused));
}

void tst_probe::fetchesJson()
{
    SilentMonitor monitor;
    const auto json = fetchJson(m_server.url("/json"), monitor);
    QVERIFY(json.isOk());
    QCOMPARE((*json)["version"].toString(), "3.0.2");
    QCOMPARE((*fetchJson(m_server.url("/gzip"), monitor))["a"].toString(), "compressed");
    QVERIFY(m_server.requests().constLast().headers.value("user-agent").startsWith("Banister/"));
}

void tst_probe::refusesOtherAnswers_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<NetError>("error");
    QTest::newRow("page") << "/" << NetError::BadAnswer;
    QTest::newRow("damaged compression") << "/bad-gzip" << NetError::BadAnswer;
    QTest::newRow("array") << "/array" << NetError::BadAnswer;
    QTest::newRow("half") << "/half" << NetError::BadAnswer;
    QTest::newRow("large") << "/large" << NetError::TooLarge;
    QTest::newRow("missing") << "/nothing" << NetError::HttpStatus;
}

void tst_probe::refusesOtherAnswers()
{
    QFETCH(const QString, path);
    SilentMonitor monitor;
    const auto json = fetchJson(m_server.url(path), monitor);
    QVERIFY(json.isError());
    QFETCH(const NetError, error);
    QCOMPARE(json.error().code, ErrorCode(error));
}

QTEST_GUILESS_MAIN(tst_probe)
#include "tst_probe.moc"
