// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/lineview.h"

#include "ui/widgets/linedelegate.h"

#include <QResizeEvent>

#include <algorithm>

namespace Banister {

LineView::LineView(const QString &name, QWidget *parent)
    : QListView(parent)
{
    setAccessibleName(name);
    setItemDelegate(new LineDelegate(this));
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
}

void LineView::setFitsLines(int atLeast)
{
    m_fewestLines = atLeast;
    connect(model(), &QAbstractItemModel::modelReset, this, &LineView::fitLines);
    fitLines();
}

void LineView::fitLines()
{
    const auto lines = std::max(m_fewestLines, model()->rowCount());
    const auto height = itemDelegate()->sizeHint({}, {}).height();
    setMaximumHeight(lines * height + 2 * frameWidth());
}

void LineView::resizeEvent(QResizeEvent *event)
{
    const QRect before({}, event->oldSize());
    const bool wasSeen =
        currentIndex().isValid() && before.contains(visualRect(currentIndex()).center());
    QListView::resizeEvent(event);
    if (wasSeen)
        scrollTo(currentIndex());
}

void LineView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    emit currentRowChanged(current);
}

} // namespace Banister
