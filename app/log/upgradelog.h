// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "log/logentry.h"

#include <QCoreApplication>
#include <QString>

#include <functional>
#include <memory>
#include <mutex>

namespace Banister {

class LogRing;
class Redactor;

/// Writes the upgrade log: appends, never rewrites, and takes secrets out.
///
/// The file is created with mode 0600; one that exists is narrowed to it, and no link is followed.
/// An entry is one write. Where the disk is full the log goes on as soon as it can, and says how
/// many entries are missing. All functions may be called from any thread.
class UpgradeLog
{
    Q_DECLARE_TR_FUNCTIONS(UpgradeLog)

public:
    using Clock = std::function<QDateTime()>;

    /// The redactor, and the ring that gets each line as well, must live longer than the log.
    /// Errors: LogError::OpenFailed.
    static Result<std::unique_ptr<UpgradeLog>>
    open(const QString &path, const Redactor &redactor, LogRing *ring = nullptr, Clock clock = {});
    ~UpgradeLog();
    Q_DISABLE_COPY_MOVE(UpgradeLog)

    /// The level goes into the line as a word, the step as its code in brackets.
    void append(const QString &text, LogLevel level = LogLevel::Info, const QString &step = {});

    /// Renames the file, across file systems too, and goes on there. Existing files are not replaced.
    /// Errors: LogError::MoveFailed; then the log goes on where it is.
    Result<> moveTo(const QString &newPath);

    /// Brings all that was written to the disk. Errors: LogError::WriteFailed, also where entries
    /// are missing.
    Result<> sync();

    QString path() const;
    /// Entries that could not be written, and which the log does not tell of yet.
    qint64 missingEntries() const;

private:
    UpgradeLog(int file, QString path, const Redactor &redactor, LogRing *ring, Clock clock);
    bool writeAll(const QByteArray &bytes);
    Result<> copyTo(const QString &newPath);

    mutable std::mutex m_mutex;
    int m_file;
    QString m_path;
    const Redactor &m_redactor;
    LogRing *m_ring;
    Clock m_clock;
    qint64 m_missing = 0;
    int m_reason = 0;         ///< errno of the last write that failed
    bool m_isMidLine = false; ///< a part of an entry was written and not its end
};

} // namespace Banister
