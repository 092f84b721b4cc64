// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QCoreApplication>

#include <functional>
#include <optional>

namespace Banister {

/// Reads up to so many bytes; 0 at the end.
using ByteSource = std::function<Result<qint64>(char *to, qint64 size)>;

struct ScriptStatement
{
    QByteArray text;   ///< without the delimiter, blanks around it and comments before it
    qint64 offset = 0; ///< of its first byte in the script
    qint64 line = 0;   ///< of its first byte, from 1
};

/// Cuts an SQL script of anybody's into statements, as the mariadb client does.
///
/// It knows strings, quoted names, the three kinds of comments, executable comments (their inside is
/// code) and DELIMITER. It reads as it goes and holds one statement at a time. Scripts in character
/// sets whose letters can contain a backslash or a quote (sjis, gbk, big5) are not read rightly.
/// For our own dumps StatementReader is simpler and quicker.
class ScriptSplitter
{
    Q_DECLARE_TR_FUNCTIONS(ScriptSplitter)

public:
    struct Options
    {
        bool backslashEscapes = true;              ///< false in the mode NO_BACKSLASH_ESCAPES
        qint64 longestStatement = qint64(1) << 30; ///< the most that a server can take
    };

    explicit ScriptSplitter(ByteSource source);
    ScriptSplitter(ByteSource source, const Options &options);

    /// The next statement, null at the end. A string, name or comment that does not end is an error
    /// that names its line; so is a statement that is too long. Not to be called after an error.
    Result<std::optional<ScriptStatement>> next();

private:
    enum class Kind { Code, Delimiter, Quoted, Comment, LineComment };

    Result<bool> fill();
    Result<> lookAhead(qsizetype position);
    Result<bool> skipToStatement();
    Result<> takeDelimiterCommand();
    Kind kindAt(qsizetype position) const;
    bool isSpecial(char c) const;
    bool isDelimiterCommandAt(qsizetype position) const;
    Result<qsizetype> endOf(Kind kind, qsizetype start);
    std::optional<qsizetype> findEnd(Kind kind, char quote, qsizetype &position) const;
    void drop(qsizetype count);
    qint64 lineOf(qsizetype position) const;

    ByteSource m_source;
    Options m_options;
    QByteArray m_buffer;
    qsizetype m_begin = 0; ///< of what has not been used yet in the buffer
    QByteArray m_delimiter = ";";
    qint64 m_offset = 0;  ///< of m_begin in the script
    qint64 m_line = 1;    ///< at m_begin
    bool m_atEnd = false; ///< of the source; the buffer may hold more
};

} // namespace Banister
