// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "log/logentry.h"

#include <QCoreApplication>
#include <QFile>

#include <memory>
#include <optional>

namespace Banister {

/// Reads an upgrade log entry by entry, in bounded memory. Used by one thread.
class LogReader
{
    Q_DECLARE_TR_FUNCTIONS(LogReader)

public:
    /// Errors: LogError::ReadFailed.
    static Result<LogReader> open(const QString &path);

    /// The next entry; nothing at the end. Lines before the first entry are an entry without a time.
    Result<std::optional<LogEntry>> next();

private:
    explicit LogReader(std::unique_ptr<QFile> file);

    std::unique_ptr<QFile> m_file;
    std::optional<LogEntry> m_pending;
};

} // namespace Banister
