// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "php/phpparser.h"

namespace Banister {

/// Edits the text of a PHP array file entry by entry and touches nothing else. The caller reads
/// the result again: some edits (of entries without keys) have no place of their own.
class PhpEdit
{
public:
    PhpEdit(const QByteArray &text, const PhpDocument &document)
        : m_text(text)
        , m_document(document)
    {}

    QByteArray withValue(const QByteArray &key, const PhpValue &value);
    QByteArray without(const QByteArray &key);
    /// The whole array written anew, later statements gone.
    QByteArray rewritten(const PhpArray &values);

private:
    struct Splice
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        QByteArray text;
    };

    void replaceValue(qsizetype begin, qsizetype end, const PhpValue &value);
    void addEntry(const QByteArray &key, const PhpValue &value);
    void addStatement(const QByteArray &key, const PhpValue &value);
    void removeElement(const PhpElement &element);
    void removeStatement(const PhpStatement &statement);
    void cut(qsizetype begin, qsizetype end);
    QByteArray spliced();

    const PhpStatement *wholeArray() const;
    PhpStyle styleAt(qsizetype offset) const;
    QByteArray indentAt(qsizetype offset) const;
    bool startsLine(qsizetype offset) const;
    qsizetype behindComment(qsizetype offset) const;
    QByteArray newline() const { return m_text.contains("\r\n") ? "\r\n" : "\n"; }

    const QByteArray &m_text;
    const PhpDocument &m_document;
    std::vector<Splice> m_splices;
};

} // namespace Banister
