// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/compressedfile.h"

#include "database/databaseerror.h"

#include <QByteArray>
#include <QFile>

#define ZLIB_CONST // its input is not changed
#include <algorithm>
#include <cstring>
#include <zlib.h>
#include <zstd.h>

namespace Banister {

namespace {

constexpr qsizetype blockSize = qsizetype(128) * 1024;

/// Packed bytes that wait to be unpacked.
struct Input
{
    const char *data = nullptr;
    size_t size = 0;
};

/// What came of one call.
struct Unpacked
{
    size_t count = 0;          ///< bytes written
    const char *why = nullptr; ///< the library's words where the data are damaged
};

} // namespace

class CompressedFile::Unpacker
{
public:
    virtual ~Unpacker() = default;
    /// Takes from the input what it can use.
    virtual Unpacked run(Input &input, char *to, size_t size) = 0;
    /// Whether the data may end here.
    virtual bool isComplete() const = 0;

protected:
    Unpacker() = default;
    Q_DISABLE_COPY_MOVE(Unpacker)
};

class CompressedFile::PlainUnpacker : public Unpacker
{
public:
    Unpacked run(Input &input, char *to, size_t size) override
    {
        const auto count = std::min(size, input.size);
        std::memcpy(to, input.data, count);
        input.data += count;
        input.size -= count;
        return {count, nullptr};
    }
    bool isComplete() const override { return true; }
};

class CompressedFile::GzipUnpacker : public Unpacker
{
public:
    GzipUnpacker()
    {
        constexpr int gzipWindow = 15 + 16;
        m_isOpen = ::inflateInit2(&m_stream, gzipWindow) == Z_OK;
    }
    ~GzipUnpacker() override { ::inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(GzipUnpacker)

    Unpacked run(Input &input, char *to, size_t size) override
    {
        if (!m_isOpen)
            return {0, "inflateInit2"};
        if (m_isComplete) { // gzip files may stand one behind the other
            ::inflateReset(&m_stream);
            m_isComplete = false;
        }
        m_stream.next_in = reinterpret_cast<const Bytef *>(input.data);
        m_stream.avail_in = uInt(input.size);
        m_stream.next_out = reinterpret_cast<Bytef *>(to);
        m_stream.avail_out = uInt(size);
        const int state = ::inflate(&m_stream, Z_NO_FLUSH);
        input.data = reinterpret_cast<const char *>(m_stream.next_in);
        input.size = m_stream.avail_in;
        if (state == Z_STREAM_END)
            m_isComplete = true;
        else if (state != Z_OK && state != Z_BUF_ERROR)
            return {0, m_stream.msg ? m_stream.msg : "inflate"};
        return {size - m_stream.avail_out, nullptr};
    }
    bool isComplete() const override { return m_isComplete; }

private:
    z_stream m_stream{};
    bool m_isOpen = false;
    bool m_isComplete = false;
};

class CompressedFile::ZstdUnpacker : public Unpacker
{
public:
    Unpacked run(Input &input, char *to, size_t size) override
    {
        ZSTD_inBuffer in{input.data, input.size, 0};
        ZSTD_outBuffer out{to, size, 0};
        const auto left = ::ZSTD_decompressStream(m_stream.get(), &out, &in);
        input.data += in.pos;
        input.size -= in.pos;
        if (::ZSTD_isError(left) != 0)
            return {0, ::ZSTD_getErrorName(left)};
        m_isComplete = left == 0;
        return {out.pos, nullptr};
    }
    bool isComplete() const override { return m_isComplete; }

private:
    std::unique_ptr<ZSTD_DStream, decltype(&::ZSTD_freeDStream)> m_stream{::ZSTD_createDStream(),
                                                                          &::ZSTD_freeDStream};
    bool m_isComplete = false;
};

struct CompressedFile::Private
{
    QFile file;
    std::unique_ptr<Unpacker> unpacker;
    QByteArray block;
    Input input; ///< within block
    Sha256 *hash = nullptr;
};

CompressedFile::CompressedFile(std::unique_ptr<Private> parts)
    : m_d(std::move(parts))
{}

CompressedFile::CompressedFile(CompressedFile &&) noexcept = default;
CompressedFile &CompressedFile::operator=(CompressedFile &&) noexcept = default;
CompressedFile::~CompressedFile() = default;

Result<CompressedFile> CompressedFile::open(const QString &path, Sha256 *hash)
{
    auto parts = std::make_unique<Private>();
    parts->file.setFileName(path);
    parts->hash = hash;
    if (!parts->file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error{
            DatabaseError::DumpIncomplete,
            tr("The dump's file %1 cannot be opened: %2.").arg(path, parts->file.errorString()),
            path,
            {}};
    const auto magic = parts->file.peek(4);
    if (magic == QByteArrayView("\x28\xB5\x2F\xFD"))
        parts->unpacker = std::make_unique<ZstdUnpacker>();
    else if (magic.startsWith("\x1F\x8B"))
        parts->unpacker = std::make_unique<GzipUnpacker>();
    else
        parts->unpacker = std::make_unique<PlainUnpacker>();
    parts->block.resize(blockSize);
    return CompressedFile(std::move(parts));
}

Error CompressedFile::damaged(const QString &path, qint64 position, const char *why)
{
    return {DatabaseError::DumpDamaged,
            tr("The dump's file %1 is damaged at byte %2.").arg(path).arg(position),
            QString::fromUtf8(why),
            {}};
}

qint64 CompressedFile::position() const
{
    return m_d->file.pos() - qint64(m_d->input.size);
}

QString CompressedFile::path() const
{
    return m_d->file.fileName();
}

Result<qint64> CompressedFile::read(char *to, qint64 size)
{
    while (true) {
        if (m_d->input.size == 0) {
            const auto count = m_d->file.read(m_d->block.data(), m_d->block.size());
            if (count < 0)
                return damaged(path(), m_d->file.pos(), qPrintable(m_d->file.errorString()));
            if (count == 0 && m_d->unpacker->isComplete())
                return qint64(0);
            if (count == 0)
                return damaged(path(), m_d->file.pos(), "The file is cut short.");
            m_d->input = {m_d->block.constData(), size_t(count)};
            if (m_d->hash)
                m_d->hash->add(QByteArrayView(m_d->block.constData(), count));
        }
        const auto unpacked = m_d->unpacker->run(m_d->input, to, size_t(size));
        if (unpacked.why)
            return damaged(path(), position(), unpacked.why);
        if (unpacked.count > 0)
            return qint64(unpacked.count);
    }
}

} // namespace Banister
