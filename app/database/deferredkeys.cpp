// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/deferredkeys.h"

#include <QByteArrayList>

#include <algorithm>

namespace Banister {

namespace {

/// Behind a quoted name that begins here.
qsizetype endOfName(const QByteArray &line, qsizetype begin)
{
    auto end = begin + 1;
    while (end < line.size()) {
        if (line.at(end++) != '`')
            continue;
        if (end >= line.size() || line.at(end) != '`')
            return end;
        ++end; // a doubled back quote belongs to the name
    }
    return end;
}

/// Whether names and strings that begin in the line end in it.
bool isWhole(const QByteArray &line)
{
    char quote = 0;
    for (qsizetype index = 0; index < line.size(); ++index) {
        const auto letter = line.at(index);
        if (quote == '\'' && letter == '\\')
            ++index;
        else if (quote != 0)
            quote = letter == quote ? char(0) : quote; // a doubled one begins anew
        else if (letter == '`' || letter == '\'')
            quote = letter;
    }
    return quote == 0;
}

bool isForeignKey(const QByteArray &line)
{
    constexpr QByteArrayView mark = "  CONSTRAINT `";
    return line.startsWith(mark)
           && line.sliced(endOfName(line, mark.size() - 1)).startsWith(" FOREIGN KEY (");
}

bool isPlainKey(const QByteArray &line)
{
    return line.startsWith("  KEY `");
}

bool staysWhole(const QByteArrayList &lines)
{
    // Options stand behind the last parenthesis, each clause before it on a line of its own. A name
    // may hold a line break: then the clauses are not ours to tell apart.
    const auto &last = lines.constLast();
    if (!isWhole(lines.constFirst()) || !last.startsWith(") ENGINE=InnoDB")
        || last.contains("SYSTEM VERSIONING") || last.contains("PARTITION"))
        return true;
    return std::any_of(lines.begin() + 1, lines.end() - 1, [&lines](const QByteArray &line) {
        const bool isClause = line.startsWith("  `") || line.startsWith("  PRIMARY KEY (")
                              || line.startsWith("  UNIQUE KEY `")
                              || line.startsWith("  CONSTRAINT `") || isPlainKey(line);
        if (!isClause || !isWhole(line))
            return true;
        const bool counts = line.startsWith("  `") && line.contains(" AUTO_INCREMENT");
        return counts
               && std::none_of(lines.begin(),
                               lines.end(),
                               [name = line.sliced(2, endOfName(line, 2) - 2)](const auto &other) {
                                   return other.startsWith("  PRIMARY KEY (" + name);
                               });
    });
}

QByteArray alter(const QByteArray &table, const QByteArrayList &clauses)
{
    return clauses.isEmpty() ? QByteArray()
                             : "ALTER TABLE " + table + "\n  ADD " + clauses.join(",\n  ADD ");
}

} // namespace

DeferredKeys deferKeys(const QByteArray &definition)
{
    constexpr QByteArrayView mark = "CREATE TABLE `";
    const auto lines = definition.split('\n');
    if (!definition.startsWith(mark) || lines.size() < 3 || staysWhole(lines))
        return {definition, {}, {}};
    QByteArrayList kept;
    QByteArrayList keys;
    QByteArrayList foreign;
    for (auto it = lines.begin() + 1; it != lines.end() - 1; ++it) {
        auto clause = *it;
        if (clause.endsWith(','))
            clause.chop(1);
        if (isPlainKey(*it))
            keys.append(clause.trimmed());
        else if (isForeignKey(*it))
            foreign.append(clause.trimmed());
        else
            kept.append(clause);
    }
    const auto begin = mark.size() - 1;
    const auto table = definition.sliced(begin, endOfName(definition, begin) - begin);
    return {lines.constFirst() + '\n' + kept.join(",\n") + '\n' + lines.constLast(),
            alter(table, keys),
            alter(table, foreign)};
}

} // namespace Banister
