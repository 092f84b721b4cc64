// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/lossmodels.h"

#include "ui/models/linerole.h"
#include "ui/style/style.h"
#include "ui/support/wording.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct LossWords
{
    Q_DECLARE_TR_FUNCTIONS(LossWords)
};

Look lookOf(FileChange::Kind kind)
{
    switch (kind) {
    case FileChange::Kind::Added:
        return {u"add"_s, Style::Tone::Active, LossWords::tr("Added", "@status")};
    case FileChange::Kind::Changed:
        return {u"edit"_s, Style::Tone::Active, LossWords::tr("Changed", "@status")};
    case FileChange::Kind::Removed:
        break;
    }
    return {u"remove"_s, Style::Tone::Neutral, LossWords::tr("Removed", "@status")};
}

QString textOf(const LiteralValue &value)
{
    return value.isNull ? u"NULL"_s : value.text;
}

QList<QPair<QString, QString>> pairsOf(const QList<RowValue> &values)
{
    QList<QPair<QString, QString>> pairs;
    for (const auto &value : values)
        pairs.append({value.column, textOf(value.value)});
    return pairs;
}

} // namespace

int FileChangesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_files.size());
}

void FileChangesModel::setFiles(QList<FileChange> files)
{
    beginResetModel();
    m_files = std::move(files);
    std::stable_sort(m_files.begin(), m_files.end(), [](const auto &left, const auto &right) {
        return left.isSince && !right.isSince;
    });
    endResetModel();
}

QVariant FileChangesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &file = m_files.at(index.row());
    const auto look = lookOf(file.kind);
    const auto path = QFile::decodeName(file.path);
    const auto time = QLocale().toString(file.modified.toLocalTime(), QLocale::ShortFormat);
    const auto detail = file.isSince ? tr("Written %1, by people or the site itself").arg(time)
                                     : tr("Written %1").arg(time);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return path;
    case Qt::AccessibleTextRole:
        return QStringList{path, look.text, detail}.join(u", "_s);
    case LineRole::Icon:
        return file.isSince ? u"warning"_s : look.icon;
    case LineRole::Tone:
        return int(file.isSince ? Style::Tone::Notice : look.tone);
    case LineRole::Detail:
        return detail;
    case LineRole::Status:
        return look.text;
    case LineRole::StatusDetail:
        return sizeText(file.size);
    default:
        return {};
    }
}

QString summaryOf(const TableRowDiff &table)
{
    switch (table.kind) {
    case TableRowDiff::Kind::OnlyInDatabase:
        return LossWords::tr("Came since, with %Ln row(s)", nullptr, int(table.rowsNow));
    case TableRowDiff::Kind::OnlyInDump:
        return LossWords::tr("Is gone, had %Ln row(s)", nullptr, int(table.rowsThen));
    case TableRowDiff::Kind::Equal:
        return LossWords::tr("The same rows, other columns");
    case TableRowDiff::Kind::Different:
        break;
    }
    if (table.method == TableRowDiff::Method::Checksum)
        return LossWords::tr("Differs; too large to tell row by row");
    QStringList parts;
    if (table.added > 0)
        parts.append(LossWords::tr("%Ln row(s) added", nullptr, int(table.added)));
    if (table.changed > 0)
        parts.append(LossWords::tr("%Ln row(s) changed", nullptr, int(table.changed)));
    if (table.removed > 0)
        parts.append(LossWords::tr("%Ln row(s) removed", nullptr, int(table.removed)));
    return parts.join(u", "_s);
}

QString columnsText(const TableRowDiff &table)
{
    QStringList sentences;
    if (!table.addedColumns.isEmpty())
        sentences.append(LossWords::tr("Columns that came since and go: %1.")
                             .arg(table.addedColumns.join(u", "_s)));
    if (!table.removedColumns.isEmpty())
        sentences.append(
            LossWords::tr("Columns that come back: %1.").arg(table.removedColumns.join(u", "_s)));
    if (!table.changedColumns.isEmpty())
        sentences.append(LossWords::tr("Columns of another type, not compared: %1.")
                             .arg(table.changedColumns.join(u", "_s)));
    return sentences.join(u' ');
}

QList<PlainLine> linesOf(const QList<TableRowDiff> &tables)
{
    QList<PlainLine> lines;
    for (const auto &table : tables) {
        const bool loses = table.added > 0 || table.changed > 0 || table.added < 0;
        lines.append({loses ? u"warning"_s : u"info"_s,
                      int(loses ? Style::Tone::Notice : Style::Tone::Neutral),
                      table.table,
                      {},
                      summaryOf(table),
                      {},
                      {}});
    }
    return lines;
}

int RowSamplesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RowSamplesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_rows.isEmpty() ? 0 : int(m_columns.size()) + 1;
}

QVariant RowSamplesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = m_rows.at(index.row());
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return index.column() == 0 ? row.what : row.values.at(index.column() - 1);
    return {};
}

QVariant RowSamplesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Row", "@title") : m_columns.value(section - 1);
}

void RowSamplesModel::add(const QString &what, const QList<QPair<QString, QString>> &values)
{
    for (const auto &value : values) {
        if (!m_columns.contains(value.first))
            m_columns.append(value.first);
    }
    Row row{what, QStringList(m_columns.size())};
    for (const auto &value : values)
        row.values[m_columns.indexOf(value.first)] = value.second;
    m_rows.append(row);
}

void RowSamplesModel::setTable(const TableRowDiff &table)
{
    beginResetModel();
    m_columns.clear();
    m_rows.clear();
    for (const auto &sample : table.addedSamples)
        add(tr("Added", "@status"), pairsOf(sample.values));
    for (const auto &sample : table.changedSamples) {
        auto values = pairsOf(sample.key);
        for (const auto &value : sample.values)
            values.append({value.column,
                           tr("%1 → %2", "value then, value now")
                               .arg(textOf(value.then), textOf(value.now))});
        add(tr("Changed", "@status"), values);
    }
    for (const auto &sample : table.removedSamples)
        add(tr("Removed", "@status"), pairsOf(sample.values));
    for (auto &row : m_rows)
        row.values.resize(m_columns.size());
    putEmptyLast();
    endResetModel();
}

// Of many columns most say nothing: those that do are seen without scrolling.
void RowSamplesModel::putEmptyLast()
{
    QList<qsizetype> order(m_columns.size());
    std::iota(order.begin(), order.end(), qsizetype(0));
    std::stable_partition(order.begin(), order.end(), [this](qsizetype column) {
        return std::any_of(m_rows.begin(), m_rows.end(), [column](const Row &row) {
            return !row.values.at(column).isEmpty() && row.values.at(column) != u"NULL"_s;
        });
    });
    const auto ordered = [&order](const QStringList &list) {
        QStringList result;
        for (const auto from : order)
            result.append(list.at(from));
        return result;
    };
    m_columns = ordered(m_columns);
    for (auto &row : m_rows)
        row.values = ordered(row.values);
}

} // namespace Banister
