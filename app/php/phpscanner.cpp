// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phpscanner.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}

bool isNameChar(char c)
{
    return isNameStart(c) || isDigit(c);
}

int digitValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

/// As PHP reads it: too large is INF, too small is 0.
double floatingPoint(const QByteArray &digits)
{
    bool fits = false;
    const auto number = digits.toDouble(&fits);
    if (fits)
        return number;
    return digits.contains('-') ? 0 : std::numeric_limits<double>::infinity();
}

/// Digits of a base as PHP reads them: what does not fit an integer becomes a float.
PhpValue integer(const QByteArray &digits, int base)
{
    bool fits = false;
    const auto number = digits.toLongLong(&fits, base);
    if (fits)
        return number;
    if (base == 10)
        return floatingPoint(digits);
    double large = 0;
    for (const auto digit : digits)
        large = large * base + digitValue(digit);
    return large;
}

} // namespace

char PhpScanner::peek(qsizetype ahead) const
{
    return m_position + ahead < m_text.size() ? m_text.at(m_position + ahead) : '\0';
}

bool PhpScanner::sees(QByteArrayView word) const
{
    return QByteArrayView(m_text).sliced(std::min(m_position, m_text.size())).startsWith(word);
}

bool PhpScanner::take(QByteArrayView word)
{
    if (!sees(word))
        return false;
    m_position += word.size();
    return true;
}

void PhpScanner::skipBlanks()
{
    while (!atEnd() && !m_problem) {
        if (isBlank(peek())) {
            ++m_position;
        } else if (sees("/*")) {
            const auto end = m_text.indexOf("*/", m_position + 2);
            if (end < 0) {
                fail(m_position, tr("a comment begins and does not end"));
                return;
            }
            m_position = end + 2;
        } else if (sees("#[")) {
            fail(m_position, tr("“#[” begins a comment in PHP 7 and an attribute in PHP 8"));
        } else if (peek() == '#' || sees("//")) {
            while (!atEnd() && peek() != '\n' && peek() != '\r' && !sees("?>"))
                ++m_position;
        } else {
            return;
        }
    }
}

QByteArray PhpScanner::takeName()
{
    auto end = m_position;
    if (end < m_text.size() && m_text.at(end) == '\\')
        ++end;
    if (end >= m_text.size() || !isNameStart(m_text.at(end)))
        return {};
    while (end < m_text.size() && (isNameChar(m_text.at(end)) || m_text.at(end) == '\\'))
        ++end;
    auto name = m_text.mid(m_position, end - m_position);
    m_position = end;
    return name;
}

QByteArray PhpScanner::takeVariable()
{
    if (peek() != '$' || !isNameStart(peek(1)))
        return {};
    const auto start = ++m_position;
    while (!atEnd() && isNameChar(peek()))
        ++m_position;
    return m_text.mid(start, m_position - start);
}

std::optional<QByteArray> PhpScanner::takeString()
{
    if (peek() == '\'')
        return takeSingleQuoted();
    if (peek() == '"')
        return takeDoubleQuoted();
    if (sees("<<<"))
        return takeHeredoc();
    return {};
}

std::optional<QByteArray> PhpScanner::takeSingleQuoted()
{
    QByteArray text;
    for (auto at = m_position + 1; at < m_text.size(); ++at) {
        const auto c = m_text.at(at);
        const auto next = at + 1 < m_text.size() ? m_text.at(at + 1) : '\0';
        if (c == '\'') {
            m_position = at + 1;
            return text;
        }
        if (c == '\\' && (next == '\'' || next == '\\'))
            ++at;
        text += m_text.at(at);
    }
    fail(m_position, tr("a text begins with “'” and does not end"));
    return {};
}

std::optional<QByteArray> PhpScanner::takeDoubleQuoted()
{
    for (auto at = m_position + 1; at < m_text.size(); ++at) {
        if (m_text.at(at) == '\\') {
            ++at;
        } else if (m_text.at(at) == '"') {
            auto text = unescaped(m_position + 1, at, '"');
            if (text)
                m_position = at + 1;
            return text;
        }
    }
    fail(m_position, tr("a text begins with “\"” and does not end"));
    return {};
}

