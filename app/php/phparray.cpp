// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phparray.h"

#include "php/phpedit.h"
#include "php/phperror.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// $values['a'][] = …; false where PHP would stop: something on the way is no array.
bool assign(PhpArray &values,
            const std::vector<std::optional<QByteArray>> &path,
            size_t level,
            const PhpValue &value)
{
    const auto &key = path.at(level);
    if (level + 1 == path.size()) {
        if (key)
            values.insert(*key, value);
        else
            values.append(value);
        return true;
    }
    const auto *present = key ? values.find(*key) : nullptr;
    if (present && !present->isNull() && !present->isArray())
        return false;
    auto inner = present ? present->toArray() : PhpArray();
    if (!assign(inner, path, level + 1, value))
        return false;
    if (key)
        values.insert(*key, inner);
    else
        values.append(inner);
    return true;
}

/// The statement that PHP would stop at, or none.
const PhpStatement *evaluate(const PhpDocument &document, PhpArray &values)
{
    for (const auto &statement : document.statements) {
        if (statement.path.empty())
            values = statement.value.toArray();
        else if (!assign(values, statement.path, 0, statement.value))
            return &statement;
    }
    return nullptr;
}

} // namespace

Result<PhpArrayFile>
PhpArrayFile::parse(const QByteArray &php, const QString &fileName, Extent extent)
{
    auto unreadable = [&](const PhpScanner &scanner, qsizetype offset, const QString &text) {
        const auto [line, column] = scanner.lineAndColumn(offset);
        return Error{PhpError::ArrayUnreadable,
                     tr("%1, line %2, column %3: %4.")
                         .arg(QDir::toNativeSeparators(fileName))
                         .arg(line)
                         .arg(column)
                         .arg(text),
                     {},
                     {}};
    };
    PhpParser parser(php);
    auto document = parser.document(extent);
    if (!document) {
        const auto problem = parser.scanner().problem().value_or(PhpProblem{});
        return unreadable(parser.scanner(), problem.offset, problem.text);
    }
    PhpArrayFile file;
    if (const auto *statement = evaluate(*document, file.m_values))
        return unreadable(
            parser.scanner(), statement->begin, tr("a part is set of what is no array"));
    file.m_fileName = fileName;
    file.m_extent = extent;
    file.m_text = php;
    file.m_document = std::move(*document);
    return file;
}

PhpValue PhpArrayFile::value(const QByteArray &key) const
{
    const auto *found = m_values.find(key);
    return found ? *found : PhpValue();
}

PhpValue PhpArrayFile::valueAt(const QByteArrayList &path) const
{
    PhpValue value = m_values;
    for (const auto &key : path) {
        const auto *found = value.toArray().find(key);
        if (!found)
            return {};
        value = PhpValue(*found);
    }
    return value;
}

PhpValue PhpArrayFile::resolved(const QByteArray &key, const QProcessEnvironment &environment) const
{
    return value(key).resolved(environment, m_fileName);
}

void PhpArrayFile::set(const QByteArray &key, const PhpValue &value)
{
    const auto *present = m_values.find(key);
    if (present && *present == value)
        return;
    auto expected = m_values;
    expected.insert(key, value);
    if (!adopt(PhpEdit(m_text, m_document).withValue(key, value), expected))
        rewrite(expected);
}

void PhpArrayFile::remove(const QByteArray &key)
{
    if (!contains(key))
        return;
    auto expected = m_values;
    expected.remove(key);
    if (!adopt(PhpEdit(m_text, m_document).without(key), expected))
        rewrite(expected);
}

bool PhpArrayFile::adopt(const QByteArray &text, const PhpArray &expected)
{
    auto file = parse(text, m_fileName, m_extent);
    if (!file || file->m_values != expected)
        return false;
    *this = *std::move(file);
    return true;
}

void PhpArrayFile::rewrite(const PhpArray &values)
{
    const bool isAdopted = adopt(PhpEdit(m_text, m_document).rewritten(values), values);
    Q_ASSERT(isAdopted);
    Q_UNUSED(isAdopted)
}

QList<PhpChange> changesBetween(const PhpArray &before, const PhpArray &after)
{
    QList<PhpChange> changes;
    for (const auto &[key, value] : before.entries()) {
        const auto *other = after.find(key);
        if (!other)
            changes.append({key, value, std::nullopt});
        else if (!(*other == value))
            changes.append({key, value, *other});
    }
    for (const auto &[key, value] : after.entries()) {
        if (!before.contains(key))
            changes.append({key, std::nullopt, value});
    }
    return changes;
}

} // namespace Banister
