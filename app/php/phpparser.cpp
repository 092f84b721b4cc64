// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phpparser.h"

#include <QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr int DeepestNesting = 200;

} // namespace

std::optional<PhpDocument> PhpParser::document(Extent extent)
{
    PhpDocument document;
    m_scanner.take("\xef\xbb\xbf");
    if (!m_scanner.text().mid(m_scanner.position(), 5).compare("<?php", Qt::CaseInsensitive))
        m_scanner.moveTo(m_scanner.position() + 5);
    else
        m_scanner.failExpected(u"“<?php”"_s, false);
    if (m_scanner.problem())
        return {};
    if (!m_scanner.atEnd() && !QByteArray(" \t\r\n").contains(m_scanner.peek()))
        return refuse(tr("a blank behind “<?php”"));
    while (true) {
        m_scanner.skipBlanks();
        if (m_scanner.problem())
            return {};
        document.codeEnd = m_scanner.position();
        if (m_scanner.atEnd())
            break;
        if (m_scanner.take("?>")) {
            if (!m_scanner.text().mid(m_scanner.position()).trimmed().isEmpty()) {
                m_scanner.moveTo(document.codeEnd + 2);
                while (QByteArray(" \t\r\n").contains(m_scanner.peek()))
                    m_scanner.moveTo(m_scanner.position() + 1);
                return refuse(tr("the end of the file"));
            }
            break;
        }
        if (!m_scanner.take(";") && !statement(document))
            return {};
        const bool hasArray =
            !document.statements.empty() && document.statements.back().path.empty();
        if (extent == Extent::FirstArray && hasArray) {
            document.codeEnd = document.statements.back().end;
            break;
        }
    }
    if (document.statements.empty())
        return refuse(u"“$parameters = array(…);”"_s);
    return document;
}

bool PhpParser::statement(PhpDocument &document)
{
    PhpStatement statement;
    statement.begin = m_scanner.position();
    if (m_scanner.peek() == '$')
        return assignment(document, statement);
    const auto word = m_scanner.takeName().toLower();
    if (word == "declare") {
        if (!need("(") || !need("strict_types") || !need("=") || !operand() || !need(")"))
            return false;
        return endOfStatement(statement);
    }
    m_scanner.moveTo(word == "return" ? m_scanner.position() : statement.begin);
    const auto expected = u"“$parameters = array(…);”"_s;
    if (word != "return") {
        refuse(expected);
        return false;
    }
    m_scanner.skipBlanks();
    const auto before = m_scanner.position();
    if (const auto name = m_scanner.takeVariable(); !name.isEmpty()) {
        if (name == document.variable && !document.statements.empty())
            return endOfStatement(statement);
        m_scanner.moveTo(before);
    }
    if (!document.statements.empty()) {
        refuse(u"“$%1”"_s.arg(QString::fromUtf8(document.variable)));
        return false;
    }
    const auto value = whole(statement);
    if (!value || !endOfStatement(statement))
        return false;
    document.statements.push_back(statement);
    return true;
}

bool PhpParser::assignment(PhpDocument &document, PhpStatement &statement)
{
    const auto name = m_scanner.takeVariable();
    const bool isOther = !document.statements.empty() && name != document.variable;
    if (name.isEmpty() || isOther) {
        m_scanner.moveTo(statement.begin);
        refuse(isOther ? u"“$%1”"_s.arg(QString::fromUtf8(document.variable))
                       : u"“$parameters = array(…);”"_s);
        return false;
    }
    while (takeNext("[")) {
        if (takeNext("]")) {
            statement.path.emplace_back();
            continue;
        }
        m_scanner.skipBlanks();
        const auto at = m_scanner.position();
        const auto value = expression();
        const auto entry = value ? key(*value, at) : std::nullopt;
        if (!entry || !need("]"))
            return false;
        statement.path.emplace_back(*entry);
        m_key = *entry;
    }
    if (!need("="))
        return false;
    m_scanner.skipBlanks();
    statement.valueBegin = m_scanner.position();
    const auto value = statement.path.empty() ? whole(statement) : expression();
    if (!value)
        return false;
    statement.valueEnd = m_scanner.position();
    statement.value = *value;
    if (!endOfStatement(statement))
        return false;
    document.variable = name;
    document.statements.push_back(statement);
    return true;
}

std::optional<PhpValue> PhpParser::whole(PhpStatement &statement)
{
    m_scanner.skipBlanks();
    statement.valueBegin = m_scanner.position();
    auto value = array(&statement.elements);
    if (!value) {
        refuse(tr("an array"));
        return {};
    }
    statement.valueEnd = m_scanner.position();
    statement.value = *value;
    return value;
}

