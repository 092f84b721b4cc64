// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <deque>
#include <mutex>

namespace Banister {

struct RingLine
{
    qint64 number = 0; ///< counts from 1 and never goes back
    QString text;
};

/// The most recent lines, for views that look in now and then: "all after n". Any thread.
class LogRing
{
public:
    explicit LogRing(qint64 capacity = 10000)
        : m_capacity(capacity)
    {}
    Q_DISABLE_COPY_MOVE(LogRing)

    /// One line, or several with \n between; a newline at the end adds no empty line.
    void append(const QString &text);
    /// The oldest first. Where the first number is not n + 1, lines between them are gone.
    QList<RingLine> after(qint64 number) const;
    /// Number of the newest line; 0 before the first.
    qint64 lastNumber() const;

private:
    mutable std::mutex m_mutex;
    std::deque<QString> m_lines;
    qint64 m_capacity;
    qint64 m_last = 0;
};

} // namespace Banister
