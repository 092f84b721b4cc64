// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/ziphelper.h"

#include <QFile>
#include <QtEndian>

#include <zlib.h>

namespace Banister {

namespace {

QByteArray le16(quint32 value)
{
    QByteArray bytes(2, Qt::Uninitialized);
    qToLittleEndian(quint16(value), bytes.data());
    return bytes;
}

QByteArray le32(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray deflated(const QByteArray &content)
{
    z_stream stream = {};
    deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(content.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(content.constData()));
    stream.avail_in = uInt(content.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = uInt(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

} // namespace

QByteArray rawZip(const QList<RawZipEntry> &entries)
{
    constexpr quint32 time = (12U << 11) | (30U << 5);                 // 12:30
    constexpr quint32 date = ((2020U - 1980U) << 9) | (6U << 5) | 15U; // 15 June 2020
    QByteArray zip;
    QByteArray directory;
    for (const auto &entry : entries) {
        const auto data = entry.isDeflated ? deflated(entry.content) : entry.content;
        const quint32 method = entry.method.value_or(entry.isDeflated ? 8 : 0);
        const auto *bytes = reinterpret_cast<const Bytef *>(entry.content.constData());
        const auto crc = entry.crc.value_or(quint32(crc32(0, bytes, uInt(entry.content.size()))));
        const auto size = entry.size.value_or(quint32(entry.content.size()));
        const auto offset = entry.dataOffset.value_or(quint32(zip.size()));
        const auto localName = entry.localName.value_or(entry.name);
        const QByteArray sizes = le32(crc) + le32(quint32(data.size()));
        zip += "PK\3\4" + le16(20) + le16(entry.flags) + le16(entry.localMethod.value_or(method))
               + le16(time) + le16(date) + sizes + le32(entry.localSize.value_or(size))
               + le16(quint32(localName.size())) + le16(0) + localName + data;
        directory += "PK\1\2" + le16(entry.madeBy) + le16(20) + le16(entry.flags) + le16(method)
                     + le16(time) + le16(date) + sizes + le32(size)
                     + le16(quint32(entry.name.size())) + le16(0) + le16(0) + le16(0) + le16(0)
                     + le32(entry.unixMode << 16) + le32(offset) + entry.name;
    }
    const auto count = le16(quint32(entries.size()));
    const auto start = le32(quint32(zip.size()));
    zip += directory;
    zip += "PK\5\6" + le16(0) + le16(0) + count + count + le32(quint32(directory.size())) + start
           + le16(0);
    return zip;
}

void writeRawZip(const QString &path, const QList<RawZipEntry> &entries)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s: %s", qPrintable(path), qPrintable(file.errorString()));
    file.write(rawZip(entries));
}

} // namespace Banister
