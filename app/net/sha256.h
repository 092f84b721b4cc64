// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

struct evp_md_ctx_st;

namespace Banister {

/// SHA-256 through OpenSSL, which is several times as fast as QCryptographicHash.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Q_DISABLE_COPY_MOVE(Sha256)

    void add(QByteArrayView bytes);
    QByteArray result(); ///< 32 bytes; once

private:
    evp_md_ctx_st *m_context;
};

} // namespace Banister
