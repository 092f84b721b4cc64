// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/scriptstatement.h"

#include "database/connection.h"
#include "database/tabledefinition.h"

#include <QByteArrayView>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using Kind = ScriptedStatement::Kind;

bool isBlank(char c)
{
    return static_cast<unsigned char>(c) <= ' ';
}

/// Behind the string or name in quotes that begins here.
qsizetype endOfQuoted(QByteArrayView text, qsizetype begin)
{
    const auto quote = text[begin];
    auto at = begin + 1;
    while (at < text.size()) {
        const auto letter = text[at++];
        const bool isDoubled = letter == quote && at < text.size() && text[at] == quote;
        if (isDoubled || (letter == '\\' && quote != '`'))
            ++at;
        else if (letter == quote)
            return at;
    }
    return text.size();
}

/// Behind what is neither code nor a comment that holds code: strings, names, plain comments. The
/// place itself where there is none of them.
qsizetype endOfOpaque(QByteArrayView text, qsizetype at)
{
    const auto rest = text.sliced(at);
    const auto behind = [&](QByteArrayView mark) {
        const auto end = rest.indexOf(mark, 2);
        return end < 0 ? text.size() : at + end + mark.size();
    };
    if (rest.front() == '\'' || rest.front() == '"' || rest.front() == '`')
        return endOfQuoted(text, at);
    if (rest.front() == '#' || (rest.startsWith("--") && (rest.size() == 2 || isBlank(rest[2]))))
        return behind("\n");
    if (rest.startsWith("/*") && !rest.startsWith("/*!") && !rest.startsWith("/*M!"))
        return behind("*/");
    return at;
}

bool isExecutableComment(QByteArrayView text)
{
    return text.startsWith("/*!") || text.startsWith("/*M!");
}

void trimEnd(QByteArray &text)
{
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
}

/// The code of executable comments without their marks, pieces joined by a blank: so the server
/// prints the definition that the pieces were made of.
QByteArray uncommented(const QByteArray &statement)
{
    QByteArray code;
    int depth = 0;
    for (qsizetype at = 0; at < statement.size();) {
        const auto rest = QByteArrayView(statement).sliced(at);
        if (const auto end = endOfOpaque(statement, at); end > at) {
            code += rest.first(end - at);
            at = end;
        } else if (depth == 0 && isExecutableComment(rest)) {
            at = statement.indexOf('!', at) + 1;
            while (at < statement.size() && (isdigit(statement.at(at)) != 0))
                ++at;
            while (at < statement.size() && isBlank(statement.at(at)))
                ++at;
            trimEnd(code);
            if (!code.isEmpty())
                code += ' ';
            ++depth;
        } else if (depth > 0 && rest.startsWith("*/")) {
            trimEnd(code);
            --depth;
            at += 2;
        } else {
            code += statement.at(at++);
        }
    }
    trimEnd(code);
    return code;
}

/// A name at a place, quoted or not; moves behind it.
QString takeName(const QByteArray &text, qsizetype &at)
{
    while (at < text.size() && isBlank(text.at(at)))
        ++at;
    if (at < text.size() && text.at(at) == '`') {
        const auto end = endOfQuoted(text, at);
        auto name = QString::fromUtf8(text.mid(at + 1, end - at - 2));
        at = end;
        return name.replace(u"``"_s, u"`"_s);
    }
    const auto begin = at;
    while (at < text.size() && !isBlank(text.at(at)) && text.at(at) != '(' && text.at(at) != ',')
        ++at;
    return QString::fromUtf8(text.mid(begin, at - begin));
}

bool takeWord(const QByteArray &text, qsizetype &at, QByteArrayView word)
{
    auto begin = at;
    while (begin < text.size() && isBlank(text.at(begin)))
        ++begin;
    const auto rest = QByteArrayView(text).sliced(begin);
    if (rest.size() <= word.size() || !isBlank(rest[word.size()])
        || rest.first(word.size()).compare(word, Qt::CaseInsensitive) != 0)
        return false;
    at = begin + word.size();
    return true;
}

