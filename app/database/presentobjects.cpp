// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/presentobjects.h"

#include "database/schema.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

QString keywordOf(PresentObject::Kind kind)
{
    switch (kind) {
    case PresentObject::Kind::Event:
        return u"EVENT"_s;
    case PresentObject::Kind::View:
        return u"VIEW"_s;
    case PresentObject::Kind::Procedure:
        return u"PROCEDURE"_s;
    case PresentObject::Kind::Function:
        return u"FUNCTION"_s;
    case PresentObject::Kind::Table:
        return u"TABLE"_s;
    case PresentObject::Kind::Sequence:
        return u"SEQUENCE"_s;
    }
    return {};
}

QString namesOf(PresentObject::Kind kind, const QString &prefix)
{
    const auto ofTables = [&prefix](const char *types) {
        return u"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() "
               "AND TABLE_TYPE IN (%1)"_s.arg(QLatin1StringView(types))
               + hasPrefix(u"TABLE_NAME"_s, prefix);
    };
    switch (kind) {
    case PresentObject::Kind::Event:
        return u"SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"_s
               + hasPrefix(u"EVENT_NAME"_s, prefix);
    case PresentObject::Kind::View:
        return ofTables("'VIEW'");
    case PresentObject::Kind::Table:
        return ofTables("'BASE TABLE', 'SYSTEM VERSIONED'");
    case PresentObject::Kind::Sequence:
        return ofTables("'SEQUENCE'");
    case PresentObject::Kind::Procedure:
    case PresentObject::Kind::Function:
        break;
    }
    return u"SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = "
           u"DATABASE() "
           "AND ROUTINE_TYPE = '%1'"_s.arg(keywordOf(kind))
           + hasPrefix(u"ROUTINE_NAME"_s, prefix);
}

} // namespace

QString PresentObject::title() const
{
    return kind == Kind::Table ? name : keywordOf(kind).toLower() + u' ' + name;
}

QByteArray PresentObject::dropStatement() const
{
    return "DROP " + keywordOf(kind).toLatin1() + " IF EXISTS " + quoteName(name).toUtf8();
}

Result<QList<PresentObject>> presentObjects(Connection &connection, const QString &prefix)
{
    using Kind = PresentObject::Kind;
    QList<PresentObject> objects;
    for (const auto kind :
         {Kind::Event, Kind::View, Kind::Procedure, Kind::Function, Kind::Table, Kind::Sequence}) {
        const auto rows = connection.rows(namesOf(kind, prefix));
        if (!rows)
            return rows.failure();
        for (const auto &row : *rows)
            objects.append({kind, row.constFirst().toString()});
    }
    return objects;
}

} // namespace Banister
