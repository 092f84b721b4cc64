// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "php/phpvalue.h"

#include <QCoreApplication>

#include <optional>

namespace Banister {

/// What stopped the reading, and where. The first problem stays.
struct PhpProblem
{
    qsizetype offset = 0;
    QString text; ///< translated; never holds text from within a string
};

/// Reads the words of PHP one after the other: blanks with comments, names, texts, numbers.
/// A take…() that fails leaves the position where it was, or sets problem().
class PhpScanner
{
    Q_DECLARE_TR_FUNCTIONS(PhpScanner)

public:
    explicit PhpScanner(QByteArray text)
        : m_text(std::move(text))
    {}

    const QByteArray &text() const { return m_text; }
    qsizetype position() const { return m_position; }
    void moveTo(qsizetype position) { m_position = position; }
    bool atEnd() const { return m_position >= m_text.size(); }
    char peek(qsizetype ahead = 0) const;
    /// Whether what stands here begins so.
    bool sees(QByteArrayView word) const;
    bool take(QByteArrayView word);

    /// White space and comments. Stops before "?>", which ends a comment of one line too.
    void skipBlanks();
    /// A name with its namespace; empty where none stands here.
    QByteArray takeName();
    /// The name behind "$"; empty where none stands here.
    QByteArray takeVariable();
    std::optional<QByteArray> takeString();
    std::optional<PhpValue> takeNumber();

    /// Notes the problem unless one is noted already; always false.
    bool fail(qsizetype offset, const QString &text);
    /// "Expected X, but there is Y", where Y is not shown where it could be a secret.
    bool failExpected(const QString &what, bool isSecret);
    const std::optional<PhpProblem> &problem() const { return m_problem; }

    /// 1-based; a column counts characters.
    std::pair<int, int> lineAndColumn(qsizetype offset) const;

private:
    std::optional<QByteArray> takeSingleQuoted();
    std::optional<QByteArray> takeDoubleQuoted();
    std::optional<QByteArray> takeHeredoc();
    std::optional<QByteArray> unescaped(qsizetype begin, qsizetype end, char quote);
    /// One escape that begins with the backslash at the offset; moves the offset behind it.
    bool unescape(qsizetype &offset, qsizetype end, char quote, QByteArray &to);
    QString found(bool isSecret) const;

    QByteArray m_text;
    qsizetype m_position = 0;
    std::optional<PhpProblem> m_problem;
};

} // namespace Banister
