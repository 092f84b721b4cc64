// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/tupletext.h"

#include <algorithm>
#include <array>
#include <numeric>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace Banister {

namespace {

/// What follows the backslash; 0: the byte stands for itself.
constexpr std::array<char, 256> escapes()
{
    std::array<char, 256> table{};
    table[0] = '0';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table[0x1a] = 'Z';
    table['\\'] = '\\';
    table['\''] = '\'';
    return table;
}

constexpr auto Escapes = escapes();

#ifdef __SSE2__
/// Copies blocks of 16 bytes up to the first byte that may need an escape: a quote, a backslash, or
/// anything below 0x20. May write up to 15 bytes more than it counts.
/// \return how many bytes were copied
size_t copyPlain(char *to, const char *from, size_t size)
{
    const auto quote = _mm_set1_epi8('\'');
    const auto backslash = _mm_set1_epi8('\\');
    const auto limit = _mm_set1_epi8(0x1f);
    constexpr size_t Width = sizeof(__m128i);
    size_t at = 0;
    for (; at + Width <= size; at += Width) {
        const auto block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from + at));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(to + at), block);
        const auto low = _mm_cmpeq_epi8(_mm_min_epu8(block, limit), block);
        const auto hit = _mm_or_si128(
            low, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
        if (const auto mask = unsigned(_mm_movemask_epi8(hit)); mask != 0)
            return at + size_t(__builtin_ctz(mask));
    }
    return at;
}
#else
size_t copyPlain(char *, const char *, size_t)
{
    return 0;
}
#endif

constexpr std::array<char, 16> Digits{
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

// Hexadecimal doubles a value: large ones are escaped, so that a row that the server took once
// does not become too large for it.
constexpr size_t LargestHex = 1024UL * 1024;

/// What a value may take beside its bytes, each of which may become two: a comma, quotes, "_binary",
/// and what copyPlain() writes too many.
constexpr size_t Beside = 32;

} // namespace

TupleText::TupleText(const QList<SchemaColumn> &columns)
{
    m_columns.reserve(size_t(columns.size()));
    for (const auto &column : columns) {
        m_columns.push_back({column.kind, column.introducer});
        m_beside += Beside + size_t(column.introducer.size());
    }
}

void TupleText::appendText(const char *value, size_t size)
{
    auto *to = m_to;
    *to++ = '\'';
    const auto *const end = value + size;
    while (value < end) {
        const auto plain = copyPlain(to, value, size_t(end - value));
        to += plain;
        value += plain;
        // At most to the end of a block: what follows an escape is often plain again.
        constexpr ptrdiff_t Width = 16;
        const auto *const stop = value + std::min(Width, end - value);
        for (; value < stop; ++value) {
            if (const auto escape = Escapes[static_cast<unsigned char>(*value)]) {
                *to++ = '\\';
                *to++ = escape;
            } else {
                *to++ = *value;
            }
        }
    }
    *to++ = '\'';
    m_to = to;
}

void TupleText::appendBinary(const char *value, size_t size)
{
    if (size == 0 || size > LargestHex) {
        append("_binary");
        appendText(value, size);
    } else {
        appendHex(value, size);
    }
}

void TupleText::appendEncoded(const Column &column, const char *value, size_t size)
{
    const auto isAscii = [](char letter) { return static_cast<unsigned char>(letter) < 0x80; };
    const bool isPlain =
        size == 0 || (column.introducer == "_ascii" && std::all_of(value, value + size, isAscii));
    if (isPlain) {
        appendText(value, size);
        return;
    }
    append({column.introducer.constData(), size_t(column.introducer.size())});
    append(" ");
    appendHex(value, size);
}

void TupleText::append(std::string_view text)
{
    m_to = std::copy(text.begin(), text.end(), m_to);
}

void TupleText::appendHex(const char *value, size_t size)
{
    append("0x");
    for (size_t index = 0; index < size; ++index) {
        const auto byte = static_cast<unsigned char>(value[index]);
        *m_to++ = Digits[byte >> 4U];
        *m_to++ = Digits[byte & 0x0fU];
    }
}

QByteArrayView TupleText::write(const char *const *values, const unsigned long *lengths)
{
    const auto bytes = std::accumulate(lengths, lengths + m_columns.size(), size_t(0));
    constexpr size_t Parentheses = 2;
    const auto needed = 2 * bytes + m_beside + Parentheses;
    if (m_buffer.size() < needed)
        m_buffer.resize(std::max(needed, 2 * m_buffer.size()));
    m_to = m_buffer.data();
    *m_to++ = '(';
    for (size_t index = 0; index < m_columns.size(); ++index) {
        if (index > 0)
            *m_to++ = ',';
        const auto *value = values[index];
        const auto size = size_t(lengths[index]);
        if (!value) {
            append("NULL");
            continue;
        }
        switch (const auto &column = m_columns[index]; column.kind) {
        case ColumnKind::Number:
            append({value, size});
            break;
        case ColumnKind::Text:
            appendText(value, size);
            break;
        case ColumnKind::Binary:
            appendBinary(value, size);
            break;
        case ColumnKind::Encoded:
            appendEncoded(column, value, size);
            break;
        }
    }
    *m_to++ = ')';
    return {m_buffer.data(), m_to - m_buffer.data()};
}

} // namespace Banister
