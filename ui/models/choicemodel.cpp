// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/choicemodel.h"

#include "ui/models/linerole.h"
#include "ui/style/style.h"

namespace Banister {

int ChoiceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant ChoiceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &line = m_lines.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return line.name;
    case Qt::AccessibleTextRole:
        return tr("%1, %2", "name, size").arg(line.name, line.detail);
    case Qt::CheckStateRole:
        return m_chosen.contains(index.row()) ? Qt::Checked : Qt::Unchecked;
    case LineRole::Icon:
        return line.icon;
    case LineRole::Tone:
        return int(Style::Tone::Neutral);
    case LineRole::Detail:
        return line.detail;
    default:
        return {};
    }
}

bool ChoiceModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    if (value.toInt() == Qt::Checked)
        m_chosen.insert(index.row());
    else
        m_chosen.remove(index.row());
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit choiceChanged();
    return true;
}

Qt::ItemFlags ChoiceModel::flags(const QModelIndex &index) const
{
    const auto flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsUserCheckable : flags;
}

void ChoiceModel::setLines(const QList<Line> &lines)
{
    beginResetModel();
    m_lines = lines;
    m_chosen.clear();
    endResetModel();
    emit choiceChanged();
}

QStringList ChoiceModel::chosen() const
{
    QStringList names;
    for (int row = 0; row < m_lines.size(); ++row) {
        if (m_chosen.contains(row))
            names.append(m_lines.at(row).name);
    }
    return names;
}

} // namespace Banister
