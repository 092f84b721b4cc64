// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phpedit.h"

#include <algorithm>

namespace Banister {

namespace {

QByteArray keyText(const QByteArray &key)
{
    return PhpArray::isIntegerKey(key) ? key : phpQuoted(key);
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

} // namespace

const PhpStatement *PhpEdit::wholeArray() const
{
    const auto &all = m_document.statements;
    const auto it = std::find_if(
        all.rbegin(), all.rend(), [](const PhpStatement &each) { return each.path.empty(); });
    return it == all.rend() ? nullptr : &*it;
}

QByteArray PhpEdit::withValue(const QByteArray &key, const PhpValue &value)
{
    // What PHP reads last wins; parts that were set later would change the new value again.
    qsizetype begin = -1;
    qsizetype end = -1;
    const auto *whole = wholeArray();
    for (const auto &statement : m_document.statements) {
        if (whole && &statement < whole)
            continue;
        if (&statement == whole) {
            for (const auto &element : statement.elements) {
                if (element.key == key) {
                    begin = element.valueBegin;
                    end = element.end;
                }
            }
        } else if (statement.path.front() == key) {
            if (statement.path.size() == 1) {
                begin = statement.valueBegin;
                end = statement.valueEnd;
                m_splices.clear();
            } else {
                removeStatement(statement);
            }
        }
    }
    if (begin >= 0)
        replaceValue(begin, end, value);
    else if (whole)
        addEntry(key, value);
    else
        addStatement(key, value);
    return spliced();
}

QByteArray PhpEdit::without(const QByteArray &key)
{
    const auto *whole = wholeArray();
    for (const auto &statement : m_document.statements) {
        if (whole && &statement < whole)
            continue;
        for (const auto &element : statement.elements) {
            if (element.key == key)
                removeElement(element);
        }
        if (!statement.path.empty() && statement.path.front() == key)
            removeStatement(statement);
    }
    return spliced();
}

QByteArray PhpEdit::rewritten(const PhpArray &values)
{
    const auto *whole = wholeArray();
    for (const auto &statement : m_document.statements) {
        if (&statement != whole)
            removeStatement(statement);
    }
    if (whole) {
        replaceValue(whole->valueBegin, whole->valueEnd, values);
    } else {
        const auto text = "$" + m_document.variable + " = " + PhpValue(values).toPhp() + ";";
        m_splices.push_back({m_document.codeEnd, m_document.codeEnd, newline() + text + newline()});
    }
    return spliced();
}

void PhpEdit::replaceValue(qsizetype begin, qsizetype end, const PhpValue &value)
{
    m_splices.push_back({begin, end, value.toPhp(styleAt(begin))});
}

void PhpEdit::addEntry(const QByteArray &key, const PhpValue &value)
{
    const auto &whole = *wholeArray();
    const auto close = whole.valueEnd - 1;
    if (whole.elements.empty()) {
        auto style = styleAt(whole.valueBegin);
        style.indent += style.step;
        const auto line =
            style.newline + style.indent + keyText(key) + " => " + value.toPhp(style) + ",";
        // A comment may fill the empty array; a line break keeps the bracket out of it.
        const auto tail =
            startsLine(close) ? QByteArray() : style.newline + indentAt(whole.valueBegin);
        auto at = close;
        while (startsLine(close) && at > 0 && m_text.at(at - 1) != '\n')
            --at;
        if (startsLine(close) && at > 0)
            at -= at > 1 && m_text.at(at - 2) == '\r' ? 2 : 1;
        m_splices.push_back({at, at, line + tail});
        return;
    }
    const auto &last = whole.elements.back();
    const auto style = styleAt(last.begin);
    const auto entry = keyText(key) + " => " + value.toPhp(style);
    const auto behind = last.comma < 0 ? last.end : last.comma + 1;
    const bool hasComma = last.comma >= 0;
    const bool isOneLine = !startsLine(last.begin);
    if (isOneLine && !m_text.mid(behind, close - behind).contains('\n')) {
        const QByteArray between = hasComma ? " " : ", ";
        m_splices.push_back({behind, behind, between + entry + (hasComma ? "," : "")});
        return;
    }
    if (!hasComma)
        m_splices.push_back({behind, behind, ","});
    const auto at = behindComment(behind);
    m_splices.push_back({at, at, style.newline + style.indent + entry + ","});
}

void PhpEdit::addStatement(const QByteArray &key, const PhpValue &value)
{
    const auto end = m_document.statements.back().end;
    const auto style = styleAt(m_document.statements.back().begin);
    m_splices.push_back({end,
                         end,
                         style.newline + style.indent + "$" + m_document.variable + "["
                             + keyText(key) + "] = " + value.toPhp(style) + ";"});
}

void PhpEdit::removeElement(const PhpElement &element)
{
    cut(element.begin, element.comma < 0 ? element.end : element.comma + 1);
}

void PhpEdit::removeStatement(const PhpStatement &statement)
{
    cut(statement.begin, statement.end);
}

/// Takes the rest of the line along where nothing else stands on it.
void PhpEdit::cut(qsizetype begin, qsizetype end)
{
    if (startsLine(begin)) {
        const auto behind = behindComment(end);
        const bool isLast = behind >= m_text.size();
        if (isLast || m_text.at(behind) == '\n' || m_text.at(behind) == '\r') {
            begin -= indentAt(begin).size();
            end = behind;
            if (!isLast)
                end += m_text.mid(behind, 2) == "\r\n" ? 2 : 1;
            m_splices.push_back({begin, end, {}});
            return;
        }
    }
    while (end < m_text.size() && isSpace(m_text.at(end)))
        ++end;
    m_splices.push_back({begin, end, {}});
}

QByteArray PhpEdit::spliced()
{
    std::stable_sort(m_splices.begin(), m_splices.end(), [](const Splice &a, const Splice &b) {
        return a.begin < b.begin;
    });
    QByteArray result;
    qsizetype at = 0;
    for (const auto &splice : m_splices) {
        result += m_text.mid(at, splice.begin - at) + splice.text;
        at = splice.end;
    }
    return result + m_text.mid(at);
}

PhpStyle PhpEdit::styleAt(qsizetype offset) const
{
    PhpStyle style;
    style.indent = indentAt(offset);
    style.newline = newline();
    style.arraysOnOwnLine = false;
    if (!style.indent.isEmpty())
        style.step = style.indent;
    // One level is the indent of the first entry on a line of its own.
    const auto *whole = wholeArray();
    for (const auto &element : whole ? whole->elements : std::vector<PhpElement>()) {
        const auto deeper = indentAt(element.begin);
        const auto outer = indentAt(whole->valueBegin);
        if (startsLine(element.begin) && deeper.size() > outer.size()) {
            style.step = deeper.mid(outer.size());
            break;
        }
    }
    return style;
}

QByteArray PhpEdit::indentAt(qsizetype offset) const
{
    const auto line = offset == 0 ? 0 : m_text.lastIndexOf('\n', offset - 1) + 1;
    auto end = line;
    while (end < offset && isSpace(m_text.at(end)))
        ++end;
    return m_text.mid(line, end - line);
}

bool PhpEdit::startsLine(qsizetype offset) const
{
    const auto indent = offset - indentAt(offset).size();
    return indent == 0 || m_text.at(indent - 1) == '\n';
}

/// Behind blanks and one comment that end the line, or the offset itself.
qsizetype PhpEdit::behindComment(qsizetype offset) const
{
    auto at = offset;
    while (at < m_text.size() && isSpace(m_text.at(at)))
        ++at;
    const auto rest = m_text.mid(at, 2);
    const auto lineEnd = [this](qsizetype from) {
        while (from < m_text.size() && m_text.at(from) != '\n' && m_text.at(from) != '\r')
            ++from;
        return from;
    };
    if (at >= m_text.size() || m_text.at(at) == '\n' || m_text.at(at) == '\r')
        return at;
    if (m_text.at(at) == '#' || rest == "//")
        return m_text.mid(at, lineEnd(at) - at).contains("?>") ? offset : lineEnd(at);
    if (rest == "/*") {
        const auto end = m_text.indexOf("*/", at + 2);
        if (end >= 0 && end + 2 <= lineEnd(at)
            && m_text.mid(end + 2, lineEnd(at) - end - 2).trimmed().isEmpty())
            return lineEnd(at);
    }
    return offset;
}

} // namespace Banister
