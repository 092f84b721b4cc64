// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowchecksum.h"

#include <QtEndian>

#include <array>
#include <xxhash.h>

namespace Banister {

void RowChecksum::addWords(uint64_t low, uint64_t high)
{
    m_low += low;
    m_high += high + (m_low < low ? 1 : 0);
}

void RowChecksum::add(QByteArrayView row)
{
    const auto hash = ::XXH3_128bits(row.data(), size_t(row.size()));
    addWords(hash.low64, hash.high64);
    ++m_rows;
}

void RowChecksum::add(const RowChecksum &other)
{
    addWords(other.m_low, other.m_high);
    m_rows += other.m_rows;
}

QByteArray RowChecksum::toBytes() const
{
    std::array<char, 2 * sizeof(uint64_t)> bytes{};
    qToBigEndian(m_high, bytes.data());
    qToBigEndian(m_low, bytes.data() + sizeof(uint64_t));
    return {bytes.data(), qsizetype(bytes.size())};
}

} // namespace Banister
