// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/redactor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

#include <thread>

using namespace Banister;

class tst_redactor : public QObject
{
    Q_OBJECT

private slots:
    void removesKnownSecretsInEveryForm_data();
    void removesKnownSecretsInEveryForm();
    void removesShortSecretsAsWordsOnly();
    void recognisesSecrets_data();
    void recognisesSecrets();
    void leavesOrdinaryTextAlone_data();
    void leavesOrdinaryTextAlone();
    void isStable();
    void staysFastOnLongLines();
    void canBeToldWhileItIsUsed();
};

namespace {

const QString secret = QString::fromUtf8("p'ä\"s\\s/w&r d€#9");

} // namespace

void tst_redactor::removesKnownSecretsInEveryForm_data()
{
    QTest::addColumn<QString>("form");
    const auto bytes = secret.toUtf8();
    QTest::newRow("as it is") << secret;
    QTest::newRow("URL") << QString::fromLatin1(QUrl::toPercentEncoding(secret));
    QTest::newRow("URL, lower case") << QString::fromLatin1(bytes.toPercentEncoding()).toLower();
    QTest::newRow("form") << QString::fromLatin1(bytes.toPercentEncoding()).replace("%20", "+");
    auto json = QString::fromUtf8(QJsonDocument(QJsonArray{secret}).toJson(QJsonDocument::Compact));
    QTest::newRow("JSON") << json.mid(2, json.size() - 4);
    QTest::newRow("JSON of PHP") << R"(p'\u00e4\"s\\s\/w&r d\u20ac#9)";
    QTest::newRow("PHP") << QString::fromUtf8("p\\'ä\"s\\\\s/w&r d€#9");
    QTest::newRow("SQL") << QString::fromUtf8("p''ä\"s\\s/w&r d€#9");
    QTest::newRow("shell") << QString::fromUtf8("p'\\''ä\"s\\s/w&r d€#9");
    QTest::newRow("HTML") << QString::fromUtf8("p'ä&quot;s\\s/w&amp;r d€#9");
    QTest::newRow("PHP trace") << secret.left(15) + "...";
    QTest::newRow("base64") << QString::fromLatin1(bytes.toBase64());
    for (const auto *before : {"u:", "us:", "usr:"}) {
        QTest::newRow(before) << QString::fromLatin1((before + bytes + "#").toBase64());
    }
    QTest::newRow("base64 for URLs")
        << QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding));
}

void tst_redactor::removesKnownSecretsInEveryForm()
{
    QFETCH(const QString, form);
    Redactor redactor;
    redactor.addSecret(secret);
    const auto redacted = redactor.redact("before " + form + " after");
    QVERIFY2(redacted.startsWith("before ") && redacted.endsWith(" after"), qPrintable(redacted));
    QVERIFY2(redacted.contains("[removed]"), qPrintable(redacted));
    // At most the three characters that base64 shares with its neighbours may stay.
    QVERIFY2(redacted.size() <= QString("before [removed] after").size() + 12,
             qPrintable(redacted));
    QVERIFY(!redacted.contains(form));
}

void tst_redactor::removesShortSecretsAsWordsOnly()
{
    Redactor redactor;
    redactor.addSecret("abc");
    redactor.addSecret("");
    QCOMPARE(redactor.redact("abc abcd xabc 'abc' abc"),
             "[removed] abcd xabc '[removed]' [removed]");
}

