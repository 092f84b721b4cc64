// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/connection.h"
#include "database/databaseerror.h"
#include "dumptest.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace Banister;

// Real servers with real certificates, made by openssl: one for the host that we connect to, one for
// another.
class tst_tls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void insistsOnEncryption_data();
    void insistsOnEncryption();
    void sendsNothingInPlainText_data();
    void sendsNothingInPlainText();
    void namesAServerThatIsNotThere();

private:
    QStringList serverArguments(const QString &certificate) const;

    QTemporaryDir m_folder;
};

void tst_tls::initTestCase()
{
    QProcess shell;
    shell.setWorkingDirectory(m_folder.path());
    shell.start("bash", {"-ec", R"(
        new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        for ca in ours other; do
            openssl req -x509 $new -keyout $ca.key -out $ca.pem -subj /CN=$ca -days 2
        done
        cp ours.pem 'o  u;r=s.pem'
        for host in localhost elsewhere; do
            openssl req $new -keyout $host.key -out $host.csr -subj /CN=$host
            openssl x509 -req -in $host.csr -CA ours.pem -CAkey ours.key -CAcreateserial -days 2 \
                -extfile <(echo subjectAltName=DNS:$host) -out $host.pem
        done)"});
    QVERIFY(shell.waitForFinished());
    QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());
}

QStringList tst_tls::serverArguments(const QString &certificate) const
{
    if (certificate.isEmpty())
        return {"--skip-ssl"};
    return {"--ssl-ca=" + m_folder.filePath("ours.pem"),
            "--ssl-cert=" + m_folder.filePath(certificate + ".pem"),
            "--ssl-key=" + m_folder.filePath(certificate + ".key")};
}

void tst_tls::insistsOnEncryption_data()
{
    using Tls = DatabaseSettings::Tls;
    QTest::addColumn<QString>("certificate"); // the server's
    QTest::addColumn<Tls>("tls");
    QTest::addColumn<QString>("authority"); // that the settings name
    QTest::addColumn<QString>("code");
    const QString fine;
    const QString untrusted = "DatabaseError.TlsNotVerified";
    const QString failed = "DatabaseError.TlsFailed";
    const auto row = [](const char *name,
                        const QString &certificate,
                        Tls tls,
                        const QString &authority,
                        const QString &code) {
        QTest::newRow(name) << certificate << tls << authority << code;
    };
    row("encrypted, whoever it is", "localhost", Tls::Required, {}, fine);
    row("encrypted, another host", "elsewhere", Tls::Required, {}, fine);
    row("verified", "localhost", Tls::Verified, "ours", fine);
    row("verified, a file with an odd name", "localhost", Tls::Verified, "o  u;r=s", fine);
    row("verified, nobody knows the authority", "localhost", Tls::Verified, {}, untrusted);
    row("verified, another authority", "localhost", Tls::Verified, "other", untrusted);
    row("verified, another host", "elsewhere", Tls::Verified, "ours", untrusted);
    row("file of the authority missing", "localhost", Tls::Verified, "missing", failed);
    row("required, not offered", {}, Tls::Required, {}, failed);
    row("verified, not offered", {}, Tls::Verified, "ours", failed);
}

void tst_tls::insistsOnEncryption()
{
    QFETCH(const QString, certificate);
    QFETCH(const DatabaseSettings::Tls, tls);
    QFETCH(const QString, authority);
    TestServer server(serverArguments(certificate));
    auto settings = settingsFor(server, server.createDatabase());
    settings.tls = tls;
    if (!authority.isEmpty())
        settings.caFile = m_folder.filePath(authority + ".pem");
    auto connection = Connection::open(settings);
    QTEST(connection.isOk() ? QString() : connection.error().code.toString(), "code");
    if (!connection.isOk()) {
        const auto told = factsOf(connection.error()) + connection.error().details;
        QVERIFY2(!told.contains(settings.password) && !told.contains("ssl-"), qPrintable(told));
        return;
    }
    const auto cipher = connection->rows("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    QVERIFY(!cipher->first().at(1).toString().isEmpty());
}

namespace {

/// A server that offers no TLS and notes what it is told then.
class PlainServer
{
public:
    PlainServer()
    {
        m_heard = std::async(std::launch::async, [this] {
            QTcpServer server;
            server.listen(QHostAddress::LocalHost);
            m_port.set_value(server.serverPort());
            QByteArray heard;
            // The second time is for a client that only asks the first time.
            for (int connection = 0; connection < 2 && server.waitForNewConnection(2000);
                 ++connection) {
                auto *const socket = server.nextPendingConnection();
                socket->write(greeting());
                while (socket->waitForReadyRead(2000))
                    heard += socket->readAll();
                delete socket;
            }
            return heard;
        });
    }
    quint16 port() { return m_port.get_future().get(); }
    QByteArray heard() { return m_heard.get(); }

private:
    // Initial handshake packet, protocol 10, of a server that can everything but CLIENT_SSL:
    // https://mariadb.com/kb/en/connection/
    static QByteArray greeting()
    {
        const auto body = QByteArray("\x0A"
                                     "5.5.5-10.11.0-MariaDB\0"
                                     "\1\0\0\0"
                                     "12345678\0"
                                     "\xFE\xF7\x2D\x02\x00\xFF\x81\x15"
                                     "\0\0\0\0\0\0\0\0\0\0"
                                     "123456789012\0"
                                     "mysql_clear_password\0",
                                     1 + 22 + 4 + 9 + 8 + 10 + 13 + 21);
        return QByteArray(1, char(body.size())) + QByteArray(3, '\0') + body;
    }

    std::promise<quint16> m_port;
    std::future<QByteArray> m_heard;
};

} // namespace

void tst_tls::sendsNothingInPlainText_data()
{
    QTest::addColumn<DatabaseSettings::Tls>("tls");
    QTest::addColumn<bool>("isSilent");
    QTest::newRow("required") << DatabaseSettings::Tls::Required << true;
    QTest::newRow("verified") << DatabaseSettings::Tls::Verified << true;
    QTest::newRow("not asked for") << DatabaseSettings::Tls::Off << false;
}

void tst_tls::sendsNothingInPlainText()
{
    QFETCH(const DatabaseSettings::Tls, tls);
    PlainServer server;
    DatabaseSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server.port();
    settings.user = "somebody";
    settings.password = "very-secret";
    settings.tls = tls;
    settings.connectTimeout = std::chrono::seconds(3);
    const auto connection = Connection::open(settings);
    QVERIFY(connection.isError());
    const auto heard = server.heard();
    QFETCH(const bool, isSilent);
    QCOMPARE(heard.isEmpty(), isSilent);
    QCOMPARE(heard.contains("somebody"), !isSilent); // or the server was not understood at all
    if (isSilent)
        QCOMPARE(connection.error().code, ErrorCode(DatabaseError::TlsFailed));
}

void tst_tls::namesAServerThatIsNotThere()
{
    DatabaseSettings settings;
    settings.host = "127.0.0.1";
    settings.port = 1;
    for (const auto tls : {DatabaseSettings::Tls::Required, DatabaseSettings::Tls::Verified}) {
        settings.tls = tls;
        const auto connection = Connection::open(settings);
        QVERIFY(connection.isError());
        QCOMPARE(connection.error().code, ErrorCode(DatabaseError::Unreachable));
    }
}

QTEST_GUILESS_MAIN(tst_tls)
#include "tst_tls.moc"
