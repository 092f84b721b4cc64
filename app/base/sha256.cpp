// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"

#include <openssl/evp.h>

namespace Banister {

struct Sha256::Context
{
    // The fetched algorithm is kept, as looking it up for each small file costs more than hashing.
    EVP_MD *algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    Context()
    {
        if (!algorithm || !context)
            qFatal("OpenSSL offers no SHA-256");
        EVP_DigestInit_ex2(context, algorithm, nullptr);
    }
    ~Context()
    {
        EVP_MD_CTX_free(context);
        EVP_MD_free(algorithm);
    }
    Q_DISABLE_COPY_MOVE(Context)
};

Sha256::Sha256()
    : m_context(std::make_unique<Context>())
{}

Sha256::~Sha256() = default;

void Sha256::add(QByteArrayView data)
{
    EVP_DigestUpdate(m_context->context, data.data(), size_t(data.size()));
}

QByteArray Sha256::result()
{
    QByteArray hash(32, Qt::Uninitialized);
    EVP_DigestFinal_ex(m_context->context, reinterpret_cast<unsigned char *>(hash.data()), nullptr);
    EVP_DigestInit_ex2(m_context->context, m_context->algorithm, nullptr);
    return hash;
}

} // namespace Banister
