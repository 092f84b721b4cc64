// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Banister {

/// A table's definition in parts: to sort an index in the end takes the server a fraction of what it
/// takes to insert into it row by row. Carried out one after the other they make the same table.
struct DeferredKeys
{
    QByteArray create;     ///< CREATE TABLE, before the rows
    QByteArray addKeys;    ///< ALTER TABLE, after the rows; empty where all stays in the first part
    QByteArray addForeign; ///< ALTER TABLE, after all tables have their keys; may be empty
};

/// Takes plain keys and foreign keys out of a definition as SHOW CREATE TABLE prints it. Whatever could
/// become another table then stays whole: other engines than InnoDB, partitions, history, full text
/// and spatial keys, a number that counts up without being the primary key.
DeferredKeys deferKeys(const QByteArray &definition);

} // namespace Banister
