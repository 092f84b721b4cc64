// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "base/sha256.h"
#include "net/packagecheck.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <memory>

namespace Banister {

/// What says that the rest of a file still belongs to its start.
struct PartOrigin
{
    QByteArray source;    ///< SHA-256 of the address, which may hold a secret
    QByteArray validator; ///< strong ETag, or Last-Modified; empty: cannot be resumed

    friend bool operator==(const PartOrigin &, const PartOrigin &) = default;
};

/// A file on its way: "<target>.part" beside the target, mode 0600, with "<target>.part.json" to go on
/// from later, renamed to the target when it is complete. Used by one thread.
class PartFile
{
    Q_DECLARE_TR_FUNCTIONS(PartFile)

public:
    /// Errors: NetError::WriteFailed, DiskFull.
    static Result<std::unique_ptr<PartFile>> open(const QString &target);
    ~PartFile();
    Q_DISABLE_COPY_MOVE(PartFile)

    qint64 size() const { return m_size; }
    /// Where the bytes that are there came from; empty where that is not known.
    const PartOrigin &origin() const { return m_origin; }

    /// Starts from nothing. Errors as open().
    Result<> restart(const PartOrigin &origin);
    /// Reads what is there, so that the hash can go on.
    Result<> resume(Monitor &monitor);
    /// Whether so many more bytes fit. Errors: NetError::DiskFull.
    Result<> checkSpace(qint64 bytes) const;
    Result<> append(QByteArrayView bytes);
    /// The hash of all bytes; once, after the last.
    QByteArray hash() { return m_hash->result(); }
    /// NetError::NotAPackage and Incomplete; see checkFile().
    Result<> check(Expected expected, const QString &source) const;
    /// On disk, under its name, replacing what had it.
    Result<> finish();
    /// Takes both files away: they are of no use.
    void remove();

private:
    PartFile(int file, QString target);
    Error writeError(int reason) const;
    Result<> saveOrigin() const;
    void loadOrigin();

    int m_file;
    QString m_target;
    QString m_path;
    QString m_originPath;
    PartOrigin m_origin;
    qint64 m_size = 0;
    std::unique_ptr<Sha256> m_hash = std::make_unique<Sha256>();
};

} // namespace Banister
