// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/support/logtail.h"

#include <algorithm>

namespace Banister {

namespace {

constexpr qint64 MostLines = 50'000;

} // namespace

LogNews LogTail::look(Monitor &monitor)
{
    LogNews news;
    const auto change = m_index.update(monitor);
    if (!change) {
        if (change.isError())
            news.error = change.error();
        return news;
    }
    if (*change == LogIndex::Change::Restarted) {
        news.isRestarted = true;
        m_read = 0;
    }
    const auto count = m_index.lineCount();
    const auto first = std::max(m_read, count - MostLines);
    if (first >= count)
        return news;
    const auto lines = m_index.lines(first, count - first);
    if (!lines) {
        if (lines.isError())
            news.error = lines.error();
        return news;
    }
    m_read = count;
    for (const auto &line : *lines) {
        if (auto entry = parseLogLine(line))
            news.entries.append(std::move(*entry));
        else if (!news.entries.isEmpty())
            news.entries.last().text += u'\n' + line;
        else
            news.entries.append({{}, levelOf(line), {}, line});
    }
    return news;
}

} // namespace Banister
