// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/schema.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <string_view>
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
    struct Column
    {
        ColumnKind kind;
        QByteArray introducer;
    };

    void append(std::string_view text);
    void appendText(const char *value, size_t size);
    void appendHex(const char *value, size_t size);
    void appendBinary(const char *value, size_t size);
    void appendEncoded(const Column &column, const char *value, size_t size);

    std::vector<Column> m_columns;
    size_t m_beside = 0; ///< room that a row takes at most beside its values
    std::vector<char> m_buffer;
    char *m_to = nullptr; ///< in m_buffer, which is large enough for the row
};

} // namespace Banister
