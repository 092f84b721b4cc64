// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/logreader.h"

#include "log/logerror.h"

#include <QFileInfo>

#include <utility>

namespace Banister {

namespace {

constexpr qint64 longestLine = 1 << 16;
constexpr qsizetype longestEntry = 1 << 20; ///< characters; an entry goes on as another one then

} // namespace

LogReader::LogReader(std::unique_ptr<QFile> file)
    : m_file(std::move(file))
{}

Result<LogReader> LogReader::open(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    if (!QFileInfo(path).isFile() || !file->open(QIODevice::ReadOnly)) {
        const auto reason = file->error() == QFile::NoError ? tr("it is not there, or not a file")
                                                            : file->errorString();
        return Error{
            LogError::ReadFailed, tr("The log %1 cannot be read: %2.").arg(path, reason), path, {}};
    }
    return LogReader(std::move(file));
}

Result<std::optional<LogEntry>> LogReader::next()
{
    for (;;) {
        auto bytes = m_file->readLine(longestLine);
        if (bytes.isEmpty()) {
            if (m_file->error() != QFile::NoError) {
                return Error{LogError::ReadFailed,
                             tr("The log %1 cannot be read: %2.")
                                 .arg(m_file->fileName(), m_file->errorString()),
                             m_file->fileName(),
                             {}};
            }
            return std::exchange(m_pending, std::nullopt);
        }
        if (bytes.endsWith('\n'))
            bytes.chop(1);
        const auto line = QString::fromUtf8(bytes);
        auto started = parseLogLine(line);
        const bool isTooLong = m_pending && m_pending->text.size() > longestEntry;
        if (!started && m_pending && !isTooLong) {
            m_pending->text += u'\n' + line;
            if (m_pending->level == LogLevel::Info)
                m_pending->level = levelOf(line);
            continue;
        }
        if (!started) {
            started = LogEntry{};
            started->level = levelOf(line);
            started->text = line;
        }
        auto complete = std::exchange(m_pending, std::move(started));
        if (complete)
            return complete;
    }
}

} // namespace Banister
