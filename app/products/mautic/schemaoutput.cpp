// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/consoleoutput.h"

#include <QRegularExpression>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

/// Parts between separators that stand outside of quotes and brackets.
QStringList splitTopLevel(const QString &text, QChar separator)
{
    QStringList parts;
    QChar quote;
    int depth = 0;
    qsizetype start = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (!quote.isNull()) {
            if (c == '\\'_L1)
                ++i;
            else if (c == quote)
                quote = QChar();
        } else if (c == '\''_L1 || c == '"'_L1 || c == '`'_L1)
            quote = c;
        else if (c == '('_L1)
            ++depth;
        else if (c == ')'_L1)
            --depth;
        else if (c == separator && depth <= 0) {
            parts += text.mid(start, i - start).trimmed();
            start = i + 1;
        }
    }
    parts += text.mid(start).trimmed();
    parts.removeAll(QString());
    return parts;
}

QString unquoted(QString name)
{
    return name.remove('`'_L1);
}

/// One clause of an ALTER TABLE. What it adds, or nothing.
void readClause(const QString &clause, SchemaStatement &statement)
{
    static const QRegularExpression key(
        uR"(^ADD (?:(CONSTRAINT)|(?:UNIQUE |FULLTEXT |SPATIAL )?(?:INDEX|KEY)|PRIMARY KEY)\b\s*`?(\w*))"_s);
    static const QRegularExpression column(uR"(^ADD (?:COLUMN )?`?(\w+)`? )"_s);
    if (const auto match = key.match(clause); match.hasMatch()) {
        statement.need = SchemaNeed::Missing;
        const QString kind = match.captured(1).isEmpty() ? u"index"_s : u"foreign key"_s;
        statement.missing += (kind + ' '_L1 + match.captured(2)).trimmed();
    } else if (const auto added = column.match(clause); added.hasMatch()) {
        statement.need = SchemaNeed::Missing;
        statement.missing += u"column "_s + added.captured(1);
    } else if (clause.startsWith("DROP "_L1) && statement.need == SchemaNeed::Cosmetic) {
        statement.need = SchemaNeed::Surplus;
    }
}

SchemaStatement classified(const QString &sql)
{
    static const QRegularExpression table(uR"(^CREATE TABLE (?:IF NOT EXISTS )?(`?\w+`?))"_s);
    static const QRegularExpression index(
        uR"(^CREATE (?:UNIQUE |FULLTEXT |SPATIAL )?INDEX (`?\w+`?) ON (`?\w+`?))"_s);
    static const QRegularExpression alter(uR"(^ALTER TABLE (`?\w+`?)\s+(.*)$)"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression drop(uR"(^DROP (?:TABLE (`?\w+`?)|INDEX \S+ ON (`?\w+`?)))"_s);
    SchemaStatement statement{sql, {}, SchemaNeed::Cosmetic, {}};
    if (const auto match = table.match(sql); match.hasMatch()) {
        statement.table = unquoted(match.captured(1));
        statement.need = SchemaNeed::Missing;
        statement.missing += u"table "_s + statement.table;
    } else if (const auto added = index.match(sql); added.hasMatch()) {
        statement.table = unquoted(added.captured(2));
        statement.need = SchemaNeed::Missing;
        statement.missing += u"index "_s + unquoted(added.captured(1));
    } else if (const auto changed = alter.match(sql); changed.hasMatch()) {
        statement.table = unquoted(changed.captured(1));
        for (const QString &clause : splitTopLevel(changed.captured(2), u','))
            readClause(clause, statement);
    } else if (const auto dropped = drop.match(sql); dropped.hasMatch()) {
        statement.table = unquoted(dropped.captured(1) + dropped.captured(2));
        statement.need = SchemaNeed::Surplus;
    }
    return statement;
}

} // namespace

QList<SchemaStatement> SchemaDump::needed() const
{
    QList<SchemaStatement> result;
    for (const SchemaStatement &statement : statements) {
        if (statement.need == SchemaNeed::Missing)
            result += statement;
    }
    return result;
}

SchemaDump parseSchemaDump(const QByteArray &output)
{
    // Statements begin a line; titles, blank lines and PHP's notices stand around them.
    static const QRegularExpression begin(
        uR"(^\s*(?:ALTER TABLE|CREATE|DROP|RENAME|UPDATE|INSERT|DELETE)\s)"_s);
    const QString text = consoleText(output);
    SchemaDump dump;
    dump.saysInSync = text.contains("Nothing to update"_L1);
    QString sql;
    const auto close = [&] {
        for (const QString &statement : splitTopLevel(sql, u';'))
            dump.statements += classified(statement);
        sql.clear();
    };
    for (const QString &line : text.split('\n'_L1)) {
        if (begin.match(line).hasMatch()) {
            close();
            sql = line.trimmed();
        } else if (!sql.isEmpty() && !sql.endsWith(';'_L1)) {
            sql += '\n'_L1 + line;
        }
    }
    close();
    return dump;
}

std::optional<int> parseSchemaForce(const QByteArray &output)
{
    // 2.16: `successfully! "76" queries were executed`; 3.x: ` 76 queries were executed` and
    // `[OK] Database schema updated successfully!`.
    static const QRegularExpression queries(uR"((\d+)\W? quer(?:y was|ies were) executed\b)"_s);
    const QString text = consoleText(output);
    if (const auto match = queries.match(text); match.hasMatch())
        return match.captured(1).toInt();
    if (text.contains("Nothing to update"_L1))
        return 0;
    return std::nullopt;
}

} // namespace Banister
