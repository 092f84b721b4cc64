// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phpvalue.h"

#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 Largest = std::numeric_limits<qint64>::max();
constexpr qint64 Smallest = std::numeric_limits<qint64>::min();

/// The shortest digits that read back as the number, laid out as PHP does: 1.0E+25, 0.0001.
QByteArray floatToPhp(double number)
{
    if (std::isnan(number))
        return "NAN";
    if (std::isinf(number))
        return number < 0 ? "-INF" : "INF";
    if (number == 0)
        return std::signbit(number) ? "-0.0" : "0.0";
    auto text = QByteArray::number(std::abs(number), 'e', QLocale::FloatingPointShortest);
    const auto mark = text.indexOf('e');
    auto exponent = text.mid(mark + 1).toInt();
    auto digits = text.left(mark).replace(".", "");
    const QByteArray sign = number < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 17) {
        digits.insert(1, digits.size() == 1 ? ".0" : ".");
        return sign + digits + (exponent < 0 ? "E-" : "E+")
               + QByteArray::number(std::abs(exponent));
    }
    if (exponent < 0)
        return sign + "0." + QByteArray(-exponent - 1, '0') + digits;
    if (digits.size() <= exponent + 1)
        return sign + digits + QByteArray(exponent + 1 - digits.size(), '0') + ".0";
    return sign + digits.left(exponent + 1) + "." + digits.mid(exponent + 1);
}

/// PHP writes a float within a text with up to 17 digits and without ".0".
QByteArray floatToText(double number)
{
    auto text = floatToPhp(number);
    if (text.endsWith(".0"))
        text.chop(2);
    return text;
}

QByteArray keyToPhp(const QByteArray &key)
{
    return PhpArray::isIntegerKey(key) ? key : phpQuoted(key);
}

QByteArray arrayToPhp(const PhpArray &array, const PhpStyle &style)
{
    auto inner = style;
    inner.indent += style.step;
    QByteArray text = "array (" + style.newline;
    for (const auto &[key, value] : array.entries()) {
        text += inner.indent + keyToPhp(key) + " => ";
        if (value.isArray() && style.arraysOnOwnLine)
            text += style.newline + inner.indent;
        text += value.toPhp(inner) + "," + style.newline;
    }
    return text + style.indent + ")";
}

/// What PHP's getenv() finds, false where there is nothing.
PhpValue variable(const QProcessEnvironment &environment, const QByteArray &name)
{
    const auto key = QString::fromUtf8(name);
    if (!environment.contains(key))
        return false;
    return environment.value(key);
}

QByteArray folderOf(const QString &file, int levels)
{
    auto folder = QFileInfo(file).path();
    for (int i = 0; i < levels; ++i)
        folder = QFileInfo(folder).path();
    return folder.toUtf8();
}

PhpValue resolvedPart(const PhpExpression::Part &part,
                      const QProcessEnvironment &environment,
                      const QString &file)
{
    switch (part.kind) {
    case PhpExpression::Part::Kind::Text:
        return part.text;
    case PhpExpression::Part::Kind::Environment:
        return variable(environment, part.text);
    case PhpExpression::Part::Kind::Folder:
        return folderOf(file, part.levels);
    case PhpExpression::Part::Kind::File:
        return file;
    }
    return {};
}

PhpValue resolvedExpression(const PhpExpression &expression,
                            const QProcessEnvironment &environment,
                            const QString &file)
{
    PhpValue value;
    if (expression.parts.size() == 1) {
        value = resolvedPart(expression.parts.front(), environment, file);
    } else {
        QByteArray text;
        for (const auto &part : expression.parts)
            text += resolvedPart(part, environment, file).toBytes();
        value = text;
    }
    if (expression.fallback && !value.toBool())
        return expression.fallback->resolved(environment, file);
    return value;
}

PhpValue
resolvedWithin(const PhpValue &value, const QProcessEnvironment &environment, const QString &file)
{
    if (value.isExpression())
        return resolvedExpression(value.toExpression(), environment, file);
    if (!value.isArray())
        return value;
    PhpArray array;
    for (const auto &entry : value.toArray().entries())
        array.insert(entry.key, resolvedWithin(entry.value, environment, file));
    return array;
}

} // namespace

// Here, where the entries are complete: an array holds values that hold arrays.
PhpArray::PhpArray() = default;
PhpArray::PhpArray(const PhpArray &other) = default;
PhpArray::PhpArray(PhpArray &&other) noexcept = default;
PhpArray::~PhpArray() = default;
PhpArray &PhpArray::operator=(const PhpArray &other) = default;
PhpArray &PhpArray::operator=(PhpArray &&other) noexcept = default;

PhpArray::PhpArray(std::initializer_list<std::pair<QByteArray, PhpValue>> entries)
{
    for (const auto &[key, value] : entries)
        insert(key, value);
}

PhpArray PhpArray::list(const std::vector<PhpValue> &values)
{
    PhpArray array;
    for (const auto &value : values)
        array.append(value);
    return array;
}

const PhpValue *PhpArray::find(const QByteArray &key) const
{
    const auto it = std::find_if(
        m_entries.begin(), m_entries.end(), [&key](const auto &entry) { return entry.key == key; });
    return it == m_entries.end() ? nullptr : &it->value;
}

PhpValue *PhpArray::find(const QByteArray &key)
{
    return const_cast<PhpValue *>(std::as_const(*this).find(key));
}