bool PhpParser::endOfStatement(PhpStatement &statement)
{
    m_scanner.skipBlanks();
    if (m_scanner.take(";") || m_scanner.sees("?>")) {
        statement.end = m_scanner.position();
        return true;
    }
    refuse(u"“;”"_s);
    return false;
}

std::optional<PhpValue> PhpParser::expression()
{
    const auto begin = m_scanner.position();
    if (++m_depth > DeepestNesting)
        return refuseAt(begin, tr("the arrays are nested too deeply"));
    auto value = concatenation();
    --m_depth;
    if (!value || !takeNext("?:"))
        return value;
    if (!value->isExpression())
        return refuseAt(begin, tr("“?:” behind a fixed value"));
    m_scanner.skipBlanks();
    auto fallback = concatenation();
    if (!fallback)
        return {};
    auto whole = value->toExpression();
    whole.fallback = std::make_shared<const PhpValue>(*fallback);
    whole.source = m_scanner.text().mid(begin, m_scanner.position() - begin);
    return whole;
}

std::optional<PhpValue> PhpParser::concatenation()
{
    const auto begin = m_scanner.position();
    auto value = sum();
    bool isMixed = m_wasSum;
    std::vector<PhpExpression::Part> parts;
    auto add = [&](const PhpValue &part, qsizetype offset) {
        if (isMixed) {
            refuseAt(offset,
                     tr("“.” together with “+” or “-”, which PHP 7 and 8 read differently"));
        } else if (part.isArray() || part.type() == PhpValue::Type::Float) {
            refuseAt(offset, tr("“.” joins something else than texts"));
        } else if (part.isExpression() && part.toExpression().fallback) {
            refuseAt(offset, tr("“?:” within a longer expression"));
        } else if (part.isExpression()) {
            const auto &more = part.toExpression().parts;
            parts.insert(parts.end(), more.begin(), more.end());
        } else {
            parts.push_back({PhpExpression::Part::Kind::Text, part.toBytes(), 0});
        }
        return !m_scanner.problem();
    };
    while (value && takeNext(".")) {
        if (parts.empty() && !add(*value, begin))
            return {};
        m_scanner.skipBlanks();
        const auto at = m_scanner.position();
        const auto next = sum();
        isMixed = m_wasSum;
        if (!next || !add(*next, at))
            return {};
    }
    if (!value || parts.empty())
        return value;
    QByteArray text;
    for (const auto &part : parts) {
        if (part.kind != PhpExpression::Part::Kind::Text) {
            const auto source = m_scanner.text().mid(begin, m_scanner.position() - begin);
            return PhpExpression{source, parts};
        }
        text += part.text;
    }
    m_lastText = text;
    return text;
}

std::optional<PhpValue> PhpParser::sum()
{
    auto value = product();
    bool isSum = false;
    while (value) {
        const char sign = takeNext("+") ? '+' : takeNext("-") ? '-' : '\0';
        if (!sign)
            break;
        isSum = true;
        if (m_scanner.peek() == sign) // "--" and "++" are words of their own
            return refuse(tr("a value"));
        m_scanner.skipBlanks();
        const auto other = product();
        value = other ? arithmetic(sign, *value, *other) : std::nullopt;
    }
    m_wasSum = isSum;
    return value;
}

std::optional<PhpValue> PhpParser::product()
{
    auto value = operand();
    while (value && takeNext("*")) {
        m_scanner.skipBlanks();
        const auto other = operand();
        value = other ? arithmetic('*', *value, *other) : std::nullopt;
    }
    return value;
}

std::optional<PhpValue> PhpParser::arithmetic(char sign, const PhpValue &a, const PhpValue &b)
{
    qint64 result = 0;
    const auto x = a.toInt();
    const auto y = b.toInt();
    const bool areIntegers = a.type() == PhpValue::Type::Int && b.type() == PhpValue::Type::Int;
    const bool overflows = sign == '+'   ? __builtin_add_overflow(x, y, &result)
                           : sign == '-' ? __builtin_sub_overflow(x, y, &result)
                                         : __builtin_mul_overflow(x, y, &result);
    if (!areIntegers || overflows)
        return refuseAt(m_scanner.position(),
                        tr("a calculation with something else than integers"));
    return result;
}

