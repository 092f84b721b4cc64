// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the parser that knows words: constants, getenv() and the folder of the file.
#include "php/phpparser.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using Kind = PhpExpression::Part::Kind;

std::optional<PhpValue> constant(const QByteArray &name)
{
    const auto lower = name.toLower();
    if (lower == "true")
        return true;
    if (lower == "false")
        return false;
    if (lower == "null")
        return PhpValue();
    if (name == "PHP_EOL")
        return "\n";
    if (name == "DIRECTORY_SEPARATOR")
        return "/";
    if (name == "PHP_INT_MAX")
        return std::numeric_limits<qint64>::max();
    if (name == "PHP_INT_MIN")
        return std::numeric_limits<qint64>::min();
    if (name == "INF")
        return std::numeric_limits<double>::infinity();
    if (name == "NAN")
        return std::numeric_limits<double>::quiet_NaN();
    return {};
}

} // namespace

std::optional<PhpValue> PhpParser::named()
{
    const auto begin = m_scanner.position();
    auto name = m_scanner.takeName();
    const auto lower = name.toLower();
    if (lower == "array" && takeNext("(")) {
        m_scanner.moveTo(begin);
        return array(nullptr);
    }
    if (name.startsWith('\\'))
        name.remove(0, 1);
    const auto bare = name.toLower();
    std::optional<PhpExpression> expression;
    if (bare == "getenv" && takeNext("(")) {
        expression = getenvCall();
    } else if (bare == "dirname" && takeNext("(")) {
        expression = dirnameCall();
    } else if (bare == "__dir__" || bare == "__file__") {
        expression = PhpExpression{{}, {{bare == "__dir__" ? Kind::Folder : Kind::File, {}, 0}}};
    } else if (auto value = constant(name)) {
        return value;
    } else if (!name.isEmpty() && takeNext("::") && takeNext("class")) {
        return name;
    }
    if (!expression) {
        if (!m_scanner.problem())
            m_scanner.moveTo(begin);
        return refuse(tr("a value"));
    }
    expression->source = m_scanner.text().mid(begin, m_scanner.position() - begin);
    return *expression;
}

std::optional<PhpExpression> PhpParser::getenvCall()
{
    m_scanner.skipBlanks();
    const auto name = m_scanner.takeString();
    if (!name)
        return refuse(tr("the name of an environment variable as a text"));
    // getenv('NAME', true) looks at the same variables on the command line.
    if (takeNext(",")) {
        m_scanner.skipBlanks();
        if (!operand())
            return {};
    }
    if (!need(")"))
        return {};
    return PhpExpression{{}, {{Kind::Environment, *name, 0}}};
}

std::optional<PhpExpression> PhpParser::dirnameCall()
{
    m_scanner.skipBlanks();
    const auto at = m_scanner.position();
    const auto inner = operand();
    if (!inner)
        return {};
    const bool isPath = inner->isExpression() && inner->toExpression().parts.size() == 1
                        && !inner->toExpression().fallback
                        && inner->toExpression().parts.front().kind != Kind::Environment;
    if (!isPath)
        return refuseAt(at, tr("dirname() of something else than __DIR__ or __FILE__"));
    auto part = inner->toExpression().parts.front();
    qint64 levels = 1;
    if (takeNext(",")) {
        m_scanner.skipBlanks();
        const auto number = m_scanner.takeNumber();
        levels = number ? number->toInt() : 0;
        if (levels < 1 || levels > 100)
            return refuse(tr("a number of folders"));
    }
    if (!need(")"))
        return {};
    // dirname(__FILE__) is __DIR__.
    part.levels += int(levels) - (part.kind == Kind::File ? 1 : 0);
    part.kind = Kind::Folder;
    return PhpExpression{{}, {part}};
}

} // namespace Banister
