// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/badpackages.h"
#include "cli/upgradescene.h"
#include "support/httpserver.h"

#include <QCryptographicHash>
#include <QTest>

Q_DECLARE_METATYPE(std::shared_ptr<Banister::Test::HttpAnswer>)

namespace Banister {

using Test::HttpAnswer;
using Test::HttpServer;

/// Packages that are fetched from an address: what goes wrong there stops the run before any file is
/// moved, and a retry goes on with what the address gives then.
class TestDownloadFailures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QCOMPARE(m_scene.reset(), QString()); }

    void answerIsWrong_data();
    void answerIsWrong();
    void nobodyAnswers();
    void hashIsAnother();
    void contentIsWrong();
    void packageWantsAnotherPhp();

private:
    QStringList fromServer() const { return {"--package", m_server.url("/mautic.zip").toString()}; }
    QString problemOf(const CliRun &run, const QString &cause)
    {
        return m_scene.problemOfStop(
            run, "fetchUpdates", {"ERR_DOWNLOAD_UPGRADE_PACKAGE_FAILED", cause});
    }

    UpgradeScene m_scene;
    HttpServer m_server;
    QByteArray m_good;
};

void TestDownloadFailures::initTestCase()
{
    QCOMPARE(m_scene.build(), QString());
    m_good = m_scene.read(m_scene.package());
}

void TestDownloadFailures::answerIsWrong_data()
{
    QTest::addColumn<std::shared_ptr<HttpAnswer>>("answer");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, HttpAnswer answer, const char *cause) {
        QTest::newRow(name) << std::make_shared<HttpAnswer>(std::move(answer)) << QString(cause);
    };
    const auto file = m_scene.read(m_scene.package());
    auto half = HttpAnswer::file(file);
    half.ending = HttpAnswer::Ending::Closed;
    auto dropped = HttpAnswer::file(file);
    dropped.isDroppedAtOnce = true;

    row("404", HttpAnswer::page("<html>Not here</html>", 404), "NetError.HttpStatus");
    row("500", HttpAnswer::page("<html>Broken</html>", 500), "NetError.HttpStatus");
    row("page with status 200", HttpAnswer::page("<html>Log in</html>"), "NetError.NotAPackage");
    row("half a body", half, "NetError.Incomplete");
    row("no answer", dropped, "NetError.ConnectionLost");
    row("redirect loop", HttpAnswer::redirect("/mautic.zip"), "NetError.TooManyRedirects");
    row("redirect to a file",
        HttpAnswer::redirect("file:///etc/passwd"),
        "NetError.RedirectRefused");
}

void TestDownloadFailures::answerIsWrong()
{
    QFETCH(std::shared_ptr<HttpAnswer>, answer);
    QFETCH(QString, cause);
    m_server.on("/mautic.zip", *answer);
    const auto problem = problemOf(m_scene.upgrade(fromServer()), cause);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    m_server.on("/mautic.zip", HttpAnswer::file(m_good));
    const auto retried = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(retried.isEmpty(), qPrintable(retried));
}

void TestDownloadFailures::nobodyAnswers()
{
    const auto url = std::make_unique<HttpServer>()->url("/mautic.zip").toString();
    const auto problem =
        problemOf(m_scene.upgrade({"--package", url}), "NetError.ConnectionRefused");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    // A file in place of the address, as the explanation says.
    const auto retried = m_scene.problemOfFinished(m_scene.retry({"--package", m_scene.package()}));
    QVERIFY2(retried.isEmpty(), qPrintable(retried));
}

void TestDownloadFailures::hashIsAnother()
{
    m_server.on("/mautic.zip", HttpAnswer::file(m_good));
    const auto another = QCryptographicHash::hash("another", QCryptographicHash::Sha256).toHex();
    const auto problem = problemOf(m_scene.upgrade(fromServer() + QStringList{"--sha256", another}),
                                   "NetError.HashMismatch");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto right = QCryptographicHash::hash(m_good, QCryptographicHash::Sha256).toHex();
    const auto retried = m_scene.problemOfFinished(m_scene.retry({"--sha256", right}));
    QVERIFY2(retried.isEmpty(), qPrintable(retried));
}

// One run: each retry meets another package, and the last one a good one.
void TestDownloadFailures::contentIsWrong()
{
    bool isFirst = true;
    const auto packages = badPackages(m_good);
    for (const auto &package : packages) {
        m_server.on("/mautic.zip", HttpAnswer::file(package.content));
        const auto run = isFirst ? m_scene.upgrade(fromServer()) : m_scene.retry();
        isFirst = false;
        const auto told = package.name + run.told();
        QVERIFY2(run.status == 1, told.constData());
        QCOMPARE(run.lastStep(), "fetchUpdates");
        QCOMPARE(run.codes().first(), "ERR_DOWNLOAD_UPGRADE_PACKAGE_FAILED");
        // What is no zip file at all is told by the download already.
        const auto cause = run.codes().last();
        QVERIFY2(cause == package.code || cause == "NetError.NotAPackage"
                     || cause == "NetError.Incomplete",
                 told.constData());
        QVERIFY(!QFile::exists(m_scene.folder("evil")));
        QVERIFY(!QFile::exists(m_scene.site("mautic-3-update-package.zip")));
        QCOMPARE(m_scene.problemOfFiles(), QString());
    }
    m_server.on("/mautic.zip", HttpAnswer::file(m_good));
    const auto problem = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

// What a package at an address needs is not known before it is here.
void TestDownloadFailures::packageWantsAnotherPhp()
{
    m_server.on("/mautic.zip", HttpAnswer::file(packageForPhp73()));
    const auto run = m_scene.upgrade(fromServer());
    QVERIFY2(run.warnedChecks().contains("phpVersion"), run.told().constData());
    const auto problem = problemOf(run, "MauticPackageError.PhpNotSupported");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    m_server.on("/mautic.zip", HttpAnswer::file(m_good));
    const auto retried = m_scene.problemOfFinished(m_scene.retry());
    QVERIFY2(retried.isEmpty(), qPrintable(retried));
}

} // namespace Banister

QTEST_GUILESS_MAIN(Banister::TestDownloadFailures)
#include "tst_downloadfailures.moc"
