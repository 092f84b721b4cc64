// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "log/logentry.h"
#include "log/logindex.h"

namespace Banister {

/// What is new in a log since the last look.
struct LogNews
{
    bool isRestarted = false; ///< another log than before: forget what was shown
    QList<LogEntry> entries;
    std::optional<Error> error;
};

/// Follows a log file; used by one thread at a time, not the window's.
class LogTail
{
public:
    explicit LogTail(const QString &path)
        : m_index(path)
    {}

    /// At most the newest lines of what is new.
    LogNews look(Monitor &monitor);

private:
    LogIndex m_index;
    qint64 m_read = 0; ///< lines given so far
};

} // namespace Banister
