// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/connection.h"

#include <QString>
#include <QVersionNumber>

namespace Banister {

/// What kind of server answers.
struct ServerFacts
{
    enum class Product { MariaDb, MySql };
    Product product = Product::MariaDb;
    QVersionNumber version;      ///< of the product: 10.11.19
    QString versionText;         ///< as the server says it
    qint64 maxAllowedPacket = 0; ///< bytes
    bool isReadOnly = false;
    bool isEncrypted = false; ///< this connection

    static Result<ServerFacts> read(Connection &connection);
    QString productName() const;
};

} // namespace Banister
