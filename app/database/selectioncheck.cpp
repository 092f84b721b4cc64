// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/selectioncheck.h"

#include "database/dumppart.h"
#include "database/dumpselection.h"
#include "database/selectionkeys.h"
#include "database/snapshot.h"
#include "database/tablepair.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using Kind = SelectionFinding::Kind;

QString text(const char *sentence)
{
    return QCoreApplication::translate("SelectionCheck", sentence);
}

bool mentions(const QString &definition, const QString &name)
{
    const QRegularExpression word(
        u"(?<![\\w$])"_s + QRegularExpression::escape(name) + u"(?![\\w$])"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return word.match(definition).hasMatch();
}

/// The work of one check.
class SelectionCheck
{
public:
    SelectionCheck(const DatabaseSettings &settings,
                   const DumpManifest &manifest,
                   const QStringList &tables,
                   Monitor &monitor)
        : m_settings(settings)
        , m_manifest(manifest)
        , m_tables(tables)
        , m_monitor(monitor)
    {}

    Result<QList<SelectionFinding>> run();

private:
    bool isSelected(const QString &table) const { return m_tables.contains(table); }
    void add(Kind kind, const QString &table, const QString &other, const QString &sentence)
    {
        m_findings.append({kind, table, other, sentence});
    }
    Result<> read();
    QList<CrossingKey> crossingKeys() const;
    Result<> checkKeys();
    Result<> checkRows(Connection &connection, const CrossingKey &crossing);
    void checkColumns();
    void checkObjects();

    const DatabaseSettings &m_settings;
    const DumpManifest &m_manifest;
    const QStringList &m_tables;
    Monitor &m_monitor;
    Schema m_schema;
    QHash<QString, TableDefinition> m_then;
    QHash<QString, TableDefinition> m_now;
    QHash<QString, SchemaTable> m_present;
    QHash<QString, QStringList> m_goingColumns; ///< of selected tables
    QList<SelectionFinding> m_findings;
};

Result<> SelectionCheck::read()
{
    const auto definitions = readDumpDefinitions(m_manifest);
    if (!definitions)
        return definitions.failure();
    for (auto it = definitions->begin(); it != definitions->end(); ++it)
        m_then.insert(it.key(), parseTableDefinition(it.value()));
    auto connection = Connection::open(m_settings);
    if (!connection)
        return connection.failure();
    // Other applications' tables may refer to ours.
    auto schema = readSchema(*connection, {});
    if (!schema)
        return schema.failure();
    m_schema = std::move(*schema);
    for (const auto &table : std::as_const(m_schema.tables)) {
        m_now.insert(table.name, parseTableDefinition(table.definition));
        m_present.insert(table.name, table);
    }
    return Success;
}

QList<CrossingKey> SelectionCheck::crossingKeys() const
{
    QList<CrossingKey> keys;
    for (const auto &table : m_schema.tables) {
        if (isSelected(table.name))
            continue;
        const auto child = m_now.value(table.name);
        for (const auto &key : child.foreignKeys) {
            if (isSelected(key.parent))
                keys.append({key, child, m_then.value(key.parent), false, table});
        }
    }
    for (const auto &name : m_tables) {
        const auto child = m_then.value(name);
        for (const auto &key : child.foreignKeys) {
            if (!key.parent.isEmpty() && !isSelected(key.parent))
                keys.append(
                    {key, child, m_now.value(key.parent), true, m_present.value(key.parent)});
        }
    }
    return keys;
}

Result<> SelectionCheck::checkRows(Connection &connection, const CrossingKey &crossing)
{
    const auto &child = crossing.child.name;
    const auto &parent = crossing.key.parent;
    const auto &restored = crossing.isChildRestored ? child : parent;
    const auto &other = crossing.isChildRestored ? parent : child;
    m_monitor.report({0, 0, text("Comparing %1 with %2").arg(child, parent)});
    const auto orphans = countOrphans(connection, m_manifest, crossing, m_monitor);
    if (!orphans)
        return orphans.failure();
    if (!*orphans) {
        add(Kind::ForeignKey,
            restored,
            other,
            text("Rows of %1 refer to rows of %2 through computed columns: whether all of them "
                 "would "
                 "be there could not be looked at.")
                .arg(child, parent));
    } else if (const auto count = **orphans; count > 0) {
        add(Kind::OrphanRows,
            restored,
            other,
            text("Rows of %1 would refer to rows of %2 that would not be there: %3.")
                .arg(child, parent, QLocale().toString(count)));
        m_findings.last().rows = count;
    } else {
        add(Kind::ForeignKey,
            restored,
            other,
            text("Rows of %1 refer to rows of %2. All of them would be there; whether they are the "
                 "ones that were meant is for you to tell.")
                .arg(child, parent));
    }
    return Success;
}

Result<> SelectionCheck::checkKeys()
{
    Schema involved;
    QList<CrossingKey> readable;
    const auto keys = crossingKeys();
    for (const auto &crossing : keys) {
        const auto &child = crossing.child.name;
        const auto &parent = crossing.key.parent;
        if (crossing.parent.columns.isEmpty()) {
            add(Kind::MissingParent,
                child,
                parent,
                text("Rows of %1 refer to rows of %2, a table that is no longer there.")
                    .arg(child, parent));
        } else if (!hasMatchingTypes(crossing)) {
            add(Kind::KeyTypes,
                crossing.isChildRestored ? child : parent,
                crossing.isChildRestored ? parent : child,
                text(
                    "%1 refers to %2, and the columns of the one from the dump do not fit those of "
                    "the other: %3.")
                    .arg(child, parent, crossing.key.columns.join(u", "_s)));
        } else {
            involved.tables.append(crossing.present);
            readable.append(crossing);
        }
    }
    if (readable.isEmpty())
        return Success;
    auto snapshot = Snapshot::begin(m_settings, involved, 1, m_monitor);
    if (!snapshot)
        return snapshot.failure();
    for (const auto &crossing : std::as_const(readable)) {
        if (const auto checked = checkRows(snapshot->connections().front(), crossing); !checked)
            return checked.failure();
    }
    return Success;
}

void SelectionCheck::checkColumns()
{
    const auto isRelated = [](const TableDefinition &from, const QString &to) {
        return std::any_of(from.foreignKeys.begin(), from.foreignKeys.end(), [&](const auto &key) {
            return key.parent == to;
        });
    };
    for (const auto &table : std::as_const(m_schema.tables)) {
        if (!m_then.contains(table.name))
            continue;
        const auto pair = pairTable(m_then.value(table.name), table);
        QStringList parts;
        if (!pair.addedColumns.isEmpty())
            parts.append(text("since then came: %1").arg(pair.addedColumns.join(u", "_s)));
        if (!pair.removedColumns.isEmpty())
            parts.append(text("since then went: %1").arg(pair.removedColumns.join(u", "_s)));
        if (!pair.changedColumns.isEmpty())
            parts.append(text("of another type: %1").arg(pair.changedColumns.join(u", "_s)));
        if (parts.isEmpty())
            continue;
        const auto difference = parts.join(u"; "_s);
        if (isSelected(table.name)) {
            m_goingColumns.insert(table.name, pair.addedColumns);
            add(Kind::Columns,
                table.name,
                {},
                text("%1 gets its former columns back, which the application of now may not know "
                     "(%2).")
                    .arg(table.name, difference));
            continue;
        }
        for (const auto &selected : m_tables) {
            const bool belongs = isRelated(m_now.value(table.name), selected)
                                 || isRelated(m_then.value(table.name), selected)
                                 || isRelated(m_then.value(selected), table.name);
            if (belongs)
                add(Kind::RelatedColumns,
                    table.name,
                    selected,
                    text("%1 belongs to %2 and stays with its newer columns (%3).")
                        .arg(table.name, selected, difference));
        }
    }
}

// What a text names can be known, not what it does.
void SelectionCheck::checkObjects()
{
    for (const auto &object : std::as_const(m_schema.objects)) {
        const auto owner = object.kind == SchemaObject::Kind::Trigger
                               ? triggerTable(object.definition)
                               : QString();
        if (isSelected(owner)) {
            if (!m_manifest.objects.contains(object.title()))
                add(Kind::Trigger,
                    owner,
                    object.title(),
                    text("The %1 came since and goes with its table %2.")
                        .arg(object.title(), owner));
            continue;
        }
        const auto definition = QString::fromUtf8(object.definition);
        for (auto it = m_goingColumns.begin(); it != m_goingColumns.end(); ++it) {
            if (!mentions(definition, it.key()))
                continue;
            const auto used = std::find_if(it->begin(), it->end(), [&](const auto &column) {
                return mentions(definition, column);
            });
            if (used != it->end())
                add(Kind::Object,
                    it.key(),
                    object.title(),
                    text("The %1 names the column %2 of %3, which goes: it may no longer work.")
                        .arg(object.title(), *used, it.key()));
        }
    }
}

Result<QList<SelectionFinding>> SelectionCheck::run()
{
    if (m_tables.isEmpty())
        return m_findings;
    if (const auto done = read(); !done)
        return done.failure();
    for (const auto &table : m_tables) {
        if (!m_manifest.table(table))
            add(Kind::NotInDump,
                table,
                {},
                text("The dump does not have the table %1.").arg(table));
    }
    if (const auto checked = checkKeys(); !checked)
        return checked.failure();
    checkColumns();
    checkObjects();
    std::stable_sort(m_findings.begin(), m_findings.end(), [](const auto &left, const auto &right) {
        return left.severity() > right.severity();
    });
    return m_findings;
}

} // namespace

SelectionFinding::Severity SelectionFinding::severity() const
{
    switch (kind) {
    case Kind::NotInDump:
    case Kind::MissingParent:
    case Kind::KeyTypes:
    case Kind::OrphanRows:
        return Severity::Blocking;
    case Kind::ForeignKey:
    case Kind::Columns:
    case Kind::RelatedColumns:
    case Kind::Object:
    case Kind::Trigger:
        break;
    }
    return Severity::Warning;
}

Result<QList<SelectionFinding>> checkSelection(const DatabaseSettings &settings,
                                               const DumpManifest &manifest,
                                               const QStringList &tables,
                                               Monitor &monitor)
{
    return SelectionCheck(settings, manifest, tables, monitor).run();
}

} // namespace Banister
