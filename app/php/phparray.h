// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "php/phpparser.h"
#include "php/phpvalue.h"

#include <QCoreApplication>

namespace Banister {

/// A PHP configuration file that fills one array: `<?php $parameters = array(…);`, with
/// `$parameters['x'] = …;` behind it, or `return array(…);`. It is read, never run, and edited in
/// place: comments, order, quotes and blanks outside of the edited entries stay byte for byte.
class PhpArrayFile
{
    Q_DECLARE_TR_FUNCTIONS(PhpArrayFile)

public:
    /// FirstArray stops behind the first whole array and leaves the rest of the file, which may be
    /// any PHP, alone.
    using Extent = PhpParser::Extent;

    /// The error is PhpError::ArrayUnreadable; its fact has file, line and column, both from 1,
    /// and what was found there. The name is used for messages and for __DIR__.
    static Result<PhpArrayFile>
    parse(const QByteArray &php, const QString &fileName, Extent extent = Extent::WholeFile);

    const QString &fileName() const { return m_fileName; }
    /// "parameters"; empty where the file returns its array.
    const QByteArray &variable() const { return m_document.variable; }
    const PhpArray &values() const { return m_values; }
    QByteArrayList keys() const { return m_values.keys(); }
    bool contains(const QByteArray &key) const { return m_values.contains(key); }
    /// NULL where there is none.
    PhpValue value(const QByteArray &key) const;
    /// Of arrays in arrays, the outermost key first.
    PhpValue valueAt(const QByteArrayList &path) const;
    /// With getenv() replaced, see PhpValue::resolved().
    PhpValue resolved(const QByteArray &key, const QProcessEnvironment &environment) const;

    /// Replaces the value where it stands, or adds the entry at the end.
    void set(const QByteArray &key, const PhpValue &value);
    void remove(const QByteArray &key);

    const QByteArray &toPhp() const { return m_text; }

private:
    PhpArrayFile() = default;
    /// Takes over an edited text if it reads as the expected values.
    bool adopt(const QByteArray &text, const PhpArray &expected);
    /// Writes the whole array anew: the way for edits that have no place of their own.
    void rewrite(const PhpArray &values);

    QString m_fileName;
    Extent m_extent = Extent::WholeFile;
    QByteArray m_text;
    PhpDocument m_document;
    PhpArray m_values;
};

/// What differs between two files, key by key.
struct PhpChange
{
    QByteArray key;
    std::optional<PhpValue> before; ///< none: added
    std::optional<PhpValue> after;  ///< none: removed
};

/// In the order of the first file, what was added last.
QList<PhpChange> changesBetween(const PhpArray &before, const PhpArray &after);

} // namespace Banister
