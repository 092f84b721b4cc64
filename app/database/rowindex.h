// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtGlobal>

#include <cstdint>
#include <mutex>
#include <vector>

namespace Banister {

/// A row by its hashes: 128 bits for its key, so that two keys never meet in practice, 64 for what
/// is compared between two rows of the same key.
struct RowHash
{
    uint64_t keyHigh = 0;
    uint64_t keyLow = 0;
    uint64_t row = 0;

    /// \param row the literals that are compared, with commas; the key's come first
    /// \param keySize bytes of row that are the key's; 0: the whole row is the key
    static RowHash of(QByteArrayView row, qsizetype keySize);
    friend bool operator==(const RowHash &, const RowHash &) = default;
};

/// The rows that a table had: 24 bytes for each. First add() from any threads, then finish(), then
/// match() from any threads, each row of now once.
class RowIndex
{
public:
    enum class Method {
        Key,      ///< each key stands once
        WholeRows ///< equal rows may stand several times
    };
    enum class Match { Same, Changed, Added };

    RowIndex(Method method, qint64 rows);
    Method method() const { return m_method; }

    void add(const std::vector<RowHash> &rows);
    qint64 added() const { return m_added; }
    void finish();

    /// Compares a row of now, and notes that its row of then is still there.
    Match match(const RowHash &row);
    /// Whether a row of then was not matched: is gone. Of equal rows, as often as they are missing.
    /// After all match(); one thread.
    bool takeRemoved(const RowHash &row);
    static bool isSameKey(const RowHash &left, const RowHash &right);

private:
    RowHash *find(const RowHash &row);

    const Method m_method;
    std::mutex m_mutex; ///< while rows are added
    qint64 m_added = 0;
    /// The lowest bit of RowHash::row says whether it was matched; with WholeRows the whole number
    /// says how often it has still to be.
    std::vector<RowHash> m_rows;
};

} // namespace Banister