std::optional<QByteArray> PhpScanner::takeHeredoc()
{
    const auto start = m_position;
    auto give = [this, start](const QString &text) {
        fail(start, text);
        return std::nullopt;
    };
    m_position += 3;
    while (peek() == ' ' || peek() == '\t')
        ++m_position;
    const char quote = peek() == '\'' || peek() == '"' ? peek() : '\0';
    if (quote)
        ++m_position;
    const auto label = takeName();
    if (label.isEmpty() || label.contains('\\') || (quote && !take(QByteArrayView(&quote, 1))))
        return give(tr("“<<<” without the name that ends the text"));
    if (!take("\r\n") && !take("\n") && !take("\r"))
        return give(tr("“<<<” with something behind the name that ends the text"));
    // Since PHP 7.3 the closing name may be indented; that indent is taken from every line.
    const auto begin = m_position;
    auto end = qsizetype(-1); // of the body, with its last line break
    qsizetype indent = 0;
    for (auto line = begin; line <= m_text.size();) {
        auto at = line;
        while (at < m_text.size() && (m_text.at(at) == ' ' || m_text.at(at) == '\t'))
            ++at;
        const auto behind = at + label.size();
        if (QByteArrayView(m_text).sliced(at).startsWith(label)
            && (behind >= m_text.size() || !isNameChar(m_text.at(behind)))) {
            end = line;
            indent = at - line;
            m_position = behind;
            break;
        }
        const auto lineEnd = m_text.indexOf('\n', at);
        if (lineEnd < 0)
            break;
        line = lineEnd + 1;
    }
    if (end < 0)
        return give(tr("a text begins with “<<<” and does not end"));
    if (indent > 0)
        return give(tr("the name that ends a text (“<<<”) is indented, which only PHP 7.3 and "
                       "later read"));
    auto last = end;
    if (last > begin && m_text.at(last - 1) == '\n')
        --last;
    if (last > begin && m_text.at(last - 1) == '\r')
        --last;
    if (quote == '\'')
        return m_text.mid(begin, last - begin);
    return unescaped(begin, last, '\0');
}

std::optional<QByteArray> PhpScanner::unescaped(qsizetype begin, qsizetype end, char quote)
{
    QByteArray text;
    for (auto at = begin; at < end;) {
        const auto c = m_text.at(at);
        const auto next = at + 1 < end ? m_text.at(at + 1) : '\0';
        if ((c == '$' && (isNameStart(next) || next == '{')) || (c == '{' && next == '$')) {
            fail(at, tr("a variable stands within a text"));
            return {};
        }
        if (c != '\\') {
            text += c;
            ++at;
        } else if (!unescape(at, end, quote, text)) {
            return {};
        }
    }
    return text;
}

bool PhpScanner::unescape(qsizetype &offset, qsizetype end, char quote, QByteArray &to)
{
    static const QByteArray names("nrtvef\\$");
    static const QByteArray meanings("\n\r\t\v\x1b\f\\$");
    const auto c = offset + 1 < end ? m_text.at(offset + 1) : '\0';
    // At most `most` digits behind the offset; moves it behind them.
    auto number = [&](qsizetype from, int base, int most) {
        uint value = 0;
        for (offset = from; offset < end && most-- > 0 && digitValue(m_text.at(offset)) < base;)
            value = value * uint(base) + uint(digitValue(m_text.at(offset++)));
        return value;
    };
    if (const auto index = names.indexOf(c); c && index >= 0) {
        to += meanings.at(index);
        offset += 2;
    } else if (quote && c == quote) {
        to += c;
        offset += 2;
    } else if (digitValue(c) < 8) {
        to += char(number(offset + 1, 8, 3) & 0xffU);
    } else if (c == 'x' && offset + 2 < end && digitValue(m_text.at(offset + 2)) < 16) {
        to += char(number(offset + 2, 16, 2));
    } else if (c == 'u' && offset + 2 < end && m_text.at(offset + 2) == '{') {
        const auto escape = offset;
        const auto code = number(offset + 3, 16, 7);
        const bool isEmpty = offset == escape + 3;
        if (isEmpty || offset >= end || m_text.at(offset) != '}' || code > 0x10ffff)
            return fail(escape, tr("“\\u{…}” without the number of a character"));
        ++offset;
        // Surrogates too are written as they are, as PHP does.
        if (code < 0x80) {
            to += char(code);
        } else {
            const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
            to += char((more == 1 ? 0xc0U : more == 2 ? 0xe0U : 0xf0U) | code >> (6 * more));
            for (int i = more - 1; i >= 0; --i)
                to += char(0x80U | (code >> (6 * i) & 0x3fU));
        }
    } else if (c == '{') {
        to += "\\{"; // so "\{$" holds no variable
        offset += 2;
    } else {
        to += '\\';
        ++offset;
    }
    return true;
}

