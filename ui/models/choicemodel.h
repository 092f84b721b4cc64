// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QSet>

namespace Banister {

/// Lines of which some are chosen by their boxes: folders, tables.
class ChoiceModel : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Line
    {
        QString icon;
        QString name;
        QString detail;
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// None is chosen then.
    void setLines(const QList<Line> &lines);
    QStringList chosen() const; ///< names, in the order of the lines

signals:
    void choiceChanged();

private:
    QList<Line> m_lines;
    QSet<int> m_chosen;
};

} // namespace Banister
