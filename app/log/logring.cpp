// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/logring.h"

#include <algorithm>

namespace Banister {

void LogRing::append(const QString &text)
{
    const auto lines = (text.endsWith(u'\n') ? text.chopped(1) : text).split(u'\n');
    const std::scoped_lock lock(m_mutex);
    for (const auto &line : lines) {
        m_lines.push_back(line);
        ++m_last;
        if (qint64(m_lines.size()) > m_capacity)
            m_lines.pop_front();
    }
}

QList<RingLine> LogRing::after(qint64 number) const
{
    const std::scoped_lock lock(m_mutex);
    const auto first = m_last - qint64(m_lines.size()) + 1;
    QList<RingLine> result;
    for (auto next = std::max(number + 1, first); next <= m_last; ++next)
        result.append({next, m_lines[size_t(next - first)]});
    return result;
}

qint64 LogRing::lastNumber() const
{
    const std::scoped_lock lock(m_mutex);
    return m_last;
}

} // namespace Banister
