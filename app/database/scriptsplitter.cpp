// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/scriptsplitter.h"

#include "database/databaseerror.h"

#include <QByteArrayView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qsizetype blockSize = qsizetype(256) * 1024;
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");
constexpr QByteArrayView delimiterCommand("delimiter");

// As the server sees it: a control character counts as a blank after "--".
bool isBlank(char c)
{
    return static_cast<unsigned char>(c) <= ' ';
}

} // namespace

ScriptSplitter::ScriptSplitter(ByteSource source)
    : ScriptSplitter(std::move(source), Options())
{}

ScriptSplitter::ScriptSplitter(ByteSource source, const Options &options)
    : m_source(std::move(source))
    , m_options(options)
{}

// Appends another block, so that positions in the buffer stay; false at the end of the script.
Result<bool> ScriptSplitter::fill()
{
    if (m_atEnd)
        return false;
    const auto size = m_buffer.size();
    if (size - m_begin > m_options.longestStatement)
        return Error{DatabaseError::ScriptUnreadable,
                     tr("The statement that begins in line %1 is longer than %2 bytes.")
                         .arg(m_line)
                         .arg(m_options.longestStatement),
                     {},
                     {}};
    m_buffer.resize(size + blockSize);
    const auto count = m_source(m_buffer.data() + size, blockSize);
    m_buffer.resize(size + (count ? qsizetype(*count) : 0));
    if (!count)
        return count.failure();
    m_atEnd = *count == 0;
    return !m_atEnd;
}

// Sees to it that whatever tells kinds apart is in the buffer, if the script has it.
Result<> ScriptSplitter::lookAhead(qsizetype position)
{
    const auto wanted = position + std::max(delimiterCommand.size() + 1, m_delimiter.size());
    while (m_buffer.size() < wanted && !m_atEnd) {
        if (const auto more = fill(); !more)
            return more.failure();
    }
    return Success;
}

void ScriptSplitter::drop(qsizetype count)
{
    m_line = lineOf(m_begin + count);
    m_begin += count;
    m_offset += count;
    if (m_begin >= blockSize) {
        m_buffer.remove(0, m_begin);
        m_begin = 0;
    }
}

qint64 ScriptSplitter::lineOf(qsizetype position) const
{
    return m_line
           + std::count(m_buffer.constData() + m_begin, m_buffer.constData() + position, '\n');
}

ScriptSplitter::Kind ScriptSplitter::kindAt(qsizetype position) const
{
    const auto rest = QByteArrayView(m_buffer).sliced(position);
    if (rest.startsWith(m_delimiter))
        return Kind::Delimiter;
    switch (rest.front()) {
    case '\'':
    case '"':
    case '`':
        return Kind::Quoted;
    case '#':
        return Kind::LineComment;
    case '-':
        return rest.startsWith("--") && (rest.size() == 2 || isBlank(rest[2])) ? Kind::LineComment
                                                                               : Kind::Code;
    case '/':
        // "/*!" and "/*M!" hold code; their end is then code as well.
        return rest.startsWith("/*") && !rest.startsWith("/*!") && !rest.startsWith("/*M!")
                   ? Kind::Comment
                   : Kind::Code;
    default:
        return Kind::Code;
    }
}

// Whether something other than plain code can begin with the byte.
bool ScriptSplitter::isSpecial(char c) const
{
    return c == '\'' || c == '"' || c == '`' || c == '#' || c == '-' || c == '/'
           || c == m_delimiter.front();
}

bool ScriptSplitter::isDelimiterCommandAt(qsizetype position) const
{
    const auto rest = QByteArrayView(m_buffer).sliced(position);
    const auto length = delimiterCommand.size();
    return rest.size() > length && isBlank(rest[length])
           && rest.first(length).compare(delimiterCommand, Qt::CaseInsensitive) == 0;
}

// Behind the quoted thing or comment, if the buffer holds its end; otherwise position is left where
// the search has to go on.
std::optional<qsizetype> ScriptSplitter::findEnd(Kind kind, char quote, qsizetype &position) const
{
    const bool hasEscapes = kind == Kind::Quoted && quote != '`' && m_options.backslashEscapes;
    const auto last = kind == Kind::Comment ? '*' : kind == Kind::Quoted ? quote : '\n';
    const auto *const begin = m_buffer.constData();
    const auto *const end = begin + m_buffer.size();
    const auto *at = begin + position;
    while (true) {
        at = hasEscapes ? std::find_if(at, end, [last](char c) { return c == last || c == '\\'; })
                        : std::find(at, end, last);
        position = at - begin;
        if (at == end)
            return {};
        if (kind != Kind::Comment && *at == last)
            return position + 1;
        if (at + 1 == end) // a backslash or a star: the next byte tells
            return {};
        if (kind == Kind::Comment && at[1] == '/')
            return position + 2;
        at += kind == Kind::Comment ? 1 : 2;
    }
}

