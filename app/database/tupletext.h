// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/schema.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <vector>

namespace Banister {

/// Writes rows as the text between the parentheses of an INSERT, with them: (1,'it\'s',0x00FF,NULL).
/// Strings never hold a line break: a statement ends where ";\n" stands.
class TupleText
{
public:
    explicit TupleText(const QList<SchemaColumn> &columns);
    /// The view is valid until the next call.
    QByteArrayView write(const char *const *values, const unsigned long *lengths);

private:
    void appendText(const char *value, size_t size);
    void appendBinary(const char *value, size_t size);
    char *grow(size_t size);

    std::vector<ColumnKind> m_kinds;
    std::vector<char> m_buffer;
    size_t m_size = 0;
};

} // namespace Banister
