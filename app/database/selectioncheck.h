// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/databasesettings.h"
#include "database/dumpmanifest.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Banister {

/// What speaks against bringing back some tables of a dump and leaving the others as they are.
struct SelectionFinding
{
    enum class Kind {
        NotInDump,     ///< blocks: the table came since
        MissingParent, ///< blocks: a foreign key leads to a table that is gone
        KeyTypes,      ///< blocks: the columns of a foreign key would no longer fit each other
        OrphanRows,    ///< blocks: rows would refer to rows that are not there
        ForeignKey, ///< warning: rows of a table that stays and of one that comes back belong together
        Columns,    ///< warning: the table gets other columns than it has now
        RelatedColumns, ///< warning: a table that stays, with newer columns, belongs to one that comes back
        Object,         ///< warning: a view, trigger, routine or event uses a column that goes
        Trigger, ///< warning: a trigger that came since goes with its table
    };
    enum class Severity { Warning, Blocking };

    Kind kind = Kind::ForeignKey;
    QString table;      ///< that comes back; of RelatedColumns the one that stays
    QString otherTable; ///< or "view name", "trigger name", …; may be empty
    QString text;       ///< a sentence for people
    qint64 rows = 0;    ///< of OrphanRows

    Severity severity() const;
};

/// Looks at what RestoreOptions::tables would do, and changes nothing. The blocking ones first. None
/// where the selection is empty, as then all tables come back. Reads both sides of the foreign keys
/// between a table that comes back and one that stays, now and in the dump: 16 bytes of memory for
/// each row of the table that one leads to. What programs outside the database make of a mix of tables
/// cannot be known here.
Result<QList<SelectionFinding>> checkSelection(const DatabaseSettings &settings,
                                               const DumpManifest &manifest,
                                               const QStringList &tables,
                                               Monitor &monitor);

} // namespace Banister
