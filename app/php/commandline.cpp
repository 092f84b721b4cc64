// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/commandline.h"

#include "base/shellword.h"
#include "php/phperror.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct CommandLine
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

Result<QStringList> splitCommandLine(const QString &text)
{
    QStringList words;
    QString word;
    bool isWord = false; // quotes make a word even where nothing is between them
    QChar quote;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text.at(i);
        const auto next = i + 1 < text.size() ? text.at(i + 1) : QChar();
        const bool isEscape = c == u'\\' && !next.isNull() && quote != u'\''
                              && (quote.isNull() || next == u'"' || next == u'\\');
        if (isEscape) {
            word += next;
            isWord = true;
            ++i;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = {};
            else
                word += c;
        } else if (c == u'\'' || c == u'"') {
            quote = c;
            isWord = true;
        } else if (c.isSpace()) {
            if (isWord)
                words.append(word);
            word.clear();
            isWord = false;
        } else {
            word += c;
            isWord = true;
        }
    }
    if (!quote.isNull()) {
        return Error{
            PhpError::CommandUnreadable,
            CommandLine::tr("A quote (%1) is opened in the command and not closed.").arg(quote),
            text,
            {}};
    }
    if (isWord)
        words.append(word);
    if (words.isEmpty() || words.first().isEmpty()) {
        return Error{PhpError::CommandUnreadable,
                     CommandLine::tr("The command names no program."),
                     text,
                     {}};
    }
    return words;
}

QString joinCommandLine(const QStringList &words)
{
    QStringList quoted;
    for (const auto &word : words)
        quoted.append(shellWord(word));
    return quoted.join(u' ');
}

} // namespace Banister
