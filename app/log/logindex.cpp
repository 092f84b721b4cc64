// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/logindex.h"

#include "log/logerror.h"
#include "log/logsearch.h"
#include "log/newlines.h"

#include <QFile>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 every = 64;
constexpr qint64 blockBytes = 1 << 20;
constexpr qint64 pageBytes = 1 << 16;
constexpr qint64 worthAThread = 4 << 20;
constexpr qint64 printBytes = 256;

/// The bytes that are there; fewer at the end. -1 and errno on failure.
qint64 readAt(int file, char *to, qint64 size, qint64 offset)
{
    ssize_t count = 0;
    do
        count = ::pread(file, to, size_t(size), offset);
    while (count < 0 && errno == EINTR);
    return count;
}

/// Grows by a quarter, not by doubling: the index stays small.
void push(std::vector<qint64> &marks, qint64 mark)
{
    if (marks.size() == marks.capacity())
        marks.reserve(marks.size() + marks.size() / 4 + 64);
    marks.push_back(mark);
}

} // namespace

LogIndex::LogIndex(QString path)
    : m_path(std::move(path))
{}

LogIndex::~LogIndex()
{
    close();
}

Error LogIndex::readError(int reason) const
{
    return {LogError::ReadFailed,
            tr("The log %1 cannot be read: %2.").arg(m_path, qt_error_string(reason)),
            m_path,
            {}};
}

Result<> LogIndex::open()
{
    m_file = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_file < 0)
        return readError(errno);
    struct stat status = {};
    if (::fstat(m_file, &status) != 0)
        return readError(errno);
    if (!S_ISREG(status.st_mode))
        return readError(S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
    return Success;
}

void LogIndex::close()
{
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
    m_segments.clear();
    m_size = 0;
    m_lineCount = 0;
    m_print.clear();
}

/// Some bytes that tell this file from another one of the same name.
QByteArray LogIndex::printOf(qint64 size) const
{
    const auto count = std::min(size, printBytes);
    QByteArray print(2 * count, '\0');
    if (readAt(m_file, print.data(), count, 0) != count
        || readAt(m_file, print.data() + count, count, size - count) != count)
        return {};
    return print;
}

bool LogIndex::isOther() const
{
    struct stat named = {};
    struct stat opened = {};
    if (::stat(QFile::encodeName(m_path).constData(), &named) != 0 || ::fstat(m_file, &opened) != 0)
        return true;
    return named.st_dev != opened.st_dev || named.st_ino != opened.st_ino || opened.st_size < m_size
           || printOf(m_size) != m_print;
}

Result<LogIndex::Change> LogIndex::update(Monitor &monitor)
{
    bool isRestarted = false;
    if (m_file >= 0 && isOther()) {
        close();
        isRestarted = true;
    }
    if (m_file < 0) {
        if (auto opened = open(); !opened) {
            close();
            return opened.failure();
        }
    }
    struct stat status = {};
    if (::fstat(m_file, &status) != 0)
        return readError(errno);
    const qint64 end = status.st_size;
    if (end == m_size)
        return isRestarted ? Change::Restarted : Change::None;

    if (m_segments.empty())
        m_segments.emplace_back();
    auto middle = end;
    if (end - m_size >= worthAThread) {
        const auto line = lineAfter(m_size + (end - m_size) / 2, end, 1);
        if (!line)
            return line.failure();
        middle = *line;
    }
    Segment second;
    second.firstByte = middle;
    Result<> secondScan = Success;
    auto first = m_segments.back();
    Result<> firstScan = Success;
    std::atomic<qint64> done = m_size; // by both threads
    const auto read = [&](qint64 bytes) {
        monitor.report({done += bytes, end, tr("Reading the log")});
        return !monitor.isCancelRequested();
    };
    {
        std::jthread other;
        if (middle < end)
            other = std::jthread([&] { secondScan = scan(second, middle, end, read); });
        firstScan = scan(first, m_size, middle, read);
    }
    for (const auto *scanned : {&firstScan, &secondScan}) {
        if (!*scanned)
            return scanned->failure(); // what was taken in before still holds
    }
    m_segments.back() = std::move(first);
    if (middle < end) {
        second.firstLine = m_segments.back().firstLine + m_segments.back().newlines;
        m_segments.push_back(std::move(second));
    }
    m_size = end;
    char last = '\n';
    readAt(m_file, &last, 1, end - 1);
    const auto &tail = m_segments.back();
    m_lineCount = tail.firstLine + tail.newlines + (last == '\n' ? 0 : 1);
    m_print = printOf(end);
    return isRestarted ? Change::Restarted : Change::Grown;
}

