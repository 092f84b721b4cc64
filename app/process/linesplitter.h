// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>

namespace Banister {

/// Cuts a stream of bytes into lines: at LF, CR LF and CR, and at the longest length allowed.
class LineSplitter
{
public:
    explicit LineSplitter(std::function<void(const QByteArray &)> deliver,
                          qsizetype longest = qsizetype(64) << 10)
        : m_deliver(std::move(deliver))
        , m_longest(longest)
    {}

    void add(const QByteArray &bytes);
    /// Delivers what is left without a line break.
    void finish();

private:
    void append(QByteArrayView bytes);
    void deliver();

    std::function<void(const QByteArray &)> m_deliver;
    qsizetype m_longest;
    QByteArray m_line;
    bool m_endsWithReturn = false; ///< a line feed that follows belongs to it
};

} // namespace Banister
