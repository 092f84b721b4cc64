// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace Banister {

struct TableColumn
{
    QString name;
    QByteArray type;         ///< lower case, as it is printed: "int(10) unsigned", "enum('a','B')"
    QByteArray characterSet; ///< of texts, the table's where the column has none of its own
    QByteArray collation;    ///< as for characterSet; empty where neither names one
    bool isNullable = true;
    bool isGenerated = false; ///< computes itself: a dump does not have its values

    QByteArray baseType() const; ///< "int", "enum"
};

struct ForeignKey
{
    QString name;
    QStringList columns;
    QString parent; ///< table; of the same database, else empty
    QStringList parentColumns;
};

/// What a CREATE TABLE says, as far as rows and their relations are concerned.
struct TableDefinition
{
    QString name;
    QList<TableColumn> columns;
    QStringList primaryKey; ///< columns; empty where there is none
    /// Columns of each unique key, in the order of the definition; without those on expressions.
    QList<QStringList> uniqueKeys;
    QList<ForeignKey> foreignKeys;

    const TableColumn *column(const QString &columnName) const;
    QStringList columnNames() const;
    /// Keys that tell any two rows apart: the primary key, then unique ones without NULL.
    QList<QStringList> rowKeys() const;
};

/// Reads a definition as SHOW CREATE TABLE prints it (MariaDB, MySQL); nothing else.
TableDefinition parseTableDefinition(const QByteArray &createTable);

} // namespace Banister
