// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "restore/losspreview.h"
#include "ui/models/planmodel.h"

#include <QAbstractListModel>
#include <QAbstractTableModel>

namespace Banister {

/// The files that differ from a restore point, as lines; those written since the upgrade first.
class FileChangesModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    void setFiles(QList<FileChange> files);

private:
    QList<FileChange> m_files;
};

/// The tables that differ, as lines.
QList<PlainLine> linesOf(const QList<TableRowDiff> &tables);
/// "12 rows added, 3 changed, 1 removed".
QString summaryOf(const TableRowDiff &table);
/// What became of the columns; empty where they are the same.
QString columnsText(const TableRowDiff &table);

/// Rows of one table to look at: what became of each in the first column, then its values.
class RowSamplesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setTable(const TableRowDiff &table);
    void clear() { setTable({}); }

private:
    struct Row
    {
        QString what;       ///< translated
        QStringList values; ///< one a column of m_columns
    };
    void add(const QString &what, const QList<QPair<QString, QString>> &values);

    void putEmptyLast();

    QStringList m_columns;
    QList<Row> m_rows;
};

} // namespace Banister
