// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "restore/restorepoint.h"
#include "ui/models/planmodel.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace Banister {

class LineView;

/// The restore points of a site, one of which is chosen; a calm word where there is none.
class PointChoice : public QWidget
{
    Q_OBJECT

public:
    explicit PointChoice(QWidget *parent = nullptr);

    /// \param chosen id of the one to begin with; where it is not among them, the newest usable one
    void setPoints(const QList<RestorePoint> &points, const QString &chosen);
    /// What is said instead of a list; for as long as there is none.
    void setEmptyText(const QString &text);
    const RestorePoint *current() const; ///< null without any
    /// Null where the chosen one cannot be rolled back to.
    const RestorePoint *usable() const;

signals:
    void changed();
    void confirmed(); ///< by a double click or the return key

private:
    void showCurrent();

    QList<RestorePoint> m_points;
    PlainModel m_model;
    QStackedWidget *m_stack;
    LineView *m_view;
    QLabel *m_detail;
    QLabel *m_empty;
};

} // namespace Banister
