// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/partwriter.h"

#include "database/databaseerror.h"

#include <QCoreApplication>

#include <algorithm>
#include <zlib.h>
#include <zstd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// Every file can be loaded by itself: it brings the settings that its values need.
constexpr QByteArrayView Settings = "SET NAMES utf8mb4;\n"
                                    "SET time_zone='+00:00';\n"
                                    "SET sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';\n"
                                    "SET foreign_key_checks=0;\n"
                                    "SET unique_checks=0;\n";
constexpr int SettingsCount = 5;
constexpr qsizetype InsertSize = 1000LL * 1000;

Error compressionFailed(const char *why)
{
    return {DatabaseError::DumpFailed,
            QCoreApplication::translate("PartWriter", "The dump could not be compressed."),
            QString::fromLatin1(why),
            {}};
}

class ZstdCompressor : public Compressor
{
public:
    ZstdCompressor()
        : m_stream(::ZSTD_createCStream(), &::ZSTD_freeCStream)
    {
        // Level 1: the dump is written at the speed of the server; 3 would halve it for a tenth.
        ::ZSTD_CCtx_setParameter(m_stream.get(), ZSTD_c_compressionLevel, 1);
        ::ZSTD_CCtx_setParameter(m_stream.get(), ZSTD_c_checksumFlag, 1);
    }
    Result<> add(QByteArrayView bytes, QByteArray &out) override
    {
        return run(bytes, ZSTD_e_continue, out);
    }
    Result<> finish(QByteArray &out) override { return run({}, ZSTD_e_end, out); }

private:
    Result<> run(QByteArrayView bytes, ZSTD_EndDirective directive, QByteArray &out)
    {
        ZSTD_inBuffer in{bytes.data(), size_t(bytes.size()), 0};
        while (true) {
            const auto begin = out.size();
            out.resize(begin + qsizetype(::ZSTD_CStreamOutSize()));
            ZSTD_outBuffer buffer{out.data() + begin, ::ZSTD_CStreamOutSize(), 0};
            const auto left = ::ZSTD_compressStream2(m_stream.get(), &buffer, &in, directive);
            out.resize(begin + qsizetype(buffer.pos));
            if (::ZSTD_isError(left) != 0)
                return compressionFailed(::ZSTD_getErrorName(left));
            if (directive == ZSTD_e_end ? left == 0 : in.pos == in.size)
                return Success;
        }
    }

    std::unique_ptr<ZSTD_CStream, decltype(&::ZSTD_freeCStream)> m_stream;
};

class GzipCompressor : public Compressor
{
public:
    GzipCompressor()
    {
        constexpr int GzipWindow = 15 + 16;
        constexpr int MemoryLevel = 8;
        m_isOpen =
            ::deflateInit2(&m_stream, 1, Z_DEFLATED, GzipWindow, MemoryLevel, Z_DEFAULT_STRATEGY)
            == Z_OK;
    }
    ~GzipCompressor() override { ::deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(GzipCompressor)
    Result<> add(QByteArrayView bytes, QByteArray &out) override
    {
        return run(bytes, Z_NO_FLUSH, out);
    }
    Result<> finish(QByteArray &out) override { return run({}, Z_FINISH, out); }

private:
    Result<> run(QByteArrayView bytes, int flush, QByteArray &out)
    {
        if (!m_isOpen)
            return compressionFailed("deflateInit2");
        constexpr qsizetype Step = 256LL * 1024;
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data())); // NOLINT
        m_stream.avail_in = uInt(bytes.size());
        int state = Z_OK;
        do {
            const auto begin = out.size();
            out.resize(begin + Step);
            m_stream.next_out = reinterpret_cast<Bytef *>(out.data() + begin);
            m_stream.avail_out = uInt(Step);
            state = ::deflate(&m_stream, flush);
            out.resize(begin + Step - qsizetype(m_stream.avail_out));
            if (state == Z_STREAM_ERROR)
                return compressionFailed("deflate");
        } while (flush == Z_FINISH ? state != Z_STREAM_END : m_stream.avail_out == 0);
        return Success;
    }

    z_stream m_stream{};
    bool m_isOpen = false;
};

} // namespace

QString plainName(const QString &name)
{
    constexpr qsizetype Longest = 80;
    QString plain;
    for (const auto letter : name.left(Longest))
        plain += (letter.unicode() < 128 && letter.isLetterOrNumber()) ? letter : u'_'; // NOLINT
    return plain;
}

std::unique_ptr<Compressor> Compressor::make(Compression compression)
{
    switch (compression) {
    case Compression::Zstd:
        return std::make_unique<ZstdCompressor>();
    case Compression::Gzip:
        return std::make_unique<GzipCompressor>();
    case Compression::None:
        break;
    }
    return nullptr;
}

PartWriter::PartWriter(DumpPart part, DirectFile file, std::unique_ptr<Compressor> compressor)
    : m_part(std::move(part))
    , m_file(std::move(file))
    , m_compressor(std::move(compressor))
    , m_hash(std::make_unique<Sha256>())
{
    m_rows.reserve(InsertSize + InsertSize / 4);
}

Result<PartWriter>
PartWriter::create(const QString &folder, const DumpPart &part, Compression compression)
{
    auto file = DirectFile::create(folder + u'/' + part.file);
    if (!file)
        return file.failure();
    PartWriter writer(part, std::move(file).value(), Compressor::make(compression));
    if (const auto begun = writer.raw(Settings, SettingsCount); !begun)
        return begun.failure();
    return writer;
}

Result<> PartWriter::store(QByteArrayView bytes)
{
    m_hash->add(bytes);
    return m_file.write(bytes);
}

Result<> PartWriter::put(QByteArrayView text)
{
    m_part.plainBytes += text.size();
    if (!m_compressor)
        return store(text);
    m_compressed.resize(0);
    if (const auto added = m_compressor->add(text, m_compressed); !added)
        return added.failure();
    return store(m_compressed);
}

Result<> PartWriter::raw(QByteArrayView text, int statements)
{
    m_part.statements += statements;
    m_part.longestStatement = std::max<qint64>(m_part.longestStatement, text.size());
    return put(text);
}

Result<> PartWriter::statement(QByteArrayView text)
{
    if (const auto written = raw(text, 1); !written)
        return written.failure();
    return put(";\n");
}

Result<> PartWriter::row(QByteArrayView tuple, const QByteArray &insert, qint64 largestStatement)
{
    const auto limit = std::min<qint64>(InsertSize, largestStatement);
    if (!m_rows.isEmpty() && m_rows.size() + tuple.size() + 2 > limit) {
        if (const auto flushed = flushRows(); !flushed)
            return flushed.failure();
    }
    if (m_rows.isEmpty())
        m_rows.append(insert);
    else
        m_rows.append(",\n");
    m_rows.append(tuple);
    return Success;
}

Result<> PartWriter::flushRows()
{
    if (m_rows.isEmpty())
        return Success;
    m_rows.append(m_rowsEnd);
    m_rows.append(";\n");
    auto written = raw(m_rows, 1);
    m_rows.resize(0);
    return written;
}

Result<DumpPart> PartWriter::finish()
{
    if (const auto flushed = flushRows(); !flushed)
        return flushed.failure();
    if (m_compressor) {
        m_compressed.resize(0);
        if (const auto ended = m_compressor->finish(m_compressed); !ended)
            return ended.failure();
        if (const auto stored = store(m_compressed); !stored)
            return stored.failure();
    }
    if (const auto finished = m_file.finish(); !finished)
        return finished.failure();
    m_part.bytes = m_file.size();
    m_part.sha256 = m_hash->result();
    return m_part;
}

} // namespace Banister
