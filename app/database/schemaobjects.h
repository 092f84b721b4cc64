// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/connection.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Banister {

/// A sequence, view, trigger, routine or event, as the server prints it.
struct SchemaObject
{
    enum class Kind { Sequence, View, Trigger, Procedure, Function, Event };
    Kind kind = Kind::View;
    QString name;
    QByteArray definition;
    QByteArray sqlMode;
    QByteArray characterSet; ///< character_set_client when it was made
    QByteArray collation;    ///< collation_connection when it was made
    QByteArray timeZone;     ///< of events
    /// A statement to run after or before the definition: the value of a sequence; a stand-in for a
    /// view that is read by others before it can be made.
    QByteArray supplement = {};
    /// False for a view that names something that is gone: the server cannot make it again.
    bool isUsable = true;

    /// "view", "trigger", …
    QByteArray keyword() const;
    /// "view name": what it is called in a manifest.
    QString title() const;
    /// SHA-256 of what makes it, raw; who made it (DEFINER) does not count.
    QByteArray fingerprint() const;
};

/// Reads what has the prefix; everything where the prefix is empty. Triggers go with their table.
/// In an order in which they can be made: sequences, functions, procedures, views, triggers, events.
/// DefinitionHidden, naming all of them, where the account may know of some but not read them.
Result<QList<SchemaObject>> readSchemaObjects(Connection &connection, const QString &tablePrefix);

/// Views after those that they read. A name in the text of another view may only be a column's: what
/// looks like a circle is apart.
struct SortedViews
{
    QList<SchemaObject> sorted;
    QList<SchemaObject> circular;
};
SortedViews sortViews(QList<SchemaObject> views);

/// Whom an object belongs to, as it stands in the definition: "`a`@`b`"; empty for a sequence.
QByteArray definerOf(const QByteArray &definition);
/// "CREATE DEFINER=`a`@`b` VIEW …" without the DEFINER: whoever runs it becomes the definer.
QByteArray withoutDefiner(const QByteArray &definition);

} // namespace Banister
