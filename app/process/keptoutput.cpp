// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/keptoutput.h"

#include <algorithm>

namespace Banister {

void KeptOutput::add(const QByteArray &bytes)
{
    m_total += bytes.size();
    const auto first = std::min(bytes.size(), m_half - m_head.size());
    m_head += bytes.left(first);
    m_tail += bytes.mid(first);
    if (m_tail.size() > 2 * m_half)
        m_tail = m_tail.right(m_half);
}

qint64 KeptOutput::leftOut() const
{
    return std::max(qint64(0), m_total - m_head.size() - m_half);
}

QByteArray KeptOutput::toBytes() const
{
    if (!isTruncated())
        return m_head + m_tail;
    return m_head + "\n[... " + QByteArray::number(leftOut()) + " bytes left out ...]\n"
           + m_tail.right(m_half);
}

} // namespace Banister
