// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "php/phpscanner.h"
#include "php/phpvalue.h"

#include <QCoreApplication>

#include <optional>
#include <vector>

namespace Banister {

/// One entry of the outermost array and where it stands; offsets into the text.
struct PhpElement
{
    QByteArray key;
    PhpValue value;
    bool hasKey = false;
    qsizetype begin = 0; ///< of the key, or of the value where it has no key
    qsizetype valueBegin = 0;
    qsizetype end = 0;    ///< behind the value
    qsizetype comma = -1; ///< -1: no comma follows
};

/// `$parameters = array(…);`, `return array(…);` or `$parameters['a']['b'] = …;`
struct PhpStatement
{
    qsizetype begin = 0;
    qsizetype end = 0; ///< behind the semicolon
    qsizetype valueBegin = 0;
    qsizetype valueEnd = 0;
    /// Empty for the array as a whole; null stands for [].
    std::vector<std::optional<QByteArray>> path;
    PhpValue value;
    std::vector<PhpElement> elements; ///< of the array as a whole
};

struct PhpDocument
{
    QByteArray variable; ///< without "$"; empty where the file returns its array
    std::vector<PhpStatement> statements;
    /// Offset of the last "?>" or the end of the file: where a statement can be added.
    qsizetype codeEnd = 0;
};

/// Reads a file that does nothing but fill one array. Nothing is run.
class PhpParser
{
    Q_DECLARE_TR_FUNCTIONS(PhpParser)

public:
    enum class Extent { WholeFile, FirstArray };

    explicit PhpParser(const QByteArray &text)
        : m_scanner(text)
    {}

    /// Null where problem() tells why.
    std::optional<PhpDocument> document(Extent extent);
    const PhpScanner &scanner() const { return m_scanner; }

private:
    bool statement(PhpDocument &document);
    bool assignment(PhpDocument &document, PhpStatement &statement);
    bool endOfStatement(PhpStatement &statement);
    std::optional<PhpValue> whole(PhpStatement &statement);

    std::optional<PhpValue> expression();
    std::optional<PhpValue> concatenation();
    std::optional<PhpValue> sum();
    std::optional<PhpValue> product();
    std::optional<PhpValue> operand();
    std::optional<PhpValue> named();
    std::optional<PhpExpression> getenvCall();
    std::optional<PhpExpression> dirnameCall();
    std::optional<PhpValue> array(std::vector<PhpElement> *elements);
    std::optional<QByteArray> key(const PhpValue &value, qsizetype offset);
    std::optional<PhpValue> arithmetic(char sign, const PhpValue &a, const PhpValue &b);

    /// Skips blanks and takes the word; without it the position stays.
    bool takeNext(QByteArrayView word);
    bool need(QByteArrayView word);
    /// What stands next may be a password that lost its quotes.
    bool isSecretPlace() const;
    std::nullopt_t refuse(const QString &expected);
    std::nullopt_t refuseAt(qsizetype offset, const QString &text);

    PhpScanner m_scanner;
    QByteArray m_lastText; ///< the text or key read last
    QByteArray m_key;      ///< whose value is being read
    int m_depth = 0;
    bool m_wasSum = false; ///< the operand read last has + or - outside of parentheses
};

} // namespace Banister
