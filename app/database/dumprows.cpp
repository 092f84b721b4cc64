// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/dumprows.h"

#include "database/databaseerror.h"
#include "database/dumppart.h"
#include "database/tuplefields.h"

#include <QCoreApplication>

#include <vector>

namespace Banister {

namespace {

Error notOurs(const DumpPart &part)
{
    return {
        DatabaseError::DumpDamaged,
        QCoreApplication::translate("DumpRows", "The dump's file %1 holds rows in another form.")
            .arg(part.file),
        {},
        {}};
}

/// Puts the literals of a dump's row into the order in which they are compared.
class RowOrder
{
public:
    /// False where a column is missing.
    bool set(const QStringList &wanted, qsizetype keyColumns, const QStringList &columns)
    {
        m_places.clear();
        m_keyColumns = keyColumns;
        m_isFirst = true;
        m_isAll = wanted.size() == columns.size();
        for (const auto &name : wanted) {
            const auto place = columns.indexOf(name);
            if (place < 0)
                return false;
            m_isFirst = m_isFirst && place == qsizetype(m_places.size());
            m_places.push_back(place);
        }
        return true;
    }

    bool read(QByteArrayView tuple, ComparedRow &row)
    {
        row.tuple = tuple;
        if (m_isFirst && tuple.size() > 1) {
            const auto end =
                m_isAll ? tuple.size() - 1 : endOfFields(tuple, qsizetype(m_places.size()));
            row.compared = tuple.first(end).sliced(1);
            row.keySize = m_keyColumns == 0 ? 0 : endOfFields(tuple, m_keyColumns) - 1;
            return tuple.startsWith('(');
        }
        if (!splitTuple(tuple, m_fields))
            return false;
        m_text.resize(0);
        row.keySize = 0;
        for (size_t index = 0; index < m_places.size(); ++index) {
            const auto place = size_t(m_places[index]);
            if (place >= m_fields.size())
                return false;
            if (index > 0)
                m_text += ',';
            m_text.append(m_fields[place]);
            if (qsizetype(index) + 1 == m_keyColumns)
                row.keySize = m_text.size();
        }
        row.compared = m_text;
        return true;
    }

private:
    std::vector<qsizetype> m_places; ///< in the dump's row
    qsizetype m_keyColumns = 0;
    bool m_isFirst = false; ///< they are the first ones, in their order
    bool m_isAll = false;
    std::vector<QByteArrayView> m_fields;
    QByteArray m_text;
};

} // namespace

ComparedRow ComparedRow::ofNow(const TablePair &pair, QByteArrayView tuple)
{
    const bool isAll = pair.comparedColumns == pair.now.columns.size();
    const auto end = isAll ? tuple.size() - 1 : endOfFields(tuple, pair.comparedColumns);
    return {tuple.first(end).sliced(1),
            pair.keyColumns == 0 ? 0 : endOfFields(tuple, pair.keyColumns) - 1,
            tuple};
}

Result<> readDumpRows(const DumpManifest &manifest,
                      const DumpPart &part,
                      const TablePair &pair,
                      const DumpRowSink &sink,
                      const Monitor &monitor)
{
    RowOrder order;
    QByteArray head;
    QStringList columns;
    const auto wanted = pair.comparedNames();
    constexpr unsigned rowsBetweenLooks = 256;
    unsigned count = 0;
    return readDumpPart(manifest.folder, part, [&](const QByteArray &statement) -> Result<> {
        if (statement.startsWith("SET "))
            return Success;
        auto insert = readInsert(statement);
        if (!insert)
            return notOurs(part);
        if (head != insert->head) {
            head = insert->head.toByteArray();
            columns = insert->columns;
            if (!order.set(wanted, pair.keyColumns, columns))
                return notOurs(part);
        }
        ComparedRow row;
        while (!insert->rows.isEmpty()) {
            if (!order.read(takeTuple(insert->rows), row))
                return notOurs(part);
            if (const auto taken = sink(row, columns); !taken)
                return taken.failure();
            if (++count % rowsBetweenLooks == 0 && monitor.isCancelRequested())
                return Cancelled{};
        }
        return Success;
    });
}

} // namespace Banister