std::optional<PhpValue> PhpScanner::takeNumber()
{
    if (!isDigit(peek()) && !(peek() == '.' && isDigit(peek(1))))
        return {};
    const auto start = m_position;
    QByteArray digits;
    // PHP 7.4 and later allow one underscore between two digits.
    auto takeDigits = [&](int base) {
        while (digitValue(peek()) < base
               || (peek() == '_' && digitValue(peek(1)) < base && m_position > start
                   && digitValue(peek(-1)) < base)) {
            if (peek() != '_')
                digits += peek();
            ++m_position;
        }
    };
    auto finished = [&](const PhpValue &value) -> std::optional<PhpValue> {
        if (digits.isEmpty() || isNameChar(peek())) {
            fail(start, tr("a number is not complete"));
            return {};
        }
        return value;
    };
    if (peek() == '0') {
        const char mark = char(peek(1) | 0x20);
        const int base = mark == 'x' ? 16 : mark == 'b' ? 2 : mark == 'o' ? 8 : 10;
        if (base != 10) {
            m_position += 2;
            takeDigits(base);
            return finished(integer(digits, base));
        }
    }
    takeDigits(10);
    bool isFloat = false;
    if (peek() == '.' && !(peek(1) == '.' && peek(2) == '.')) {
        isFloat = true;
        digits += '.';
        ++m_position;
        takeDigits(10);
    }
    const bool hasSign = peek(1) == '+' || peek(1) == '-';
    if ((peek() == 'e' || peek() == 'E') && isDigit(peek(hasSign ? 2 : 1))) {
        isFloat = true;
        digits += m_text.mid(m_position, hasSign ? 2 : 1);
        m_position += hasSign ? 2 : 1;
        takeDigits(10);
    }
    if (isFloat)
        return finished(floatingPoint(digits));
    const bool isOctal = digits.size() > 1 && digits.startsWith('0');
    if (isOctal && std::any_of(digits.begin(), digits.end(), [](char c) { return c > '7'; })) {
        fail(start, tr("an octal number with the digit 8 or 9"));
        return {};
    }
    return finished(integer(digits, isOctal ? 8 : 10));
}

bool PhpScanner::fail(qsizetype offset, const QString &text)
{
    if (!m_problem)
        m_problem = PhpProblem{offset, text};
    return false;
}

bool PhpScanner::failExpected(const QString &what, bool isSecret)
{
    return fail(m_position, tr("expected %1, but there is %2").arg(what, found(isSecret)));
}

QString PhpScanner::found(bool isSecret) const
{
    if (atEnd())
        return tr("the end of the file");
    if (peek() == '\'' || peek() == '"')
        return tr("a text");
    if (isDigit(peek()))
        return tr("a number");
    const auto start = m_position;
    auto end = start + 1;
    const bool isWord = isNameStart(peek()) || (peek() == '$' && isNameStart(peek(1)));
    while (isWord && end < m_text.size() && isNameChar(m_text.at(end)))
        ++end;
    if (isSecret && isWord)
        return tr("a word without quotes");
    if (!isWord && sees("?>"))
        return u"“?>”"_s;
    const auto word = QString::fromUtf8(m_text.mid(start, std::min(end - start, qsizetype(40))));
    if (!isWord && !word.at(0).isPrint())
        return tr("a character with the code %1").arg(int(uchar(peek())));
    return u'“' + word + u'”';
}

std::pair<int, int> PhpScanner::lineAndColumn(qsizetype offset) const
{
    int line = 1;
    int column = 1;
    for (qsizetype i = 0; i < std::min(offset, m_text.size()); ++i) {
        const auto c = m_text.at(i);
        const bool isPair = c == '\r' && i + 1 < m_text.size() && m_text.at(i + 1) == '\n';
        if (c == '\n' || (c == '\r' && !isPair)) {
            ++line;
            column = 1;
        } else if ((uchar(c) & 0xc0U) != 0x80 && !(i < 3 && m_text.startsWith("\xef\xbb\xbf"))) {
            ++column; // neither within a character nor in the byte order mark
        }
    }
    return {line, column};
}

} // namespace Banister
