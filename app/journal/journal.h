// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "journal/filedescriptor.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace Banister {

/// Append-only file of JSON lines, each whole or ignored: what append() has returned for is on disk.
///
/// A line that a crash cut short can only be the last: it is ignored, and cut off by open(). Damage
/// anywhere else is an error that names the line. One writer at a time (see RunLock), on any one
/// thread; readers may come at any time. The file belongs to its owner alone (mode 0600).
class Journal
{
public:
    /// A new, empty file; its folder must exist. JournalError.CannotCreate where the file exists.
    static Result<Journal> create(const QString &path);
    /// To go on writing. JournalError.CannotOpen, .Damaged.
    static Result<Journal> open(const QString &path);
    /// All whole records, each with "seq" (1, 2, …) and "time" (ISO 8601, UTC, milliseconds), also
    /// while another process writes.
    static Result<QList<QJsonObject>> read(const QString &path);

    /// Returns when the record, with its "seq" and "time", is on disk. The names "sum", "seq" and
    /// "time" are taken. After an error (JournalError.DiskFull, .CannotWrite) the file ends
    /// with the last whole record, and appending may be tried again. A file that was deleted or
    /// written by others (JournalError.Gone, .Changed) is not written to.
    Result<QJsonObject> append(const QJsonObject &record);

    const QString &path() const { return m_path; }
    /// The number of the last record; 0 while there is none.
    qint64 lastNumber() const { return m_lastNumber; }

private:
    Journal(const QString &path, FileDescriptor file)
        : m_path(path)
        , m_file(std::move(file))
    {}
    Result<> writeDurably(const QByteArray &line);
    Result<> cutToLastRecord();
    Result<> checkStillThere() const;

    QString m_path;
    FileDescriptor m_file;
    qint64 m_end = 0; ///< bytes of whole records
    qint64 m_lastNumber = 0;
    bool m_hasDebris = false; ///< bytes of a failed append could not be cut off yet
};

} // namespace Banister
