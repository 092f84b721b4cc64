// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace Banister {

struct LogQuery;
struct LogHits;

/// Where the lines of a log are, of any size, which may grow meanwhile: the place of every 64th line,
/// some 0.13 bytes a line. The file is read in blocks, never mapped, so that one that is cut while it
/// is read does no harm. Lines are counted from 0; the last one may lack its newline. Used by one thread
/// at a time, not the GUI's; it uses a second one by itself.
class LogIndex
{
    Q_DECLARE_TR_FUNCTIONS(LogIndex)

public:
    enum class Change { None, Grown, Restarted };

    /// Lines are given up to here, and then end with "…".
    static constexpr qint64 maximumLineBytes = 65536;

    explicit LogIndex(QString path);
    ~LogIndex();
    Q_DISABLE_COPY_MOVE(LogIndex)

    /// Takes in what is new. Restarted: the file was cut, or another one has its name, so that the
    /// numbers mean other lines. Errors: LogError::ReadFailed. When cancelled, what was
    /// taken in before still holds.
    Result<Change> update(Monitor &monitor);

    qint64 lineCount() const { return m_lineCount; }
    qint64 sizeInBytes() const { return m_size; }
    qint64 memoryInBytes() const;

    /// At most so many lines, fewer at the end. Errors: LogError::ReadFailed.
    Result<QStringList> lines(qint64 first, qint64 count) const;
    /// See LogQuery. Errors: LogError::BadPattern, ReadFailed.
    Result<LogHits> search(const LogQuery &query, Monitor &monitor) const;

private:
    /// A range of the file that begins with a line.
    struct Segment
    {
        qint64 firstLine = 0;
        qint64 firstByte = 0;
        qint64 newlines = 0;
        std::vector<qint64> marks; ///< start of its line 64, 128, …
    };

    Result<> open();
    void close();
    bool isOther() const;
    /// Tells how many bytes were read; ends where that answers false.
    Result<>
    scan(Segment &segment, qint64 from, qint64 to, const std::function<bool(qint64)> &read) const;
    Result<qint64> lineAfter(qint64 offset, qint64 end, qint64 newlines) const;
    Result<qint64> offsetOf(qint64 line) const;
    QByteArray printOf(qint64 size) const;
    Error readError(int reason) const;

    QString m_path;
    int m_file = -1;
    std::vector<Segment> m_segments;
    qint64 m_size = 0; ///< bytes taken in
    qint64 m_lineCount = 0;
    QByteArray m_print; ///< bytes from the beginning and the end of what was taken in
};

} // namespace Banister
