// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/serverfacts.h"

#include <mysql.h>

using namespace Qt::StringLiterals;

namespace Banister {

Result<ServerFacts> ServerFacts::read(Connection &connection)
{
    const auto rows = connection.rows(u"SELECT VERSION(), @@max_allowed_packet, @@read_only"_s);
    if (!rows)
        return rows.failure();
    const auto &row = rows->constFirst();
    ServerFacts facts;
    facts.versionText = row.at(0).toString();
    facts.product = facts.versionText.contains("mariadb"_L1, Qt::CaseInsensitive) ? Product::MariaDb
                                                                                  : Product::MySql;
    // Some MariaDB servers put this before their version for the sake of old replicas.
    auto number = facts.versionText;
    if (number.startsWith("5.5.5-"_L1))
        number.remove(0, 6);
    facts.version = QVersionNumber::fromString(number);
    facts.maxAllowedPacket = row.at(1).toLongLong();
    facts.isReadOnly = row.at(2).toBool();
    facts.isEncrypted = ::mysql_get_ssl_cipher(connection.handle()) != nullptr;
    return facts;
}

QString ServerFacts::productName() const
{
    return product == Product::MariaDb ? u"MariaDB"_s : u"MySQL"_s;
}

} // namespace Banister