std::optional<PhpValue> PhpParser::operand()
{
    const auto begin = m_scanner.position();
    if (m_scanner.peek() == '-' || m_scanner.peek() == '+') {
        const bool isMinus = m_scanner.peek() == '-';
        if (m_scanner.peek(1) == m_scanner.peek())
            return refuse(tr("a value"));
        m_scanner.moveTo(begin + 1);
        m_scanner.skipBlanks();
        if (++m_depth > DeepestNesting)
            return refuseAt(begin, tr("the arrays are nested too deeply"));
        const auto number = operand();
        --m_depth;
        if (number && number->type() == PhpValue::Type::Float)
            return isMinus ? -number->toFloat() : number->toFloat();
        // -PHP_INT_MIN is a float; multiplication finds that out.
        return number ? arithmetic('*', *number, isMinus ? -1 : 1) : std::nullopt;
    }
    if (m_scanner.take("(")) {
        m_scanner.skipBlanks();
        auto value = expression();
        if (!value || !need(")"))
            return {};
        if (!value->isExpression())
            return value;
        auto inner = value->toExpression();
        inner.source = m_scanner.text().mid(begin, m_scanner.position() - begin);
        return inner;
    }
    if (m_scanner.peek() == '[')
        return array(nullptr);
    if (auto text = m_scanner.takeString()) {
        m_lastText = *text;
        return *text;
    }
    if (!m_scanner.problem()) {
        if (auto number = m_scanner.takeNumber())
            return number;
    }
    return m_scanner.problem() ? std::nullopt : named();
}

std::optional<PhpValue> PhpParser::array(std::vector<PhpElement> *elements)
{
    const auto begin = m_scanner.position();
    const bool isShort = m_scanner.take("[");
    if (!isShort && (m_scanner.takeName().toLower() != "array" || !takeNext("("))) {
        m_scanner.moveTo(begin);
        return {};
    }
    if (++m_depth > DeepestNesting)
        return refuseAt(begin, tr("the arrays are nested too deeply"));
    PhpArray array;
    const QByteArray close = isShort ? "]" : ")";
    const auto outerKey = m_key;
    while (!takeNext(close)) {
        m_scanner.skipBlanks();
        PhpElement element;
        element.begin = element.valueBegin = m_scanner.position();
        auto value = expression();
        if (!value)
            return {};
        if (takeNext("=>")) {
            const auto name = key(*value, element.begin);
            if (!name)
                return {};
            element.hasKey = true;
            element.key = *name;
            m_key = *name;
            m_scanner.skipBlanks();
            element.valueBegin = m_scanner.position();
            value = expression();
            if (!value)
                return {};
            array.insert(element.key, *value);
        } else {
            array.append(*value);
            element.key = array.entries().back().key;
        }
        element.value = *value;
        element.end = m_scanner.position();
        if (takeNext(","))
            element.comma = m_scanner.position() - 1;
        if (elements)
            elements->push_back(element);
        if (element.comma < 0) {
            if (!takeNext(close))
                return refuse(tr("“,” or “%1”").arg(QString::fromLatin1(close)));
            break;
        }
        m_key = outerKey;
    }
    m_key = outerKey;
    --m_depth;
    return array;
}

std::optional<QByteArray> PhpParser::key(const PhpValue &value, qsizetype offset)
{
    switch (value.type()) {
    case PhpValue::Type::Null:
    case PhpValue::Type::Int:
    case PhpValue::Type::String:
        return value.toBytes();
    case PhpValue::Type::Bool:
    case PhpValue::Type::Float:
        return QByteArray::number(value.type() == PhpValue::Type::Bool ? qint64(value.toBool())
                                                                       : value.toInt());
    case PhpValue::Type::Array:
    case PhpValue::Type::Expression:
        break;
    }
    return refuseAt(offset, tr("a key that is neither a text nor a number"));
}

bool PhpParser::takeNext(QByteArrayView word)
{
    const auto start = m_scanner.position();
    m_scanner.skipBlanks();
    if (!m_scanner.problem() && m_scanner.take(word))
        return true;
    if (!m_scanner.problem())
        m_scanner.moveTo(start);
    return false;
}

bool PhpParser::need(QByteArrayView word)
{
    if (takeNext(word))
        return true;
    refuse(u'“' + QString::fromUtf8(word.toByteArray()) + u'”');
    return false;
}

bool PhpParser::isSecretPlace() const
{
    static const QRegularExpression secret(u"pass|secret|key|token|salt|dsn|credential"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return secret.match(QString::fromUtf8(m_key)).hasMatch()
           || secret.match(QString::fromUtf8(m_lastText)).hasMatch();
}

std::nullopt_t PhpParser::refuse(const QString &expected)
{
    m_scanner.skipBlanks();
    m_scanner.failExpected(expected, isSecretPlace());
    return std::nullopt;
}

std::nullopt_t PhpParser::refuseAt(qsizetype offset, const QString &text)
{
    m_scanner.fail(offset, text);
    return std::nullopt;
}

} // namespace Banister
