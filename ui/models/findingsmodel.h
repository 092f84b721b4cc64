// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/checkstate.h"

#include <QAbstractListModel>

namespace Banister {

/// The checks before a run with what they found, in the checks' order; sort by LineRole::Rank to
/// have errors first. Warnings can be checked: a person accepts them.
class FindingsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Takes Qt::CheckStateRole of warnings and passes it on as accepted().
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    void setStates(const QList<CheckState> &states);
    void setState(const CheckState &state);
    const CheckState &state(int row) const { return m_states.at(row); }
    const QList<CheckState> &states() const { return m_states; }

signals:
    void accepted(const QString &code, bool isAccepted);

private:
    QList<CheckState> m_states;
};

} // namespace Banister
