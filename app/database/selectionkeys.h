// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/connection.h"
#include "database/dumpmanifest.h"
#include "database/schema.h"
#include "database/tabledefinition.h"

#include <QString>

#include <optional>

namespace Banister {

/// A foreign key between a table that comes back from a dump and one that stays as it is.
struct CrossingKey
{
    ForeignKey key;
    TableDefinition child;  ///< the dump's where it comes back, else that of now
    TableDefinition parent; ///< likewise; without columns where there is none
    bool isChildRestored = false;
    SchemaTable present; ///< the one of the two that stays
};

/// Whether the columns can refer to each other: the server makes no key between others.
bool hasMatchingTypes(const CrossingKey &crossing);

/// Rows of the child whose row of the parent would not be there. Reads the one from the dump, the
/// other from the database; 16 bytes of memory for each row of the parent. Texts are compared without
/// regard for capitals and accents unless their collation is binary, so that whatever the server
/// takes for the same is the same here. Null where a column cannot be read, as it computes itself.
Result<std::optional<qint64>> countOrphans(Connection &connection,
                                           const DumpManifest &manifest,
                                           const CrossingKey &crossing,
                                           const Monitor &monitor);

} // namespace Banister
