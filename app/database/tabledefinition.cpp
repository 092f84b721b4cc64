// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/tabledefinition.h"

#include <QByteArrayList>
#include <QByteArrayView>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// Behind a string or a quoted name that begins here.
qsizetype endOfQuoted(QByteArrayView text, qsizetype begin)
{
    const auto quote = text[begin];
    auto end = begin + 1;
    while (end < text.size()) {
        const auto letter = text[end++];
        const bool isDoubled = letter == quote && end < text.size() && text[end] == quote;
        if (isDoubled || (letter == '\\' && quote == '\''))
            ++end;
        else if (letter == quote)
            return end;
    }
    return text.size();
}

bool isQuote(char letter)
{
    return letter == '\'' || letter == '`' || letter == '"';
}

/// Behind the parenthesis that closes the one that begins here.
qsizetype endOfParentheses(QByteArrayView text, qsizetype begin)
{
    int depth = 0;
    for (auto at = begin; at < text.size();) {
        if (isQuote(text[at])) {
            at = endOfQuoted(text, at);
            continue;
        }
        if (text[at] == '(')
            ++depth;
        else if (text[at] == ')' && --depth == 0)
            return at + 1;
        ++at;
    }
    return text.size();
}

/// What stands between the commas of a list in parentheses.
QByteArrayList items(QByteArrayView list)
{
    QByteArrayList found;
    qsizetype begin = 1;
    for (qsizetype at = 1; at < list.size();) {
        if (isQuote(list[at])) {
            at = endOfQuoted(list, at);
        } else if (list[at] == '(') {
            at = endOfParentheses(list, at);
        } else if (list[at] == ',' || at == list.size() - 1) {
            found.append(list.sliced(begin, at - begin).toByteArray().trimmed());
            begin = ++at;
        } else {
            ++at;
        }
    }
    return found;
}

/// The text with blanks for all that stands in quotes or in parentheses: words of SQL only.
QByteArray bare(const QByteArray &text)
{
    auto words = text;
    for (qsizetype at = 0; at < text.size();) {
        auto end = at + 1;
        if (isQuote(text.at(at)))
            end = endOfQuoted(text, at);
        else if (text.at(at) == '(')
            end = endOfParentheses(text, at);
        if (end > at + 1)
            std::fill(words.begin() + at, words.begin() + std::min(end, text.size()), ' ');
        at = end;
    }
    return words;
}

/// The quoted name that begins here, and moves behind it.
QString takeName(const QByteArray &text, qsizetype &at)
{
    if (at >= text.size() || text.at(at) != '`')
        return {};
    const auto end = endOfQuoted(text, at);
    auto name = QString::fromUtf8(text.mid(at + 1, end - at - 2));
    at = end;
    return name.replace(u"``"_s, u"`"_s);
}

/// The columns of a key; empty where it stands on something else.
QStringList keyColumns(const QByteArray &list)
{
    QStringList names;
    const auto parts = items(list);
    for (const auto &part : parts) {
        qsizetype at = 0;
        const auto name = takeName(part, at);
        if (name.isEmpty())
            return {};
        names.append(name);
    }
    return names;
}

/// The list in parentheses at or behind a place.
QByteArray listFrom(const QByteArray &text, qsizetype at)
{
    while (at < text.size() && text.at(at) != '(')
        at = isQuote(text.at(at)) ? endOfQuoted(text, at) : at + 1;
    return text.mid(at, endOfParentheses(text, at) - at);
}

QByteArray wordBehind(const QByteArray &text, const char *pattern)
{
    const QRegularExpression expression(QString::fromLatin1(pattern) + u"[ =]+(\\w+)"_s);
    return expression.match(QString::fromUtf8(text)).captured(1).toUtf8().toLower();
}

QByteArray lowerOutsideQuotes(QByteArray text)
{
    for (qsizetype at = 0; at < text.size();) {
        if (isQuote(text.at(at))) {
            at = endOfQuoted(text, at);
            continue;
        }
        if (const auto letter = text.at(at); letter >= 'A' && letter <= 'Z')
            text[at] = char(letter - 'A' + 'a');
        ++at;
    }
    return text;
}

