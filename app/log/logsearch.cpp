// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "log/logsearch.h"

#include "log/logerror.h"
#include "log/newlines.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 blockBytes = 1 << 18;
constexpr qint64 largestBlock = 16 << 20; ///< a longer line is searched in pieces

/// Where the bytes are; null if nowhere. Compares the first and the last byte of 64 places at once,
/// which is several times as fast as memmem() on text.
const char *find(const char *from, const char *end, const QByteArray &what)
{
#if defined(__SSE2__)
    const auto size = what.size();
    const auto first = _mm_set1_epi8(what.front());
    const auto last = _mm_set1_epi8(what.back());
    const auto candidates = [&](const char *at) {
        const auto *heads = reinterpret_cast<const __m128i *>(at);
        const auto *tails = reinterpret_cast<const __m128i *>(at + size - 1);
        return _mm_and_si128(_mm_cmpeq_epi8(_mm_loadu_si128(heads), first),
                             _mm_cmpeq_epi8(_mm_loadu_si128(tails), last));
    };
    for (; end - from >= size + 63; from += 64) {
        std::uint64_t mask = 0;
        for (qsizetype part = 3; part >= 0; --part)
            mask = mask << 16 | std::uint32_t(_mm_movemask_epi8(candidates(from + 16 * part)));
        for (; mask != 0; mask &= mask - 1) {
            const auto *at = from + std::countr_zero(mask);
            if (std::memcmp(at, what.constData(), size_t(size)) == 0)
                return at;
        }
    }
#endif
    return static_cast<const char *>(
        ::memmem(from, size_t(end - from), what.constData(), size_t(what.size())));
}

const char *endOfLine(const char *from, const char *end)
{
    const auto *newline = static_cast<const char *>(std::memchr(from, '\n', size_t(end - from)));
    return newline ? newline : end;
}

} // namespace

Result<LogSearch> LogSearch::prepare(const LogQuery &query)
{
    LogSearch search;
    search.m_maximumHits = query.maximumHits;
    search.m_needsExpression = query.isExpression || !query.isCaseSensitive;
    if (query.isCaseSensitive)
        search.m_literal = (query.isExpression ? literalIn(query.text) : query.text).toUtf8();
    if (search.m_needsExpression) {
        search.m_expression.setPattern(query.isExpression ? query.text
                                                          : QRegularExpression::escape(query.text));
        if (!query.isCaseSensitive)
            search.m_expression.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
        if (!search.m_expression.isValid()) {
            return Error{LogError::BadPattern,
                         tr("“%1” is not a regular expression: %2 at position %3.")
                             .arg(query.text, search.m_expression.errorString())
                             .arg(search.m_expression.patternErrorOffset() + 1),
                         {},
                         {}};
        }
        search.m_expression.optimize();
    }
    return search;
}

QString LogSearch::literalIn(const QString &expression)
{
    QString best;
    QString run;
    const auto endRun = [&] {
        if (run.size() > best.size())
            best = run;
        run.clear();
    };
    for (qsizetype at = 0; at < expression.size(); ++at) {
        const auto character = expression.at(at);
        switch (character.unicode()) {
        case '(':
        case ')':
        case '|':
        case '[':
            return {}; // what is in them may be absent
        case '*':
        case '?':
        case '{':
            run.chop(1);
            endRun();
            if (character == u'{') {
                at = expression.indexOf(u'}', at);
                if (at < 0)
                    return {};
            }
            break;
        case '+':
        case '.':
        case '^':
        case '$':
            endRun();
            break;
        case '\\': {
            const auto escaped = ++at < expression.size() ? expression.at(at) : QChar();
            if (u"dDwWsSbB"_s.contains(escaped))
                endRun();
            else if (escaped.isNull() || escaped.isLetterOrNumber())
                return {};
            else
                run += escaped;
            break;
        }
        default:
            run += character;
        }
    }
    endRun();
    return best;
}

Result<LogHits> LogSearch::run(const Range &range, Monitor &monitor) const
{
    LogHits hits;
    auto line = range.firstLine;
    QByteArray block(std::min(blockBytes, range.to - range.from), Qt::Uninitialized);
    for (auto offset = range.from; offset < range.to;) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        const auto wanted = std::min<qint64>(block.size(), range.to - offset);
        const auto count = ::pread(range.file, block.data(), size_t(wanted), offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            return Error{
                LogError::ReadFailed,
                tr("The log cannot be read: %1.").arg(qt_error_string(count < 0 ? errno : EIO)),
                {},
                {}};
        }
        auto bytes = QByteArrayView(block).first(count);
        const auto newline = bytes.lastIndexOf('\n');
        const bool isLast = offset + count >= range.to;
        if (newline >= 0 && !isLast) {
            bytes = bytes.first(newline + 1);
        } else if (newline < 0 && !isLast && block.size() < largestBlock) {
            block.resize(block.size() * 2);
            continue;
        }
        searchLines(bytes, line, hits);
        if (hits.lines.size() < m_maximumHits)
            line += countNewlines(bytes);
        offset += bytes.size();
    }
    return hits;
}

void LogSearch::searchLines(QByteArrayView bytes, qint64 firstLine, LogHits &hits) const
{
    const auto *const end = bytes.data() + bytes.size();
    const auto *counted = bytes.data(); // up to here lines were counted
    for (const auto *at = bytes.data(); at < end;) {
        const auto *start = at;
        if (!m_literal.isEmpty()) {
            const auto *found = find(at, end, m_literal);
            if (!found)
                return;
            const auto before = QByteArrayView(at, found);
            start = at + before.lastIndexOf('\n') + 1;
            at = found;
        }
        const auto *const stop = endOfLine(at, end);
        const auto text = [&] { return QString::fromUtf8(start, stop - start); };
        if (!m_needsExpression || m_expression.match(text()).hasMatch()) {
            ++hits.count;
            if (hits.lines.size() < m_maximumHits) {
                firstLine += countNewlines(QByteArrayView(counted, start));
                counted = start;
                hits.lines.append(firstLine);
            }
        }
        at = stop + 1;
    }
}

} // namespace Banister
