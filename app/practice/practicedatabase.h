// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Banister {

/// How a practice site reaches its database; TCP on the loopback.
struct PracticeDatabase
{
    QString host = QStringLiteral("127.0.0.1");
    int port = 0;
    QString socket; ///< the same server, for those who prefer it
    QString name = QStringLiteral("mautic");
    QString user = QStringLiteral("mautic");
    QString password;
};

} // namespace Banister
