// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>

namespace Banister {

/// A checksum of a table's rows that does not depend on their order: the sum of the XXH3-128 of each
/// row's text modulo 2^128, so that rows that stand twice count twice.
class RowChecksum
{
public:
    void add(QByteArrayView row);
    void add(const RowChecksum &other);
    qint64 rows() const { return m_rows; }
    QByteArray toBytes() const; ///< 16 bytes, the most significant first

private:
    void addWords(uint64_t low, uint64_t high);

    uint64_t m_low = 0;
    uint64_t m_high = 0;
    qint64 m_rows = 0;
};

} // namespace Banister
