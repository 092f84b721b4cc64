// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "log/logentry.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace Banister {

/// Entries of an upgrade log; keeps the newest and forgets the rest.
class LogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Level, StepColumn, Text, ColumnCount };
    enum { LevelRole = Qt::UserRole + 1 };

    explicit LogModel(QObject *parent = nullptr, int capacity = 50'000);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void clear();
    void append(const QList<LogEntry> &entries);

private:
    QList<LogEntry> m_entries;
    int m_capacity;
};

/// Entries of at least a level that have a text in them.
class LogFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setLevel(LogLevel level);
    void setText(const QString &text); ///< case does not matter; empty: all

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    LogLevel m_level = LogLevel::Info;
    QString m_text;
};

} // namespace Banister