ScriptedStatement readSetting(const QByteArray &code)
{
    static const QRegularExpression pattern(
        uR"(^SET\s+(?:NAMES\s+([\w']+)|(?:SESSION\s+)?([a-z_]+)\s*=\s*([^,]*?|'[^']*'))\s*$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    ScriptedStatement setting{Kind::Nothing, {}, {}, {}};
    const auto match = pattern.match(QString::fromUtf8(code));
    if (!match.hasMatch())
        return setting; // several at once, or a variable of its own
    setting.kind = Kind::Setting;
    setting.name = match.captured(1).isEmpty() ? match.captured(2).toLower() : u"names"_s;
    auto value = match.captured(1) + match.captured(3);
    if (!value.startsWith(u'@'))
        setting.text = value.remove(u'\'').toUtf8();
    return setting;
}

/// Columns of the same names that read nothing.
QByteArray standIn(const QString &name, const QByteArray &code)
{
    QByteArray columns;
    if (const auto begin = code.indexOf("AS SELECT"); code.startsWith("CREATE VIEW") && begin > 0) {
        columns = code.mid(begin + QByteArrayView("AS SELECT").size()).trimmed();
    } else {
        const auto definition = parseTableDefinition(code);
        for (const auto &column : definition.columns) {
            columns += (columns.isEmpty() ? "1 AS " : ", 1 AS ") + quoteName(column.name).toUtf8();
        }
    }
    return "CREATE OR REPLACE VIEW " + quoteName(name).toUtf8() + " AS SELECT " + columns;
}

/// What a CREATE statement makes, and where its name begins.
std::optional<std::pair<QByteArrayView, qsizetype>> kindOfCreate(const QByteArray &code)
{
    static constexpr std::array<QByteArrayView, 8> Kinds{
        "TABLE", "VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "SEQUENCE", "DATABASE"};
    // What may stand between: ALGORITHM=…, SQL SECURITY …, AGGREGATE.
    qsizetype at = QByteArrayView("CREATE").size();
    for (int words = 0; words < 8 && at < code.size(); ++words) {
        for (const auto &kind : Kinds) {
            if (auto behind = at; takeWord(code, behind, kind)) {
                if (takeWord(code, behind, "IF") && takeWord(code, behind, "NOT"))
                    takeWord(code, behind, "EXISTS");
                return std::pair(kind, behind);
            }
        }
        takeName(code, at);
    }
    return {};
}

ScriptedStatement readCreate(const QByteArray &code, bool wasComment)
{
    using Object = SchemaObject::Kind;
    static constexpr std::array<std::pair<QByteArrayView, Object>, 6> Objects{{
        {"VIEW", Object::View},
        {"TRIGGER", Object::Trigger},
        {"PROCEDURE", Object::Procedure},
        {"FUNCTION", Object::Function},
        {"EVENT", Object::Event},
        {"SEQUENCE", Object::Sequence},
    }};
    const auto plain = withoutDefiner(code);
    const auto kind = kindOfCreate(plain);
    if (!kind)
        return {};
    ScriptedStatement created;
    auto at = kind->second;
    created.name = takeName(plain, at);
    created.text = code;
    if (kind->first == "DATABASE") {
        created.kind = Kind::Nothing;
    } else if (kind->first == "TABLE") {
        created.kind = wasComment ? Kind::StandIn : Kind::Table;
    } else {
        created.kind = code.startsWith("CREATE VIEW") ? Kind::StandIn : Kind::Object;
        created.object = std::find_if(Objects.begin(), Objects.end(), [&](const auto &one) {
                             return one.first == kind->first;
                         })->second;
    }
    if (created.kind == Kind::StandIn)
        created.text = standIn(created.name, code);
    return created;
}

/// "DO SETVAL(`s`, 5, 0)": the number of rounds that it went stays out.
ScriptedStatement readSequenceValue(const QByteArray &code)
{
    ScriptedStatement value;
    auto at = code.indexOf('(') + 1;
    const auto name = takeName(code, at);
    const auto numbers = code.mid(at).chopped(1).split(',');
    if (numbers.size() != 3 || !code.endsWith(')'))
        return value;
    value.kind = Kind::SequenceValue;
    value.name = name;
    value.text = "DO SETVAL(" + quoteName(name).toUtf8() + ", " + numbers.at(1).trimmed() + ", "
                 + numbers.at(2).trimmed() + ", 0)";
    return value;
}

ScriptedStatement readRows(const QByteArray &statement)
{
    constexpr qsizetype LongestHead = 60;
    const auto begin = statement.indexOf('`');
    ScriptedStatement rows;
    if (begin < 0 || begin > LongestHead)
        return rows;
    rows.kind = Kind::Rows;
    rows.behindName = begin;
    rows.name = takeName(statement, rows.behindName);
    return rows;
}

} // namespace

ScriptedStatement readScripted(const QByteArray &statement)
{
    // The first line of newer dumps of MariaDB; with what follows it up to the first semicolon.
    if (statement.startsWith("/*M!999999\\-"))
        return {Kind::Nothing, {}, {}, {}};
    const bool isComment = isExecutableComment(statement);
    const auto head = isComment ? QByteArray() : statement.left(16).toUpper();
    if (head.startsWith("INSERT ") || head.startsWith("REPLACE "))
        return readRows(statement);
    const auto code = isComment ? uncommented(statement) : statement;
    const auto begins = [words = code.left(16).toUpper()](QByteArrayView word) {
        return words.startsWith(word);
    };
    if (begins("SET "))
        return readSetting(code);
    if (begins("CREATE "))
        return readCreate(code, isComment);
    if (begins("DO SETVAL(") || begins("SELECT SETVAL("))
        return readSequenceValue(code);
    static constexpr std::array<QByteArrayView, 12> Passed{"LOCK TABLES",
                                                           "UNLOCK TABLES",
                                                           "DROP ",
                                                           "ALTER TABLE ",
                                                           "ALTER DATABASE ",
                                                           "USE ",
                                                           "COMMIT",
                                                           "START TRANSACTION",
                                                           "FLUSH ",
                                                           "CHANGE ",
                                                           "ANALYZE ",
                                                           "BEGIN"};
    const bool isPassed =
        code.isEmpty()
        || std::any_of(Passed.begin(), Passed.end(), [&](auto word) { return begins(word); });
    return {isPassed ? Kind::Nothing : Kind::Unknown, {}, {}, {}};
}

} // namespace Banister
