// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowindex.h"

#include <algorithm>
#include <atomic>
#include <tuple>
#include <xxhash.h>

namespace Banister {

namespace {

constexpr uint64_t MatchedBit = 1;

bool isBefore(const RowHash &left, const RowHash &right)
{
    return std::tie(left.keyHigh, left.keyLow) < std::tie(right.keyHigh, right.keyLow);
}

} // namespace

RowHash RowHash::of(QByteArrayView row, qsizetype keySize)
{
    const auto key = ::XXH3_128bits(row.data(), size_t(keySize == 0 ? row.size() : keySize));
    if (keySize == 0)
        return {key.high64, key.low64, 1};
    return {key.high64, key.low64, ::XXH3_64bits(row.data(), size_t(row.size())) & ~MatchedBit};
}

bool RowIndex::isSameKey(const RowHash &left, const RowHash &right)
{
    return left.keyHigh == right.keyHigh && left.keyLow == right.keyLow;
}

RowIndex::RowIndex(Method method, qint64 rows)
    : m_method(method)
{
    m_rows.reserve(size_t(rows));
}

void RowIndex::add(const std::vector<RowHash> &rows)
{
    const std::scoped_lock lock(m_mutex);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    m_added += qint64(rows.size());
}

void RowIndex::finish()
{
    std::sort(m_rows.begin(), m_rows.end(), isBefore);
    if (m_method == Method::Key || m_rows.empty())
        return;
    size_t last = 0;
    for (size_t index = 1; index < m_rows.size(); ++index) {
        if (isSameKey(m_rows[last], m_rows[index]))
            m_rows[last].row += m_rows[index].row;
        else
            m_rows[++last] = m_rows[index];
    }
    m_rows.resize(last + 1);
}

RowHash *RowIndex::find(const RowHash &row)
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), row, isBefore);
    return found != m_rows.end() && isSameKey(*found, row) ? &*found : nullptr;
}

RowIndex::Match RowIndex::match(const RowHash &row)
{
    auto *found = find(row);
    if (!found)
        return Match::Added;
    const std::atomic_ref<uint64_t> state(found->row);
    if (m_method == Method::Key) {
        const auto former = state.fetch_or(MatchedBit, std::memory_order_relaxed);
        return (former & ~MatchedBit) == row.row ? Match::Same : Match::Changed;
    }
    auto left = state.load(std::memory_order_relaxed);
    while (left > 0) {
        if (state.compare_exchange_weak(left, left - 1, std::memory_order_relaxed))
            return Match::Same;
    }
    return Match::Added;
}

bool RowIndex::takeRemoved(const RowHash &row)
{
    auto *found = find(row);
    if (!found)
        return false;
    if (m_method == Method::Key)
        return (found->row & MatchedBit) == 0;
    if (found->row == 0)
        return false;
    --found->row;
    return true;
}

} // namespace Banister
