// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phpoutput.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// A line of a box is padded with blanks to the width of the box and has two more on either side.
bool isBoxLine(const QString &line)
{
    return line.startsWith("  "_L1) && line.endsWith("  "_L1) && line.size() > 4;
}

QString withoutTail(QString line)
{
    while (!line.isEmpty() && line.back().isSpace())
        line.chop(1);
    return line;
}

/// Symfony 3.4 and later cut a message hard at the width of the terminal, words or not; so a line
/// that fills the box goes on in the next one. Without a terminal the width is 80.
QStringList joinedBox(const QStringList &lines)
{
    qsizetype width = 0;
    for (const auto &line : lines)
        width = std::max(width, line.size() - 4);
    const bool isCut = width >= 70;
    QStringList joined;
    bool continues = false;
    for (const auto &line : lines) {
        const auto content = line.mid(2, line.size() - 4);
        if (continues)
            joined.last() += content;
        else
            joined.append(content);
        // The last character may be a blank that belongs to the text.
        continues = isCut && withoutTail(content).size() >= width - 1;
    }
    std::transform(joined.begin(), joined.end(), joined.begin(), withoutTail);
    return joined;
}

} // namespace

QString plainConsoleText(const QByteArray &output)
{
    static const QRegularExpression escape(uR"(\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07))"_s);
    static const QRegularExpression stamp(uR"(^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] ?)"_s);
    auto text = QString::fromUtf8(output);
    text.remove(escape);
    text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
    const auto lines = text.split(u'\n');
    QStringList result;
    QStringList box;
    for (auto line : lines) {
        line.remove(stamp);
        if (isBoxLine(line)) {
            box.append(line);
            continue;
        }
        result.append(joinedBox(box));
        box.clear();
        result.append(withoutTail(line));
    }
    result.append(joinedBox(box));
    return result.join(u'\n');
}

QString withoutSecrets(const QString &text, const QStringList &secrets)
{
    // "#3 /srv/x.php(12): PDO->__construct('mysql:host=…', 'user', 'password', Array)"; an
    // argument may hold a line break.
    static const QRegularExpression trace(
        uR"((#\d+ [^\n]*?(?:\(\d+\)|\[internal function\]): [^\n(]*\()[\s\S]*?(\)\s*)(?=\n\s*#\d|\n\s*thrown in|\n\n|\z))"_s);
    // "mysql://user:password@host"
    static const QRegularExpression address(uR"((://[^\s:/@]*:)[^\s/]+@)"_s);
    // "password=…", "'db_password' => '…'", "--password …"; not "(using password: YES)"
    static const QRegularExpression assignment(
        uR"(((?:passw(?:or)?d|passwd|pwd|secret|secret_key|token|api_?key)["']?\s*(?:=>|=|:)\s*)(?!YES\b|NO\b)("[^"\n]*"|'[^'\n]*'|[^\s,;)&]+))"_s,
        QRegularExpression::CaseInsensitiveOption);
    // " with params ["a", 3]:" behind a statement: rows of people
    static const QRegularExpression params(uR"((with params )\[[^\n]*\])"_s);
    auto clean = text;
    for (const auto &secret : secrets) {
        if (!secret.isEmpty())
            clean.replace(secret, u"***"_s);
    }
    clean.replace(trace, uR"(\1...\2)"_s);
    clean.replace(address, uR"(\1***@)"_s);
    clean.replace(assignment, uR"(\1***)"_s);
    clean.replace(params, uR"(\1[...])"_s);
    return clean;
}

} // namespace Banister
