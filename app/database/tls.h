// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/databasesettings.h"

#include <QString>

namespace Banister {

// Qt's driver (6.4) can ask for TLS but neither insist on it nor compare the host with the
// certificate: it knows no MYSQL_OPT_SSL_ENFORCE and no MYSQL_OPT_SSL_VERIFY_SERVER_CERT. MariaDB's
// Connector/C takes both in the place of the host's name, as "host=…;ssl-enforce=1". One that does
// not know this form finds no such host and sends nothing.

/// What to give Qt's driver as the host, so that the client library demands what the settings say.
QString hostWithTls(const DatabaseSettings &settings);

/// Finds out, before a password is sent, what would keep the connection from being encrypted.
/// Connector/C 3.3 obeys ssl-enforce only where it verifies a certificate; otherwise it goes on in
/// plain text with a server that offers no TLS: so that is asked for first.
/// \param subject what a fact names: the database and its server
Result<> checkTls(const DatabaseSettings &settings, const QString &subject);

/// The error of a connection, told more exactly where the certificate was refused.
Error tlsError(Error error, const DatabaseSettings &settings, const QString &subject);

/// For a connection that is open but not encrypted.
Error notEncrypted(const QString &subject);

} // namespace Banister
