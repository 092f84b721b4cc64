// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/comparedatabase.h"

#include "database/dumpfiles.h"
#include "database/dumpselection.h"
#include "database/tablechecksums.h"

#include <QSet>

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

void compareObjects(const Schema &schema, const DumpManifest &manifest, QList<TableDifference> &out)
{
    auto missing = manifest.objects;
    for (const auto &object : schema.objects) {
        if (!object.isUsable)
            continue; // a dump does not have it either
        const auto name = object.title();
        if (!manifest.objects.contains(name))
            out.append({name, TableDifference::Kind::Added});
        else if (missing.take(name) != object.fingerprint())
            out.append({name, TableDifference::Kind::Definition});
    }
    for (auto it = missing.begin(); it != missing.end(); ++it)
        out.append({it.key(), TableDifference::Kind::Missing});
}

/// Sequences go on counting for others too: those of a selection need not stand where they stood.
DumpManifest withoutSequences(const DumpSelection &selection)
{
    auto manifest = selection.manifest();
    if (!selection.isAll())
        manifest.objects.removeIf(
            [](const auto &object) { return object.key().startsWith("sequence "_L1); });
    return manifest;
}

void reduce(Schema &schema, const QStringList &tables)
{
    schema.tables.removeIf([&](const auto &table) { return !tables.contains(table.name); });
    schema.objects.removeIf([&](const auto &object) {
        return object.kind != SchemaObject::Kind::Trigger
               || !tables.contains(triggerTable(object.definition));
    });
}

} // namespace

Result<QList<TableDifference>> compareWithManifest(const DatabaseSettings &settings,
                                                   const DumpManifest &whole,
                                                   Monitor &monitor,
                                                   const QStringList &tables)
{
    const auto selection = DumpSelection::read(whole, tables);
    if (!selection)
        return selection.failure();
    const auto manifest = withoutSequences(*selection);
    auto connection = Connection::open(settings);
    if (!connection)
        return connection.failure();
    auto schema = readSchema(*connection, manifest.tablePrefix);
    if (!schema)
        return schema.failure();
    if (!selection->isAll())
        reduce(*schema, tables);
    QList<TableDifference> differences;
    compareObjects(*schema, manifest, differences);
    QSet<QString> present;
    // Only rows of tables with the same columns can be compared.
    Schema same;
    for (const auto &table : std::as_const(schema->tables)) {
        present.insert(table.name);
        const auto *expected = manifest.table(table.name);
        if (!expected)
            differences.append({table.name, TableDifference::Kind::Added});
        else if (expected->definition != definitionSum(table.definition))
            differences.append({table.name, TableDifference::Kind::Definition});
        else
            same.tables.append(table);
    }
    for (const auto &table : manifest.tables) {
        if (!present.contains(table.name))
            differences.append({table.name, TableDifference::Kind::Missing, table.rows});
    }
    auto snapshot = Snapshot::begin(settings, same, 2, monitor);
    if (!snapshot)
        return snapshot.failure();
    std::mutex mutex;
    Progress progress{0, same.rowsEstimate(), {}};
    const auto checksums = checksumsOf(
        *snapshot,
        same,
        LockEnd::AfterTheirChunks,
        [&](const SchemaTable &table, qint64 rows) {
            const std::lock_guard guard(mutex);
            progress.done += rows;
            progress.total = std::max(progress.total, progress.done);
            progress.text = table.name;
            monitor.report(progress);
        },
        monitor);
    if (!checksums)
        return checksums.failure();
    for (qsizetype index = 0; index < same.tables.size(); ++index) {
        const auto &name = same.tables.at(index).name;
        const auto *expected = manifest.table(name);
        const auto &actual = checksums->at(index);
        if (actual.rows() != expected->rows || actual.toBytes() != expected->checksum)
            differences.append({name, TableDifference::Kind::Rows, expected->rows, actual.rows()});
    }
    return differences;
}

} // namespace Banister