void tst_redactor::recognisesSecrets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("assignment") << "password=hush"
                                << "password=[removed]";
    QTest::newRow("environment") << "MYSQL_PWD=hush mysql"
                                 << "MYSQL_PWD=[removed] mysql";
    QTest::newRow("PHP array") << "'db_password' => 'hu\\'sh', 'db_port' => 3306"
                               << "'db_password' => [removed], 'db_port' => 3306";
    QTest::newRow("PHP secret key") << "'secret_key' => 'hush',"
                                    << "'secret_key' => [removed],";
    QTest::newRow("JSON") << R"({"token":"hush","a":1})"
                          << R"({"token":[removed],"a":1})";
    QTest::newRow("YAML") << "database_password: hush"
                          << "database_password: [removed]";
    QTest::newRow("print_r") << "[mailer_password] => hush"
                             << "[mailer_password] => [removed]";
    QTest::newRow("var_dump") << "[\"password\"]=>\n  string(4) \"hush\""
                              << "[\"password\"]=>\n  string(4) [removed]";
    QTest::newRow("XML") << "<password>hush</password>"
                         << "<password>[removed]</password>";
    QTest::newRow("data source") << "mysql:host=h;password=hush"
                                 << "mysql:host=h;password=[removed]";
    QTest::newRow("mysql option") << "mysqldump -u root -phush db"
                                  << "mysqldump -u root -p[removed] db";
    QTest::newRow("mysql option, quoted") << "mariadb-dump -p'hu sh' db"
                                          << "mariadb-dump -p[removed] db";
    QTest::newRow("long option") << "mysql --password=hush db"
                                 << "mysql --password=[removed] db";
    QTest::newRow("long option, two words") << "x --password 'hu sh' db"
                                            << "x --password [removed] db";
    QTest::newRow("basic authorization") << "Authorization: Basic dXNlcjpodXNo\nHost: a"
                                         << "Authorization: [removed]\nHost: a";
    QTest::newRow("bearer") << "with Bearer abcdefghijkl."
                            << "with Bearer [removed]";
    QTest::newRow("cookie") << "< Set-Cookie: sid=hush; path=/"
                            << "< Set-Cookie: [removed]";
    QTest::newRow("API header") << "X-Api-Key: hush"
                                << "X-Api-Key: [removed]";
    QTest::newRow("URL") << "smtp://me:hu@sh@host:25/x"
                         << "smtp://me:[removed]@host:25/x";
    QTest::newRow("URL with a token") << "https://0123456789abcdef0123@host/"
                                      << "https://[removed]@host/";
    QTest::newRow("query") << "GET /?a=1&access_token=hush&b=2"
                           << "GET /?a=1&access_token=[removed]&b=2";
    QTest::newRow("SQL user") << "CREATE USER a IDENTIFIED BY 'hush';"
                              << "CREATE USER a IDENTIFIED BY [removed];";
    QTest::newRow("SQL plugin")
        << "IDENTIFIED WITH mysql_native_password AS '*A4B6157319038724E3560894F7F932C8886EBFCF'"
        << "IDENTIFIED WITH mysql_native_password AS [removed]";
    QTest::newRow("SQL password") << "SET PASSWORD FOR a = PASSWORD('hush')"
                                  << "SET PASSWORD FOR a = PASSWORD([removed])";
    QTest::newRow("PHP trace")
        << "#0 PDO->__construct('mysql:host=a;po...', 'root', 'hush', Array)"
        << "#0 PDO->__construct('mysql:host=a;po...', 'root', '[removed]', Array)";
    QTest::newRow("PHP trace of mysqli") << "mysqli->real_connect('a', 'root', 'hush', 'db')"
                                         << "mysqli->real_connect('a', 'root', '[removed]', 'db')";
    QTest::newRow("private key")
        << "a -----BEGIN RSA PRIVATE KEY-----\nAA\nBB\n-----END RSA PRIVATE KEY----- b"
        << "a [removed] b";
    QTest::newRow("cut private key") << "-----BEGIN PRIVATE KEY-----\nAA\nBB"
                                     << "[removed]";
    QTest::newRow("web token") << "t eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0xyz.c2lnbmF0dXJl z"
                               << "t [removed] z";
}

void tst_redactor::recognisesSecrets()
{
    QFETCH(const QString, text);
    QTEST(Redactor().redact(text), "wanted");
}

void tst_redactor::leavesOrdinaryTextAlone_data()
{
    QTest::addColumn<QString>("text");
    const QStringList texts = {
        "Access denied for user 'a'@'localhost' (using password: YES)",
        "PHP Parse error:  syntax error, unexpected token \"}\" in /srv/a.php on line 3",
        "http://127.0.0.1:8080/a?mail=a@b.c",
        "Installed Mautic version:\t2.16.5",
        "cp -pr a b; mkdir -p c",
        "'db_password' => NULL,",
        "    >> New Migrations:                                 3",
        "++ Migrating up to version 20200422144300",
        "Copying app/bundles/UserBundle/Views/Security/password.html.php",
    };
    for (const auto &text : texts)
        QTest::newRow(qPrintable(text.left(40))) << text;
}

void tst_redactor::leavesOrdinaryTextAlone()
{
    QFETCH(const QString, text);
    QCOMPARE(Redactor().redact(text), text);
}

void tst_redactor::isStable()
{
    Redactor redactor;
    redactor.addSecret("hush");
    const auto once = redactor.redact("password='hush' Cookie: a=hush; smtp://a:hush@b -phush\n"
                                      "x connect('a', 'b', 'hush') PASSWORD('hush')");
    QCOMPARE(redactor.redact(once), once);
    QVERIFY(!once.contains("hush"));
}

void tst_redactor::staysFastOnLongLines()
{
    Redactor redactor;
    redactor.addSecret(secret);
    const auto quoted = redactor.redact("password=\"" + QString(4'000'000, 'a') + "\" end");
    QCOMPARE(quoted, "password=[removed] end");
    for (const auto *part : {"a", "password ", "mysql ", "://", "connect('a', ", "eyJ"}) {
        QElapsedTimer timer;
        timer.start();
        redactor.redact(QString(part).repeated(100'000));
        QVERIFY2(timer.elapsed() < 5000, part);
    }
}

void tst_redactor::canBeToldWhileItIsUsed()
{
    Redactor redactor;
    std::jthread teller([&redactor] {
        for (int i = 0; i < 50; ++i)
            redactor.addSecret("secret" + QString::number(i));
    });
    for (int i = 0; i < 200; ++i)
        QVERIFY(!redactor.redact("a text").contains("[removed]"));
    teller.join();
    QCOMPARE(redactor.redact("secret49"), "[removed]");
}

QTEST_GUILESS_MAIN(tst_redactor)
#include "tst_redactor.moc"
