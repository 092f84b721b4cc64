// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/schemaobjects.h"

#include <QByteArray>

namespace Banister {

/// Ends the statements that make views, triggers, routines and events: their bodies hold semicolons.
/// The mariadb client takes at most 15 characters.
inline constexpr QByteArrayView ObjectDelimiter = "$$banister$$";

struct ObjectScript
{
    QByteArray text;
    int statements = 0;
};

/// The lines that make an object, in place of one that is there, with the settings under which it was made: SET statements that end
/// with ";\n", then a line "DELIMITER $$banister$$", the definition, a line with the delimiter, and
/// a line "DELIMITER ;". A view that is not usable becomes a comment.
Result<ObjectScript> objectScript(const SchemaObject &object);

} // namespace Banister