void PhpArray::insert(const QByteArray &key, PhpValue value)
{
    if (auto *present = find(key)) {
        *present = std::move(value);
        return;
    }
    if (isIntegerKey(key) && key.toLongLong() >= m_nextIndex && key.toLongLong() < Largest)
        m_nextIndex = key.toLongLong() + 1;
    m_entries.push_back({key, std::move(value)});
}

void PhpArray::append(PhpValue value)
{
    insert(QByteArray::number(m_nextIndex), std::move(value));
}

void PhpArray::remove(const QByteArray &key)
{
    std::erase_if(m_entries, [&key](const auto &entry) { return entry.key == key; });
}

QByteArrayList PhpArray::keys() const
{
    QByteArrayList keys;
    for (const auto &entry : m_entries)
        keys.append(entry.key);
    return keys;
}

bool PhpArray::isEmpty() const
{
    return m_entries.empty();
}

qsizetype PhpArray::size() const
{
    return qsizetype(m_entries.size());
}

bool PhpArray::isIntegerKey(const QByteArray &key)
{
    bool isNumber = false;
    const auto number = key.toLongLong(&isNumber);
    return isNumber && QByteArray::number(number) == key;
}

bool operator==(const PhpArray &a, const PhpArray &b)
{
    return std::equal(a.m_entries.begin(),
                      a.m_entries.end(),
                      b.m_entries.begin(),
                      b.m_entries.end(),
                      [](const PhpEntry &one, const PhpEntry &other) {
                          return one.key == other.key && one.value == other.value;
                      });
}

QByteArray PhpValue::toBytes() const
{
    switch (type()) {
    case Type::Bool:
        return std::get<bool>(m_value) ? "1" : "";
    case Type::Int:
        return QByteArray::number(std::get<qint64>(m_value));
    case Type::Float:
        return floatToText(std::get<double>(m_value));
    case Type::String:
        return std::get<QByteArray>(m_value);
    case Type::Null:
    case Type::Array:
    case Type::Expression:
        break;
    }
    return {};
}

QString PhpValue::toString() const
{
    return QString::fromUtf8(toBytes());
}

double PhpValue::toFloat() const
{
    if (type() == Type::Float)
        return std::get<double>(m_value);
    static const QRegularExpression number(uR"(^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)"_s);
    const auto match = number.match(toString());
    return match.hasMatch() ? match.captured().trimmed().toDouble() : 0;
}

qint64 PhpValue::toInt() const
{
    if (type() == Type::Int)
        return std::get<qint64>(m_value);
    bool isInteger = false;
    const auto integer = toString().trimmed().toLongLong(&isInteger);
    if (isInteger)
        return integer;
    const auto number = toFloat();
    const bool fits = number > double(Smallest) && number < double(Largest);
    return fits ? qint64(number) : 0;
}

bool PhpValue::toBool() const
{
    if (isArray())
        return !toArray().isEmpty();
    if (isExpression())
        return true;
    if (type() == Type::Float)
        return std::get<double>(m_value) != 0;
    const auto text = toBytes();
    return !text.isEmpty() && text != "0";
}

const PhpArray &PhpValue::toArray() const
{
    static const PhpArray none;
    return isArray() ? std::get<PhpArray>(m_value) : none;
}

PhpValue PhpValue::resolved(const QProcessEnvironment &environment, const QString &file) const
{
    // Mautic 2.16 and 3.x take the first match wherever it stands and drop the rest of the text.
    static const QRegularExpression call(uR"(getenv\((.*?)\))"_s);
    auto value = resolvedWithin(*this, environment, file);
    if (!value.isString())
        return value;
    const auto match = call.match(value.toString());
    if (!match.hasMatch())
        return value;
    return variable(environment, match.captured(1).toUtf8()).toBytes();
}

QByteArray PhpValue::toPhp(const PhpStyle &style) const
{
    switch (type()) {
    case Type::Null:
        return "NULL";
    case Type::Bool:
        return std::get<bool>(m_value) ? "true" : "false";
    case Type::Int:
        // PHP reads 9223372036854775808 as a float before it sees the sign.
        return std::get<qint64>(m_value) == Smallest
                   ? "-9223372036854775807-1"
                   : QByteArray::number(std::get<qint64>(m_value));
    case Type::Float:
        return floatToPhp(std::get<double>(m_value));
    case Type::String:
        return phpQuoted(std::get<QByteArray>(m_value));
    case Type::Array:
        return arrayToPhp(std::get<PhpArray>(m_value), style);
    case Type::Expression:
        return std::get<PhpExpression>(m_value).source;
    }
    return {};
}

bool operator==(const PhpValue &a, const PhpValue &b)
{
    if (a.type() != b.type())
        return false;
    if (a.isExpression())
        return a.toExpression().source == b.toExpression().source;
    if (a.isArray())
        return a.toArray() == b.toArray();
    if (a.type() == PhpValue::Type::Float) {
        // NAN is NAN here, and 0.0 is not -0.0: what counts is what stands in the file.
        return floatToPhp(std::get<double>(a.m_value)) == floatToPhp(std::get<double>(b.m_value));
    }
    return a.toBytes() == b.toBytes();
}

QByteArray phpQuoted(const QByteArray &text)
{
    auto quoted = text;
    quoted.replace("\\", "\\\\").replace("'", R"(\')");
    quoted.replace(QByteArray(1, '\0'), R"(' . "\0" . ')");
    return "'" + quoted + "'";
}

} // namespace Banister
