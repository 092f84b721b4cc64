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

struct TableDifference
{
    enum class Kind {
        Missing,    ///< the table, view, trigger … is in the dump only
        Added,      ///< in the database only
        Definition, ///< the columns or the body differ
        Rows        ///< the number or the content of the rows differs
    };
    QString table; ///< or "view name", "trigger name", …
    Kind kind = Kind::Rows;
    qint64 expectedRows = 0;
    qint64 actualRows = 0;
};

/// Compares a database with a dump, row for row: every row is read and added up as the dump did.
/// \param tables only these, with their triggers; all, with views, routines and whatever else there
/// is, where it is empty. To tell whose a trigger is takes the dump's files.
Result<QList<TableDifference>> compareWithManifest(const DatabaseSettings &settings,
                                                   const DumpManifest &manifest,
                                                   Monitor &monitor,
                                                   const QStringList &tables = {});

} // namespace Banister
