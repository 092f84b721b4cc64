// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/rowfiles.h"

#include "database/rowstream.h"
#include "database/tuplefields.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qint64 LongestStatement = 1000LL * 1000;

void appendField(QByteArray &line, const QString &text)
{
    line += '"' + text.toUtf8().replace('"', "\"\"") + '"';
}

/// The table as it is now, where it is missing: after a rollback, or in an empty database.
QByteArray createIfMissing(QByteArray definition)
{
    constexpr QByteArrayView create = "CREATE TABLE ";
    return definition.startsWith(create) ? definition.insert(create.size(), "IF NOT EXISTS ")
                                         : QByteArray();
}

/// What stands behind the rows of an INSERT so that rows that are there get the values.
QByteArray replacing(const TablePair &pair)
{
    QByteArray list;
    for (auto index = pair.keyColumns; index < pair.now.columns.size(); ++index) {
        const auto name = quoteName(pair.now.columns.at(index).name).toUtf8();
        list += (list.isEmpty() ? "" : ",") + name + "=VALUES(" + name + ')';
    }
    return "\nON DUPLICATE KEY UPDATE " + list;
}

QByteArray comment(const QStringList &remarks)
{
    QByteArray lines;
    for (auto remark : remarks)
        lines += "-- " + remark.replace(u'\n', u' ').replace(u'\r', u' ').toUtf8() + '\n';
    return lines;
}

} // namespace

RowFiles::RowFiles(DirectFile csv, PartWriter sql)
    : m_csv(std::move(csv))
    , m_sql(std::move(sql))
{}

Result<RowFiles> RowFiles::create(const QString &folder,
                                  const QString &name,
                                  const TablePair &pair,
                                  Sort sort,
                                  const QStringList &remarks)
{
    DumpPart part;
    part.file = name + u".sql"_s;
    const auto csvName = name + u".csv"_s;
    auto csv = DirectFile::create(folder + u'/' + csvName);
    if (!csv)
        return csv.failure();
    auto sql = PartWriter::create(folder, part, Compression::None);
    if (!sql)
        return sql.failure();
    RowFiles files(std::move(*csv), std::move(*sql));
    files.m_names = {csvName, part.file};
    files.m_insert =
        "INSERT INTO " + quoteName(pair.name).toUtf8() + " (" + columnList(pair.now) + ") VALUES\n";
    if (sort == Sort::Changed)
        files.m_sql.setRowsEnd(replacing(pair));
    if (const auto written = files.m_sql.raw(comment(remarks), 0); !written)
        return written.failure();
    if (const auto create = createIfMissing(pair.now.definition); !create.isEmpty()) {
        if (const auto written = files.m_sql.statement(create); !written)
            return written.failure();
    }
    QByteArray line;
    for (const auto &column : pair.nowDefinition.columns) {
        for (qsizetype place = 0; place < pair.now.columns.size(); ++place) {
            if (pair.now.columns.at(place).name != column.name)
                continue;
            files.m_order.push_back(size_t(place));
            line += line.isEmpty() ? "" : ",";
            appendField(line, column.name);
        }
    }
    if (const auto written = files.m_csv.write(line + "\r\n"); !written)
        return written.failure();
    return files;
}

Result<> RowFiles::writeCsv(QByteArrayView tuple)
{
    splitTuple(tuple, m_fields);
    m_line.resize(0);
    bool isFirst = true;
    for (const auto place : m_order) {
        if (!std::exchange(isFirst, false))
            m_line += ',';
        if (const auto value = readLiteral(m_fields.at(place)); !value.isNull)
            appendField(m_line, value.text);
    }
    m_line += "\r\n";
    return m_csv.write(m_line);
}

Result<> RowFiles::add(QByteArrayView tuple)
{
    if (auto written = writeCsv(tuple); !written)
        return written;
    return m_sql.row(tuple, m_insert, LongestStatement);
}

Result<> RowFiles::finish()
{
    if (auto finished = m_csv.finish(); !finished)
        return finished;
    const auto finished = m_sql.finish();
    return finished ? Result<>(Success) : finished.failure();
}

} // namespace Banister
