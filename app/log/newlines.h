// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace Banister {

/// One bit for each of the 64 bytes: whether it is a newline; the first byte is the lowest bit.
inline std::uint64_t newlinesOf64(const char *bytes)
{
#if defined(__SSE2__)
    const __m128i newline = _mm_set1_epi8('\n');
    std::uint64_t mask = 0;
    for (qsizetype part = 3; part >= 0; --part) {
        const auto *from = reinterpret_cast<const __m128i *>(bytes + 16 * part);
        const auto equal = _mm_cmpeq_epi8(_mm_loadu_si128(from), newline);
        mask = mask << 16 | std::uint32_t(_mm_movemask_epi8(equal));
    }
    return mask;
#else
    std::uint64_t mask = 0;
    for (int at = 0; at < 64; ++at)
        mask |= std::uint64_t(bytes[at] == '\n') << at;
    return mask;
#endif
}

/// Counts on from a number of newlines, and calls mark(offset) with the byte after each whose
/// number is a multiple of 64. Returns the new number.
template<typename Mark>
qint64 countNewlines(QByteArrayView bytes, qint64 number, Mark mark)
{
    constexpr qint64 every = 64;
    qsizetype at = 0;
    for (; at + 64 <= bytes.size(); at += 64) {
        auto mask = newlinesOf64(bytes.data() + at);
        const auto count = std::popcount(mask);
        auto before = every - number % every; // newlines up to the one to be marked
        number += count;
        if (count < before)
            continue;
        while (--before > 0)
            mask &= mask - 1;
        mark(at + std::countr_zero(mask) + 1);
    }
    for (; at < bytes.size(); ++at) {
        if (bytes[at] == '\n' && ++number % every == 0)
            mark(at + 1);
    }
    return number;
}

inline qint64 countNewlines(QByteArrayView bytes)
{
    return countNewlines(bytes, 0, [](qsizetype) {});
}

} // namespace Banister
