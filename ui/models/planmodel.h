// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/support/plandata.h"

#include <QAbstractListModel>

namespace Banister {

/// A row of a list that only shows: steps that are planned, customisations, restore points.
struct PlainLine
{
    QString icon;
    int tone = 0; ///< Style::Tone
    QString title;
    QString code;
    QString detail;
    QString status;
    QString statusDetail;
};

class PlainModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    void setLines(const QList<PlainLine> &lines);

private:
    QList<PlainLine> m_lines;
};

QList<PlainLine> linesOf(const QList<PlannedStep> &steps);
QList<PlainLine> linesOf(const QList<Customisation> &customisations);
QList<PlainLine> linesOf(const QList<RestorePoint> &points);

} // namespace Banister
