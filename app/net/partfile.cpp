// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/partfile.h"

#include "net/neterror.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr mode_t ownerOnly = 0600;
constexpr qint64 blockBytes = 1 << 20;

} // namespace

Result<std::unique_ptr<PartFile>> PartFile::open(const QString &target)
{
    const auto path = QFile::encodeName(target + u".part"_s);
    constexpr int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    int file = ::open(path.constData(), flags, ownerOnly);
    if (file < 0 && errno == ELOOP && ::unlink(path.constData()) == 0)
        file = ::open(path.constData(), flags | O_EXCL, ownerOnly);
    const int reason = file < 0 ? errno : 0;
    auto part = std::unique_ptr<PartFile>(new PartFile(file, target));
    if (reason != 0)
        return part->writeError(reason);
    struct stat status = {};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        return part->writeError(EINVAL);
    ::fchmod(file, ownerOnly);
    part->m_size = status.st_size;
    part->loadOrigin();
    return part;
}

PartFile::PartFile(int file, QString target)
    : m_file(file)
    , m_target(std::move(target))
    , m_path(m_target + u".part"_s)
    , m_originPath(m_path + u".json"_s)
{}

PartFile::~PartFile()
{
    if (m_file >= 0)
        ::close(m_file);
}

Error PartFile::writeError(int reason) const
{
    if (reason == ENOSPC || reason == EDQUOT) {
        return {NetError::DiskFull,
                tr("There is no space left for %1.").arg(m_path),
                qt_error_string(reason),
                {}};
    }
    return {NetError::WriteFailed,
            tr("%1 cannot be written: %2.").arg(m_path, qt_error_string(reason)),
            {},
            {}};
}

void PartFile::loadOrigin()
{
    QFile file(m_originPath);
    if (m_size == 0 || !file.open(QIODevice::ReadOnly))
        return;
    const auto json = QJsonDocument::fromJson(file.read(blockBytes)).object();
    m_origin = {QByteArray::fromHex(json["source"_L1].toString().toLatin1()),
                json["validator"_L1].toString().toLatin1()};
}

Result<> PartFile::saveOrigin() const
{
    if (m_origin.validator.isEmpty()) {
        QFile::remove(m_originPath);
        return Success;
    }
    const QJsonObject json = {{"source"_L1, QString::fromLatin1(m_origin.source.toHex())},
                              {"validator"_L1, QString::fromLatin1(m_origin.validator)}};
    QSaveFile file(m_originPath);
    errno = 0;
    const bool isWritten = file.open(QIODevice::WriteOnly)
                           && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
                           && file.write(QJsonDocument(json).toJson()) > 0 && file.commit();
    if (!isWritten)
        return writeError(file.error() == QFileDevice::ResourceError ? ENOSPC
                                                                     : (errno ? errno : EIO));
    return Success;
}

Result<> PartFile::restart(const PartOrigin &origin)
{
    // The note goes first: old bytes must never be taken for the new file's.
    QFile::remove(m_originPath);
    if (::ftruncate(m_file, 0) != 0 || ::lseek(m_file, 0, SEEK_SET) != 0)
        return writeError(errno);
    m_size = 0;
    m_hash = std::make_unique<Sha256>();
    m_origin = origin;
    return saveOrigin();
}

Result<> PartFile::resume(Monitor &monitor)
{
    m_hash = std::make_unique<Sha256>();
    QByteArray block(blockBytes, Qt::Uninitialized);
    for (qint64 at = 0; at < m_size;) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        const auto count = ::pread(m_file, block.data(), size_t(block.size()), at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return writeError(count < 0 ? errno : EIO);
        m_hash->add(QByteArrayView(block).first(count));
        at += count;
    }
    if (::lseek(m_file, m_size, SEEK_SET) != m_size)
        return writeError(errno);
    return Success;
}

Result<> PartFile::checkSpace(qint64 bytes) const
{
    struct statvfs space = {};
    if (::fstatvfs(m_file, &space) != 0 || space.f_blocks == 0)
        return Success; // some network file systems do not tell: writing will
    const auto free = qint64(space.f_bavail) * qint64(space.f_frsize);
    if (bytes <= free)
        return Success;
    auto error = writeError(ENOSPC);
    error.details = u"%1 bytes needed, %2 bytes free"_s.arg(bytes).arg(free);
    return error;
}

Result<> PartFile::append(QByteArrayView bytes)
{
    m_hash->add(bytes);
    while (!bytes.isEmpty()) {
        const auto count = ::write(m_file, bytes.data(), size_t(bytes.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return writeError(count < 0 ? errno : EIO);
        m_size += count;
        bytes = bytes.sliced(count);
    }
    return Success;
}

Result<> PartFile::check(Expected expected, const QString &source) const
{
    return checkFile(m_file, expected, source);
}

Result<> PartFile::finish()
{
    if (::fsync(m_file) != 0)
        return writeError(errno);
    if (::rename(QFile::encodeName(m_path).constData(), QFile::encodeName(m_target).constData())
        != 0)
        return writeError(errno);
    QFile::remove(m_originPath);
    const auto folder = QFile::encodeName(QFileInfo(m_target).absolutePath());
    const int directory = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory); // not all network file systems can; the file itself is safe
        ::close(directory);
    }
    return Success;
}

void PartFile::remove()
{
    QFile::remove(m_path);
    QFile::remove(m_originPath);
}

} // namespace Banister
