// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/frontanswer.h"
#include "products/mautic/mauticerror.h"

#include <QTest>

using namespace Banister;

class tst_frontanswer : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
};

void tst_frontanswer::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("location");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name,
                        int status,
                        const char *location,
                        const char *body,
                        const QString &code = {}) {
        QTest::newRow(name) << status << QString(location) << QByteArray(body) << code;
    };
    const auto code = [](MauticFrontError error) { return ErrorCode(error).toString(); };
    row("login page", 200, "", "<title>Mautic</title><form>");
    row("redirection of 2", 302, "/index.php/s/dashboard", "Redirecting");
    row("redirection of 3", 302, "/s/dashboard", "Redirecting");
    row("no database",
        500,
        "",
        "<html><title>Site is offline</title><style>p{}</style><h1>Site is offline</h1>\n"
        "<p>Database connection\n error (code #0)</p>",
        code(MauticFrontError::DatabaseUnreachable));
    row("PHP too new",
        500,
        "",
        "Mautic does not support PHP version 8.0.30 at this time. To use Mautic, you will need to "
        "downgrade to an earlier version.",
        code(MauticFrontError::PhpNotSupported));
    row("any other error",
        500,
        "",
        "<title>Site is offline</title>The site is currently offline due to encountering an error.",
        code(MauticFrontError::PageFails));
    row("empty error", 500, "", "", code(MauticFrontError::PageFails));
    row("gateway", 502, "", "Bad Gateway", code(MauticFrontError::PageFails));
    row("nothing there", 404, "", "Not Found", code(MauticFrontError::NotMautic));
    row("another page", 200, "", "<title>It works</title>", code(MauticFrontError::NotMautic));
    row("installer",
        302,
        "/index.php/installer",
        "Redirecting",
        code(MauticFrontError::NotInstalled));
}

void tst_frontanswer::judges()
{
    QFETCH(const int, status);
    QFETCH(const QString, location);
    QFETCH(const QByteArray, body);
    const auto error = judgeFront({status, location, body}, "https://crm.example.org/s/login");
    QTEST(error ? error->code.toString() : QString(), "code");
    if (error)
        QVERIFY(error->fact.contains("https://crm.example.org/s/login"));
}

QTEST_GUILESS_MAIN(tst_frontanswer)
#include "tst_frontanswer.moc"
