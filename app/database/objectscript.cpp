// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/objectscript.h"

#include "database/databaseerror.h"

#include <QCoreApplication>

namespace Banister {

namespace {

ObjectScript asComment(const SchemaObject &object)
{
    auto lines = object.definition;
    return {"-- The server itself could not use this view, so it is not made:\n-- "
                + lines.replace('\r', ' ').replace('\n', "\n-- ") + '\n',
            0};
}

/// A definition that replaces what has the name; several statements, in the end the definition.
QByteArrayList statementsFor(const SchemaObject &object)
{
    using Kind = SchemaObject::Kind;
    const auto drop =
        "DROP " + object.keyword().toUpper() + " IF EXISTS " + quoteName(object.name).toUtf8();
    switch (object.kind) {
    case Kind::Sequence:
        return {drop, object.definition, object.supplement};
    case Kind::View: {
        constexpr QByteArrayView Create = "CREATE ";
        auto definition = object.definition;
        definition.insert(Create.size(), "OR REPLACE ");
        return {definition};
    }
    case Kind::Trigger: // gone with its table
        return {object.definition};
    case Kind::Procedure:
    case Kind::Function:
    case Kind::Event:
        return {drop, object.definition};
    }
    return {};
}

} // namespace

Result<ObjectScript> objectScript(const SchemaObject &object)
{
    if (object.definition.contains(ObjectDelimiter)) {
        return Error{DatabaseError::DumpFailed,
                     QCoreApplication::translate("ObjectScript",
                                                 "The %1 %2 holds a text that dumps use as a mark.")
                         .arg(QString::fromLatin1(object.keyword()), object.name),
                     {},
                     {}};
    }
    if (!object.isUsable)
        return asComment(object);
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
    script.text += "DELIMITER " + ObjectDelimiter.toByteArray() + '\n';
    for (const auto &statement : statementsFor(object)) {
        script.text += statement + '\n' + ObjectDelimiter.toByteArray() + '\n';
        ++script.statements;
    }
    script.text += "DELIMITER ;\n";
    set("character_set_client", "utf8mb4");
    set("sql_mode", "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES");
    set("time_zone", "+00:00");
    return script;
}

} // namespace Banister
