// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/privateserver.h"
#include "support/practicefixture.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Banister;

struct Answer
{
    int status = 0;
    QString location;
    QString title;
    QString text;
};

/// The web front of a practice site, served by PHP's own web server.
class tst_MauticFront : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void showsTheSignInPage();
    void isOfflineWithoutTheDatabase();
    void isOfflineOnTheNewerDatabase();
    void isOfflineWithAPluginThatDoesNotLoad();
    void refusesPhpThatIsTooNew();

private:
    Answer get(const QString &path);
    void serve();

    std::unique_ptr<PracticeFixture> m_fixture;
    std::unique_ptr<QProcess> m_web;
};

void tst_MauticFront::init()
{
    m_fixture = std::make_unique<PracticeFixture>();
    QCOMPARE(m_fixture->build(), QString());
    serve();
}

void tst_MauticFront::cleanup()
{
    m_web->kill();
    m_web->waitForFinished();
    m_fixture.reset();
}

void tst_MauticFront::serve()
{
    auto command = m_fixture->site().webCommand();
    m_web = std::make_unique<QProcess>();
    m_web->setProcessChannelMode(QProcess::MergedChannels);
    m_web->start(command.takeFirst(), command);
    QByteArray printed;
    QTRY_VERIFY_WITH_TIMEOUT((printed += m_web->readAll()).contains("started"), 20'000);
}

Answer tst_MauticFront::get(const QString &path)
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_fixture->site().siteUrl + path));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    const std::unique_ptr<QNetworkReply> reply(network.get(request));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!reply->isFinished())
        finished.wait(20'000);
    Answer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.location = QString::fromUtf8(reply->rawHeader("Location"));
    answer.text = QString::fromUtf8(reply->readAll());
    answer.title = QRegularExpression("<title>(.*?)</title>").match(answer.text).captured(1);
    return answer;
}

void tst_MauticFront::showsTheSignInPage()
{
    const auto root = get("/");
    QCOMPARE(root.status, 302);
    QVERIFY(root.location.endsWith("/s/login"));
    const auto page = get("/s/login");
    QCOMPARE(page.status, 200);
    QCOMPARE(page.title, QString("Mautic"));
    QCOMPARE(get("/index.php/s/login").status, 200);
    QCOMPARE(get("/robots.txt").text, QString::fromUtf8(m_fixture->read("robots.txt")));
}

void tst_MauticFront::isOfflineWithoutTheDatabase()
{
    PrivateServer::stop(m_fixture->site().serverFolder());
    const auto page = get("/s/login");
    QCOMPARE(page.status, 500);
    QCOMPARE(page.title, QString("Site is offline"));
    QVERIFY(page.text.contains("Database connection error (code #0)"));
}

void tst_MauticFront::isOfflineOnTheNewerDatabase()
{
    m_fixture->sql("ALTER TABLE users DROP online_status");
    const auto page = get("/s/login");
    QCOMPARE(page.status, 500);
    QCOMPARE(page.title, QString("Site is offline"));
    QVERIFY(m_fixture->replaceFiles());
    const auto newer = get("/s/login");
    QVERIFY2(newer.status == 200, qPrintable(newer.text));
}

void tst_MauticFront::isOfflineWithAPluginThatDoesNotLoad()
{
    QVERIFY(m_fixture->replaceFiles());
    QCOMPARE(get("/s/login").status, 200);
    m_fixture->write("plugins/PracticeLegacyBundle/PracticeLegacyBundle.php",
                     "<?php\nnamespace MauticPlugin\\PracticeLegacyBundle;\n"
                     "class PracticeLegacyBundle extends \\Symfony\\Gone\\Bundle {}\n");
    QCOMPARE(get("/s/login").status, 500);
}

void tst_MauticFront::refusesPhpThatIsTooNew()
{
    m_fixture->replace("index.php", "8.2.99", "7.1.99");
    const auto page = get("/s/login");
    QCOMPARE(page.status, 500);
    QVERIFY(page.text.startsWith("Mautic does not support PHP version"));
}

QTEST_GUILESS_MAIN(tst_MauticFront)
#include "tst_mauticfront.moc"
