// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/objectscript.h"

#include "database/databaseerror.h"

#include <QCoreApplication>

namespace Banister {

Result<ObjectScript> objectScript(const SchemaObject &object)
{
    if (object.definition.contains(ObjectDelimiter)) {
        return Error{DatabaseError::DumpFailed,
                     QCoreApplication::translate("ObjectScript",
                                                 "The %1 %2 holds a text that dumps use as a mark.")
                         .arg(QString::fromLatin1(keywordOf(object.kind)), object.name),
                     {},
                     {}};
    }
    ObjectScript script;
    const auto set = [&script](const QByteArray &name, const QByteArray &value) {
        if (value.isEmpty() && name != "sql_mode")
            return;
        script.text += "SET " + name + "='" + value + "';\n";
        ++script.statements;
    };
    if (object.kind != SchemaObject::Kind::View)
        set("sql_mode", object.sqlMode);
    set("time_zone", object.timeZone);
    // The body is in the character set in which it was made; the server remembers that.
    set("character_set_client", object.characterSet);
    set("collation_connection", object.collation);
    script.text += "DELIMITER " + ObjectDelimiter.toByteArray() + "\n" + object.definition + "\n"
                   + ObjectDelimiter.toByteArray() + "\nDELIMITER ;\n";
    ++script.statements;
    set("character_set_client", "utf8mb4");
    set("sql_mode", "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES");
    set("time_zone", "+00:00");
    return script;
}

QByteArray escapedDefinition(const QByteArray &definition)
{
    // The server prints line breaks in comments and defaults as \n, and its own lines end with a comma
    // or parenthesis; PARTITION clauses and the like hold no semicolon.
    auto statement = definition;
    return statement.replace(";\n", "; \n");
}

} // namespace Banister
