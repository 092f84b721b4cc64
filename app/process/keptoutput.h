// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Banister {

/// Keeps the beginning and the end of a stream of any length.
class KeptOutput
{
public:
    explicit KeptOutput(qint64 limit)
        : m_half(limit / 2)
    {}

    void add(const QByteArray &bytes);
    bool isTruncated() const { return leftOut() > 0; }
    /// With a line that says how many bytes are left out, where some are.
    QByteArray toBytes() const;

private:
    qint64 leftOut() const;

    qsizetype m_half;
    qint64 m_total = 0;
    QByteArray m_head;
    QByteArray m_tail; ///< up to twice as long as what is kept of it
};

} // namespace Banister