// A doubled quote ends one string and begins the next, which is as good here.
Result<qsizetype> ScriptSplitter::endOf(Kind kind, qsizetype start)
{
    const auto quote = m_buffer[start];
    auto position = start + (kind == Kind::Comment ? 2 : 1);
    while (true) {
        if (const auto end = findEnd(kind, quote, position))
            return *end;
        const auto more = fill();
        if (!more)
            return more.failure();
        if (*more)
            continue;
        if (kind == Kind::LineComment)
            return m_buffer.size();
        const auto what =
            kind == Kind::Comment ? tr("The comment that begins in line %1 does not end.")
            : quote == '`'        ? tr("The quoted name that begins in line %1 does not end.")
                                  : tr("The string that begins in line %1 does not end.");
        return Error{DatabaseError::ScriptUnreadable,
                     what.arg(lineOf(start)),
                     QString::fromUtf8(m_buffer.mid(start, 200)),
                     {}};
    }
}

// "DELIMITER //": what is behind the first word in the line is ignored.
Result<> ScriptSplitter::takeDelimiterCommand()
{
    const auto end = endOf(Kind::LineComment, m_begin);
    if (!end)
        return end.failure();
    const auto line = m_buffer.sliced(m_begin, *end - m_begin).simplified().split(' ');
    const auto delimiter = line.value(1);
    if (delimiter.isEmpty() || delimiter.contains('\\'))
        return Error{DatabaseError::ScriptUnreadable,
                     tr("DELIMITER in line %1 does not name a delimiter.").arg(m_line),
                     {},
                     {}};
    m_delimiter = delimiter;
    drop(*end - m_begin);
    return Success;
}

// Over blanks, comments, empty statements and DELIMITER commands; false at the end of the script.
Result<bool> ScriptSplitter::skipToStatement()
{
    while (true) {
        if (auto ahead = lookAhead(m_begin); !ahead)
            return ahead.failure();
        if (m_begin == m_buffer.size())
            return false;
        if (m_offset == 0 && QByteArrayView(m_buffer).startsWith(byteOrderMark)) {
            drop(byteOrderMark.size());
        } else if (isBlank(m_buffer[m_begin])) {
            auto end = m_begin;
            while (end < m_buffer.size() && isBlank(m_buffer[end]))
                ++end;
            drop(end - m_begin);
        } else if (isDelimiterCommandAt(m_begin)) {
            if (auto taken = takeDelimiterCommand(); !taken)
                return taken.failure();
        } else if (const auto kind = kindAt(m_begin); kind == Kind::Delimiter) {
            drop(m_delimiter.size());
        } else if (kind == Kind::Comment || kind == Kind::LineComment) {
            const auto end = endOf(kind, m_begin);
            if (!end)
                return end.failure();
            drop(*end - m_begin);
        } else {
            return true;
        }
    }
}

Result<std::optional<ScriptStatement>> ScriptSplitter::next()
{
    const auto found = skipToStatement();
    if (!found)
        return found.failure();
    if (!*found)
        return std::optional<ScriptStatement>();
    auto position = m_begin;
    auto end = m_begin; // of the last thing that is no blank
    while (true) {
        if (auto ahead = lookAhead(position); !ahead)
            return ahead.failure();
        if (position == m_buffer.size())
            break;
        const auto kind = kindAt(position);
        if (kind == Kind::Delimiter)
            break;
        if (kind == Kind::Code) {
            do {
                if (!isBlank(m_buffer[position++]))
                    end = position;
            } while (position < m_buffer.size() && !isSpecial(m_buffer[position]));
            continue;
        }
        const auto behind = endOf(kind, position);
        if (!behind)
            return behind.failure();
        position = *behind;
        end = position; // comments behind the code belong to it: those of a trigger are kept too
    }
    while (end > m_begin && isBlank(m_buffer[end - 1])) // a comment's line break
        --end;
    ScriptStatement statement{m_buffer.sliced(m_begin, end - m_begin), m_offset, m_line};
    drop(position - m_begin);
    return std::optional<ScriptStatement>(std::move(statement));
}

} // namespace Banister
