// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/schemavalues.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

namespace Banister {

struct SchemaOptions
{
    QByteArray prefix;      ///< of every name
    int longestTable = 150; ///< rows
};

/// Makes databases up: the same seed gives the same one.
///
/// Names and values are hostile (quotes, semicolons, comment marks, newlines, words of SQL, letters
/// of four bytes), all column types occur, with all kinds of keys, several engines and character
/// sets, foreign keys in circles, generated columns, views on views, triggers that would change
/// rows, routines and events.
class SchemaGenerator
{
public:
    explicit SchemaGenerator(quint32 seed, const SchemaOptions &options = {});

    /// Statements for TestServer::runSql(), one each, to be run in one connection's order; joined()
    /// is the same as one script with its session settings, without DELIMITER.
    QByteArrayList statements();
    QByteArray joined();

private:
    struct Column
    {
        QByteArray name; ///< quoted
        QByteArray definition;
        ColumnType type = ColumnType::Int;
        bool isGenerated = false;
    };

    int pick(int count) { return m_dice.pick(count); }
    bool chance(int percent) { return m_dice.chance(percent); }
    QByteArray name(const QByteArray &kind);
    QByteArray value(const Column &column);
    Column column(ColumnType type);
    QByteArrayList table(const QByteArray &name);
    QByteArray keys(const QList<Column> &columns);
    QByteArrayList rows(const QByteArray &table, const QList<Column> &columns, bool hasNumber);
    QByteArrayList foreignKeys();
    QByteArrayList programs();

    Dice m_dice;
    SchemaOptions m_options;
    int m_names = 0;
    QByteArrayList m_tables;     ///< quoted
    QByteArrayList m_innoTables; ///< those with the columns id and ref
};

} // namespace Banister