Result<> LogIndex::scan(Segment &segment,
                        qint64 from,
                        qint64 to,
                        const std::function<bool(qint64)> &read) const
{
    QByteArray block(std::min(blockBytes, to - from), Qt::Uninitialized);
    while (from < to) {
        const auto wanted = std::min<qint64>(block.size(), to - from);
        const auto count = readAt(m_file, block.data(), wanted, from);
        if (count <= 0)
            return readError(count < 0 ? errno : EIO);
        const auto bytes = QByteArrayView(block).first(count);
        segment.newlines = countNewlines(
            bytes, segment.newlines, [&](qsizetype at) { push(segment.marks, from + at); });
        from += count;
        if (!read(count))
            return Cancelled{};
    }
    return Success;
}

/// Where the line begins that so many newlines after the offset end; the end where there are fewer.
Result<qint64> LogIndex::lineAfter(qint64 offset, qint64 end, qint64 newlines) const
{
    QByteArray block(pageBytes, Qt::Uninitialized);
    while (offset < end && newlines > 0) {
        const auto count =
            readAt(m_file, block.data(), std::min<qint64>(block.size(), end - offset), offset);
        if (count <= 0)
            return readError(count < 0 ? errno : EIO);
        const auto bytes = QByteArrayView(block).first(count);
        qsizetype at = 0;
        for (; newlines > 0 && at < count; --newlines) {
            const auto newline = bytes.indexOf('\n', at);
            if (newline < 0) {
                at = count;
                break;
            }
            at = newline + 1;
        }
        offset += at;
    }
    return offset;
}

Result<qint64> LogIndex::offsetOf(qint64 line) const
{
    const auto after = std::upper_bound(
        m_segments.cbegin(), m_segments.cend(), line, [](qint64 wanted, const Segment &segment) {
            return wanted < segment.firstLine;
        });
    const auto &segment = *std::prev(after);
    const auto within = line - segment.firstLine;
    const auto mark = within / every;
    const auto offset = mark == 0 ? segment.firstByte : segment.marks[size_t(mark - 1)];
    return lineAfter(offset, m_size, within % every);
}

Result<QStringList> LogIndex::lines(qint64 first, qint64 count) const
{
    QStringList result;
    first = std::max<qint64>(first, 0);
    count = std::min(count, m_lineCount - first);
    if (count <= 0)
        return result;
    const auto start = offsetOf(first);
    if (!start)
        return start.failure();
    QByteArray block(pageBytes, Qt::Uninitialized);
    QByteArray line;
    bool isCut = false;
    for (auto offset = *start; offset < m_size && result.size() < count;) {
        const auto wanted = std::min<qint64>(block.size(), m_size - offset);
        const auto size = readAt(m_file, block.data(), wanted, offset);
        if (size <= 0)
            return readError(size < 0 ? errno : EIO);
        offset += size;
        for (auto rest = QByteArrayView(block).first(size); !rest.isEmpty();) {
            const auto newline = rest.indexOf('\n');
            const auto part = newline < 0 ? rest : rest.first(newline);
            const auto room = maximumLineBytes - line.size();
            line += part.first(std::min<qint64>(part.size(), room));
            isCut = isCut || part.size() > room;
            rest = newline < 0 ? QByteArrayView() : rest.sliced(newline + 1);
            if (newline < 0 && offset < m_size)
                break;
            result += QString::fromUtf8(line) + (isCut ? u"…"_s : QString());
            line.clear();
            isCut = false;
            if (result.size() == count)
                break;
        }
    }
    return result;
}

Result<LogHits> LogIndex::search(const LogQuery &query, Monitor &monitor) const
{
    auto search = LogSearch::prepare(query);
    if (!search)
        return search.failure();
    const auto &matcher = *search;
    const auto middleLine = m_size >= worthAThread ? m_lineCount / 2 : m_lineCount;
    auto middle = m_size;
    if (middleLine < m_lineCount) {
        const auto offset = offsetOf(middleLine);
        if (!offset)
            return offset.failure();
        middle = *offset;
    }
    Result<LogHits> first = LogHits{};
    Result<LogHits> second = LogHits{};
    {
        std::jthread other;
        if (middle < m_size) {
            other = std::jthread([&] {
                second = matcher.run({m_file, middle, m_size, middleLine}, monitor);
            });
        }
        first = matcher.run({m_file, 0, middle, 0}, monitor);
    }
    for (const auto *half : {&first, &second}) {
        if (!*half)
            return half->failure();
    }
    first->count += second->count;
    first->lines += second->lines;
    first->lines.resize(std::min(first->lines.size(), query.maximumHits));
    return first;
}

qint64 LogIndex::memoryInBytes() const
{
    qint64 result = 0;
    for (const auto &segment : m_segments)
        result += qint64(sizeof(Segment) + segment.marks.capacity() * sizeof(qint64));
    return result;
}

} // namespace Banister
