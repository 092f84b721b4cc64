// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/linesplitter.h"

namespace Banister {

void LineSplitter::add(const QByteArray &bytes)
{
    const auto *const data = bytes.constData();
    qsizetype start = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = data[i];
        if (c == '\n' && m_endsWithReturn) {
            start = i + 1;
        } else if (c == '\n' || c == '\r') {
            append(QByteArrayView(data + start, i - start));
            deliver();
            start = i + 1;
        }
        m_endsWithReturn = c == '\r';
    }
    append(QByteArrayView(data + start, bytes.size() - start));
}

void LineSplitter::finish()
{
    if (!m_line.isEmpty())
        deliver();
}

void LineSplitter::append(QByteArrayView bytes)
{
    m_line.append(bytes);
    qsizetype start = 0;
    while (m_line.size() - start > m_longest) {
        // Not within a character of UTF-8, unless the bytes are none.
        auto end = start + m_longest;
        for (int i = 0; i < 3 && (uchar(m_line.at(end)) & 0xc0U) == 0x80; ++i)
            --end;
        m_deliver(m_line.mid(start, end - start));
        start = end;
    }
    m_line.remove(0, start);
}

void LineSplitter::deliver()
{
    m_deliver(m_line);
    m_line.clear();
}

} // namespace Banister
