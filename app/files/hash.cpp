// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/hash.h"

#include "files/fileerror.h"
#include "files/handle.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <vector>

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

Result<QByteArray> sha256OfFile(const QString &path, Monitor &monitor)
{
    const auto what = QCoreApplication::translate("Files", "The file cannot be read");
    const Handle file(
        open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file.isOpen())
        return fileError(errno, what, path);
    struct stat facts = {};
    if (fstat(file.fd(), &facts) == 0 && S_ISDIR(facts.st_mode))
        return fileError(EISDIR, what, path);
    if (!S_ISREG(facts.st_mode))
        return fileError(EOPNOTSUPP, what, path);
    Sha256 hash;
    std::vector<char> buffer(size_t(1) << 18U);
    for (;;) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        const auto got = read(file.fd(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fileError(errno, what, path);
        if (got == 0)
            return hash.result();
        hash.add(QByteArrayView(buffer.data(), got));
    }
}

} // namespace Banister
