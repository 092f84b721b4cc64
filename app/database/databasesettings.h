// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace Banister {

/// How to reach a database. Holds a password: never written to a log or a journal as a whole.
struct DatabaseSettings
{
    enum class Tls {
        Off,      ///< whatever the server offers, not asked for
        Required, ///< encrypted, whoever answers
        Verified  ///< encrypted, and the certificate is checked against caFile and the host
    };

    QString host;     ///< "localhost" or empty: the socket, as the client library takes it
    quint16 port = 0; ///< 0: the usual one
    QString socket;   ///< empty: the library's own
    QString name;     ///< of the database
    QString user;
    QString password;
    Tls tls = Tls::Off;
    QString caFile;
    std::chrono::seconds connectTimeout{10};
};

} // namespace Banister
