// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/connection.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Banister {

/// Something of the application's in the database; triggers go with their tables.
struct PresentObject
{
    /// In the order in which they can be removed: sequences after the tables that take numbers from them.
    enum class Kind { Event, View, Procedure, Function, Table, Sequence };

    Kind kind = Kind::Table;
    QString name;

    /// As a dump's manifest calls it: "name" of a table, "view name".
    QString title() const;
    QByteArray dropStatement() const;
};

/// What has the prefix, everything where that is empty; in the order of Kind.
Result<QList<PresentObject>> presentObjects(Connection &connection, const QString &prefix);

} // namespace Banister