TableColumn columnFrom(const QByteArray &clause)
{
    TableColumn column;
    qsizetype at = 0;
    column.name = takeName(clause, at);
    const auto rest = clause.mid(at).trimmed();
    auto end = std::min(rest.indexOf(' '), rest.indexOf('('));
    end = std::max(rest.indexOf(' '), rest.indexOf('(')) < 0 ? rest.size()
          : end < 0 ? std::max(rest.indexOf(' '), rest.indexOf('('))
                    : end;
    if (end < rest.size() && rest.at(end) == '(')
        end = endOfParentheses(rest, end);
    column.type = lowerOutsideQuotes(rest.left(end));
    const auto words = bare(rest.mid(end)) + ' ';
    for (const auto *attribute : {" unsigned", " zerofill"}) {
        if (words.toLower().contains(QByteArray(attribute) + ' '))
            column.type += attribute;
    }
    column.characterSet = wordBehind(words, "CHARACTER SET");
    column.collation = wordBehind(words, "COLLATE");
    column.isNullable = !words.contains(" NOT NULL ");
    column.isGenerated = words.contains(" GENERATED ALWAYS ");
    return column;
}

ForeignKey foreignKeyFrom(const QByteArray &clause)
{
    ForeignKey key;
    qsizetype at = QByteArrayView("CONSTRAINT ").size();
    key.name = takeName(clause, at);
    const auto list = listFrom(clause, at);
    key.columns = keyColumns(list);
    at = clause.indexOf(list, at) + list.size();
    constexpr QByteArrayView mark = " REFERENCES ";
    if (!clause.sliced(at).startsWith(mark))
        return key;
    at += mark.size();
    key.parent = takeName(clause, at);
    if (at < clause.size() && clause.at(at) == '.')
        key.parent.clear(); // another database's
    key.parentColumns = keyColumns(listFrom(clause, at));
    return key;
}

void readClause(const QByteArray &clause, TableDefinition &definition)
{
    if (clause.startsWith('`'))
        definition.columns.append(columnFrom(clause));
    else if (clause.startsWith("PRIMARY KEY"))
        definition.primaryKey = keyColumns(listFrom(clause, 0));
    else if (clause.startsWith("UNIQUE KEY"))
        definition.uniqueKeys.append(keyColumns(listFrom(clause, 0)));
    else if (clause.startsWith("CONSTRAINT `") && bare(clause).contains(" FOREIGN KEY "))
        definition.foreignKeys.append(foreignKeyFrom(clause));
}

} // namespace

QByteArray TableColumn::baseType() const
{
    const auto end =
        std::find_if(type.begin(), type.end(), [](char c) { return c == '(' || c == ' '; });
    return type.left(end - type.begin());
}

const TableColumn *TableDefinition::column(const QString &columnName) const
{
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto &column) {
        return column.name == columnName;
    });
    return found == columns.end() ? nullptr : &*found;
}

QStringList TableDefinition::columnNames() const
{
    QStringList names;
    for (const auto &column : columns)
        names.append(column.name);
    return names;
}

QList<QStringList> TableDefinition::rowKeys() const
{
    QList<QStringList> keys;
    const auto candidates = QList<QStringList>{primaryKey} + uniqueKeys;
    for (const auto &key : candidates) {
        const bool isCertain =
            !key.isEmpty() && std::all_of(key.begin(), key.end(), [this](const auto &one) {
                const auto *found = column(one);
                return found && !found->isNullable;
            });
        if (isCertain)
            keys.append(key);
    }
    return keys;
}

TableDefinition parseTableDefinition(const QByteArray &createTable)
{
    TableDefinition definition;
    auto at = createTable.indexOf('`');
    if (at < 0)
        return definition;
    definition.name = takeName(createTable, at);
    const auto body = listFrom(createTable, at);
    const auto clauses = items(body);
    for (const auto &clause : clauses)
        readClause(clause, definition);
    const auto options = bare(createTable.mid(createTable.indexOf(body, at) + body.size()));
    const auto characterSet = wordBehind(options, "CHARSET");
    const auto collation = wordBehind(options, "COLLATE");
    for (auto &column : definition.columns) {
        if (column.collation.isEmpty() && column.characterSet.isEmpty())
            column.collation = collation;
        if (column.characterSet.isEmpty())
            column.characterSet = characterSet;
    }
    return definition;
}

} // namespace Banister
