// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/connection.h"
#include "database/schemaobjects.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Banister {

/// How a column's values are written.
enum class ColumnKind {
    Number,  ///< as the server prints it
    Text,    ///< quoted
    Binary,  ///< hexadecimal
    Encoded, ///< bytes of a character set that Unicode does not give back as they were: quoted where
             ///< all are ASCII letters of ASCII itself, else hexadecimal with the introducer
};

struct SchemaColumn
{
    QString name;
    ColumnKind kind = ColumnKind::Text;
    QByteArray expression; ///< what to select so that nothing of the value is lost
    QByteArray introducer; ///< of Encoded: "_sjis"
};

struct SchemaTable
{
    QString name;
    bool isTransactional = true; ///< InnoDB: a snapshot covers it
    qint64 rowsEstimate = 0;
    qint64 bytesEstimate = 0;
    qint64 autoIncrement = 0;
    QList<SchemaColumn> columns; ///< without generated ones: those compute themselves
    QString chunkColumn;   ///< first column of the primary key where it is an integer; may be empty
    QByteArray definition; ///< SHOW CREATE TABLE
};

/// What of a database belongs to the application.
struct Schema
{
    QList<SchemaTable> tables;
    QList<SchemaObject> objects; ///< in an order in which they can be made

    qint64 rowsEstimate() const;
    qint64 bytesEstimate() const;
};

/// Reads what has the prefix; everything where the prefix is empty. Triggers go with their table.
Result<Schema> readSchema(Connection &connection, const QString &tablePrefix);
/// Only names and sizes of the tables: quick.
Result<Schema> measureSchema(Connection &connection, const QString &tablePrefix);

/// \param type "varchar" \param wholeType "varchar(20)" \param characterSet empty where it has none
SchemaColumn schemaColumn(const QString &name,
                          const QString &type,
                          const QString &wholeType,
                          const QByteArray &characterSet);

/// A table's definition without what changes with its rows (AUTO_INCREMENT).
QByteArray stableDefinition(const QByteArray &definition);
/// A condition on a column of names: those with the prefix, all where it is empty; never what Staging
/// has put there.
QString hasPrefix(const QString &column, const QString &tablePrefix);

} // namespace Banister
