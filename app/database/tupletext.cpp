// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/tupletext.h"

#include <algorithm>
#include <array>
#include <cstring>

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

/// How many bytes from the start need no escape.
size_t plainLength(const char *text, size_t size)
{
    size_t at = 0;
#ifdef __SSE2__
    // Suspicious: a quote, a backslash, or anything below 0x20 (tabs are let through below).
    const auto quote = _mm_set1_epi8('\'');
    const auto backslash = _mm_set1_epi8('\\');
    const auto limit = _mm_set1_epi8(0x1f);
    constexpr size_t Width = sizeof(__m128i);
    for (; at + Width <= size; at += Width) {
        const auto block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text + at));
        const auto low = _mm_cmpeq_epi8(_mm_min_epu8(block, limit), block);
        const auto hit = _mm_or_si128(
            low, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
        if (const auto mask = unsigned(_mm_movemask_epi8(hit)); mask != 0)
            return at + size_t(__builtin_ctz(mask));
    }
#endif
    while (at < size && Escapes[static_cast<unsigned char>(text[at])] == 0)
        ++at;
    return at;
}

constexpr std::array<char, 16> Digits{
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

// Hexadecimal doubles a value: large ones are escaped, so that a row that the server took once
// does not become too large for it.
constexpr size_t LargestHex = 1024UL * 1024;

} // namespace

TupleText::TupleText(const QList<SchemaColumn> &columns)
{
    m_columns.reserve(size_t(columns.size()));
    for (const auto &column : columns)
        m_columns.push_back({column.kind, column.introducer});
    constexpr size_t FirstSize = 4096;
    m_buffer.resize(FirstSize);
}

char *TupleText::grow(size_t size)
{
    if (m_size + size > m_buffer.size())
        m_buffer.resize(std::max(m_size + size, m_buffer.size() * 2));
    return m_buffer.data() + m_size;
}

void TupleText::appendText(const char *value, size_t size)
{
    constexpr size_t Quotes = 2;
    auto *to = grow(2 * size + Quotes);
    *to++ = '\'';
    const char *from = value;
    size_t left = size;
    while (left > 0) {
        const auto plain = plainLength(from, left);
        std::memcpy(to, from, plain);
        to += plain;
        from += plain;
        left -= plain;
        if (left == 0)
            break;
        if (const auto escape = Escapes[static_cast<unsigned char>(*from)]) {
            *to++ = '\\';
            *to++ = escape;
        } else {
            *to++ = *from;
        }
        ++from;
        --left;
    }
    *to++ = '\'';
    m_size = size_t(to - m_buffer.data());
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
    std::memcpy(grow(text.size()), text.data(), text.size());
    m_size += text.size();
}

void TupleText::appendHex(const char *value, size_t size)
{
    auto *to = grow(2 * size + 2);
    *to++ = '0';
    *to++ = 'x';
    for (size_t index = 0; index < size; ++index) {
        const auto byte = static_cast<unsigned char>(value[index]);
        *to++ = Digits[byte >> 4U];
        *to++ = Digits[byte & 0x0fU];
    }
    m_size = size_t(to - m_buffer.data());
}

QByteArrayView TupleText::write(const char *const *values, const unsigned long *lengths)
{
    m_size = 0;
    *grow(1) = '(';
    ++m_size;
    for (size_t index = 0; index < m_columns.size(); ++index) {
        if (index > 0) {
            *grow(1) = ',';
            ++m_size;
        }
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
    *grow(1) = ')';
    ++m_size;
    return {m_buffer.data(), qsizetype(m_size)};
}

} // namespace Banister
