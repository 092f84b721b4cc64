// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/tls.h"

#include "database/databaseerror.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <memory>
#include <mysql.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using Tls = DatabaseSettings::Tls;

QString text(const char *sentence)
{
    return QCoreApplication::translate("DatabaseTls", sentence);
}

bool isLocal(const DatabaseSettings &settings)
{
    return settings.host.isEmpty() || settings.host == "localhost"_L1;
}

QString hostOf(const DatabaseSettings &settings)
{
    return isLocal(settings) ? u"localhost"_s : settings.host;
}

Result<> checkCaFile(const QString &file)
{
    if (file.isEmpty())
        return Success;
    const auto problem = [&file](const char *sentence) {
        return Error{DatabaseError::TlsFailed, text(sentence).arg(file), {}, {}};
    };
    if (!QFileInfo(file).isReadable())
        return problem("The certificate of the authority cannot be read: %1.");
    if (file.contains(u'}') || file.contains(u'\n')) {
        return problem("The path of the authority's certificate may not contain a brace or a line "
                       "break: %1.");
    }
    return Success;
}

// Connects without user and password, and expects a certificate that nobody has: the library goes
// no further than TLS.
Result<> checkOffer(const DatabaseSettings &settings, const QString &subject)
{
    const std::unique_ptr<st_mysql, decltype(&::mysql_close)> handle(::mysql_init(nullptr),
                                                                     &::mysql_close);
    const auto seconds = static_cast<unsigned int>(settings.connectTimeout.count());
    const my_bool yes = 1;
    ::mysql_options(handle.get(), MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
    ::mysql_options(handle.get(), MYSQL_OPT_SSL_ENFORCE, &yes);
    ::mysql_options(handle.get(), MARIADB_OPT_SSL_FP, "0000000000000000000000000000000000000000");
    const auto socket = QFile::encodeName(isLocal(settings) ? settings.socket : QString());
    ::mysql_real_connect(handle.get(),
                         hostOf(settings).toUtf8().constData(),
                         "",
                         "",
                         nullptr,
                         settings.port,
                         socket.isEmpty() ? nullptr : socket.constData(),
                         0);
    unsigned long capabilities = 0;
    ::mariadb_get_infov(handle.get(), MARIADB_CONNECTION_SERVER_CAPABILITIES, &capabilities);
    if (capabilities == 0) {
        return databaseError(
            ::mysql_errno(handle.get()), QString::fromUtf8(::mysql_error(handle.get())), subject);
    }
    if ((capabilities & CLIENT_SSL) == 0)
        return notEncrypted(subject);
    return Success;
}

} // namespace

QString hostWithTls(const DatabaseSettings &settings)
{
    if (settings.tls == Tls::Off)
        return settings.host;
    const bool isVerified = settings.tls == Tls::Verified;
    auto host = u"host={%1};ssl-enforce=1;ssl-verify-server-cert=%2"_s.arg(
        hostOf(settings), isVerified ? u"1"_s : u"0"_s);
    if (isVerified && !settings.caFile.isEmpty())
        host += u";ssl-ca={%1}"_s.arg(settings.caFile);
    return host;
}

Result<> checkTls(const DatabaseSettings &settings, const QString &subject)
{
    switch (settings.tls) {
    case Tls::Off:
        return Success;
    case Tls::Required:
        return checkOffer(settings, subject);
    case Tls::Verified:
        return checkCaFile(settings.caFile);
    }
    return Success;
}

Error tlsError(Error error, const DatabaseSettings &settings, const QString &subject)
{
    // One number for all that can go wrong with TLS; the library's words tell which it was.
    static const QRegularExpression aboutCertificate(u"certificate|verif|validation|hostname"_s,
                                                     QRegularExpression::CaseInsensitiveOption);
    if (settings.tls == Tls::Verified && error.code == ErrorCode(DatabaseError::TlsFailed)
        && error.details.contains(aboutCertificate)) {
        error.code = DatabaseError::TlsNotVerified;
        error.fact = text("The server's certificate is not trusted: %1.").arg(subject);
    }
    return error;
}

Error notEncrypted(const QString &subject)
{
    return {DatabaseError::TlsFailed,
            text("The server does not encrypt the connection: %1.").arg(subject),
            {},
            {}};
}

} // namespace Banister
