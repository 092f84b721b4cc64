// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/schemaobjects.h"

#include <QByteArray>
#include <QString>

namespace Banister {

/// One statement of a script as mysqldump or mariadb-dump writes it (MySQL 5.5 to 8, MariaDB 10 and
/// 11), told apart by what a dump of ours takes from it.
struct ScriptedStatement
{
    enum class Kind {
        Nothing,       ///< locks, keys off and on, DROP, variables of the script's own
        Setting,       ///< of the session: name and value in text; "names" for SET NAMES
        Table,         ///< CREATE TABLE, as SHOW CREATE TABLE printed it
        StandIn,       ///< what stands in a view's place until all tables are there
        Rows,          ///< an INSERT
        Object,        ///< CREATE of a view, trigger, routine, event, sequence
        SequenceValue, ///< what a sequence goes on with
        Unknown,       ///< no such program writes it
    };
    Kind kind = Kind::Unknown;
    SchemaObject::Kind object = SchemaObject::Kind::View; ///< of Object
    QString name;                                         ///< of the table, view, and so on
    /// Of Table and Object: the definition, outside of executable comments. Of StandIn: a view that
    /// reads nothing. Of SequenceValue: a statement that sets it. Of Setting: the value, empty where
    /// it is a variable's.
    QByteArray text;
    qsizetype behindName = 0; ///< of Rows: where in the statement the columns or VALUES begin
};

/// \param statement from a ScriptSplitter
ScriptedStatement readScripted(const QByteArray &statement);

} // namespace Banister
