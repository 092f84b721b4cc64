// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace Banister {

/// One entry of a zip file made byte by byte. What is not set is right; what is set is written as it
/// stands, however wrong, so that hostile archives can be made.
struct RawZipEntry
{
    QByteArray name = {};
    QByteArray content = {};
    bool isDeflated = true;
    quint32 unixMode = 0100644;     ///< with the type: 0040755 folder, 0120777 link, 0020600 device
    quint16 flags = 0x0800;         ///< bit 0 encrypted, bit 11 the name is UTF-8
    quint16 madeBy = (3 << 8) | 20; ///< upper byte 3: Unix, 0: DOS
    std::optional<QByteArray> localName = {};
    std::optional<quint16> localMethod = {};
    std::optional<quint32> crc = {};
    std::optional<quint32> size = {};      ///< uncompressed, in both headers
    std::optional<quint32> localSize = {}; ///< uncompressed, in the local header only
    std::optional<quint32> dataOffset =
        {}; ///< where the central directory says the local header is
    std::optional<quint16> method = {};
};

/// The bytes of a zip file with these entries.
QByteArray rawZip(const QList<RawZipEntry> &entries);

/// Writes rawZip() to a file.
void writeRawZip(const QString &path, const QList<RawZipEntry> &entries);

} // namespace Banister
