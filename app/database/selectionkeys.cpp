// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/selectionkeys.h"

#include "database/dumprows.h"
#include "database/rowstream.h"
#include "database/tuplefields.h"

#include <QSet>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>
#include <xxhash.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

using KeyHash = std::pair<uint64_t, uint64_t>;

/// What two columns of a foreign key must have in common for InnoDB.
QByteArray keyClass(const TableColumn &column)
{
    static const QSet<QByteArray> integers{"tinyint", "smallint", "mediumint", "int", "bigint"};
    static const QSet<QByteArray> texts{"char", "varchar"};
    static const QSet<QByteArray> bytes{"binary", "varbinary"};
    const auto base = column.baseType();
    if (integers.contains(base))
        return base + (column.type.contains(" unsigned") ? " unsigned" : "");
    if (texts.contains(base)) {
        const auto characters =
            column.characterSet == "utf8" ? QByteArray("utf8mb3") : column.characterSet;
        return "text " + characters + ' ' + column.collation;
    }
    return bytes.contains(base) ? QByteArray("bytes") : column.type;
}

/// As the loosest collation sees it.
QByteArray folded(QByteArrayView literal)
{
    const auto decomposed = readLiteral(literal).text.normalized(QString::NormalizationForm_KD);
    QString letters;
    for (const auto letter : decomposed) {
        if (!letter.isMark())
            letters += letter;
    }
    while (letters.endsWith(u' '))
        letters.chop(1);
    return letters.toCaseFolded().toUtf8();
}

/// The values of some columns of a row, hashed.
class KeyReader
{
public:
    KeyReader(const TableDefinition &table, const QStringList &columns)
        : m_columns(columns)
    {
        for (const auto &name : columns) {
            const auto *column = table.column(name);
            m_isFolded.push_back(column && !column->collation.endsWith("_bin"));
        }
    }

    /// Null where a column is NULL: such a row refers to nothing.
    std::optional<KeyHash> read(QByteArrayView tuple, const QStringList &columns)
    {
        splitTuple(tuple, m_fields);
        m_text.resize(0);
        for (qsizetype index = 0; index < m_columns.size(); ++index) {
            const auto place = size_t(columns.indexOf(m_columns.at(index)));
            if (place >= m_fields.size() || m_fields[place] == "NULL")
                return std::nullopt;
            const auto &field = m_fields[place];
            m_text += ',';
            if (m_isFolded[size_t(index)] && field.startsWith('\''))
                m_text += folded(field);
            else
                m_text.append(field);
        }
        const auto hash = ::XXH3_128bits(m_text.constData(), size_t(m_text.size()));
        return KeyHash{hash.high64, hash.low64};
    }

private:
    QStringList m_columns;
    std::vector<bool> m_isFolded;
    std::vector<QByteArrayView> m_fields;
    QByteArray m_text;
};

using KeySink = std::function<void(const KeyHash &)>;

Result<> readDumped(const DumpManifest &manifest,
                    const TableDefinition &table,
                    const QStringList &columns,
                    const KeySink &sink,
                    const Monitor &monitor)
{
    KeyReader reader(table, columns);
    TablePair pair;
    pair.name = table.name;
    for (const auto &part : manifest.parts) {
        if (part.kind != DumpPart::Kind::Rows || part.table != table.name)
            continue;
        auto read = readDumpRows(
            manifest,
            part,
            pair,
            [&](const ComparedRow &row, const QStringList &names) -> Result<> {
                if (const auto key = reader.read(row.tuple, names))
                    sink(*key);
                return Success;
            },
            monitor);
        if (!read)
            return read;
    }
    return Success;
}

Result<> readPresent(Connection &connection,
                     SchemaTable table,
                     const TableDefinition &definition,
                     const QStringList &columns,
                     const KeySink &sink,
                     const Monitor &monitor)
{
    table.columns.removeIf([&](const auto &column) { return !columns.contains(column.name); });
    QStringList names;
    for (const auto &column : std::as_const(table.columns))
        names.append(column.name);
    KeyReader reader(definition, columns);
    return streamRows(
        connection,
        table,
        {},
        [&](QByteArrayView tuple) -> Result<> {
            if (const auto key = reader.read(tuple, names))
                sink(*key);
            return Success;
        },
        monitor);
}

bool canBeRead(const TableDefinition &table, const QStringList &columns)
{
    return std::all_of(columns.begin(), columns.end(), [&](const auto &name) {
        const auto *column = table.column(name);
        return column && !column->isGenerated;
    });
}

} // namespace

bool hasMatchingTypes(const CrossingKey &crossing)
{
    const auto &key = crossing.key;
    if (key.columns.size() != key.parentColumns.size())
        return false;
    for (qsizetype index = 0; index < key.columns.size(); ++index) {
        const auto *from = crossing.child.column(key.columns.at(index));
        const auto *to = crossing.parent.column(key.parentColumns.at(index));
        if (!from || !to || keyClass(*from) != keyClass(*to))
            return false;
    }
    return true;
}

Result<std::optional<qint64>> countOrphans(Connection &connection,
                                           const DumpManifest &manifest,
                                           const CrossingKey &crossing,
                                           const Monitor &monitor)
{
    const auto &key = crossing.key;
    if (!canBeRead(crossing.child, key.columns) || !canBeRead(crossing.parent, key.parentColumns))
        return std::optional<qint64>();
    const auto read = [&](bool isDumped, const auto &table, const auto &columns, const auto &sink) {
        return isDumped ? readDumped(manifest, table, columns, sink, monitor)
                        : readPresent(connection, crossing.present, table, columns, sink, monitor);
    };
    std::vector<KeyHash> parents;
    const auto parentsRead = read(!crossing.isChildRestored,
                                  crossing.parent,
                                  key.parentColumns,
                                  [&](const KeyHash &hash) { parents.push_back(hash); });
    if (!parentsRead)
        return parentsRead.failure();
    std::sort(parents.begin(), parents.end());
    qint64 orphans = 0;
    const auto childrenRead =
        read(crossing.isChildRestored, crossing.child, key.columns, [&](const KeyHash &hash) {
            orphans += std::binary_search(parents.begin(), parents.end(), hash) ? 0 : 1;
        });
    if (!childrenRead)
        return childrenRead.failure();
    return std::optional(orphans);
}

} // namespace Banister
