// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace Banister {

/// SHA-256 piece by piece, through OpenSSL: ten times as fast as QCryptographicHash where the
/// processor has instructions for it. For one thread at a time; can be used again after result().
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Q_DISABLE_COPY_MOVE(Sha256)

    void add(QByteArrayView data);
    /// The 32 bytes; starts anew.
    QByteArray result();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace Banister
