// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/pointchoice.h"

#include "ui/rollback/rollbackwords.h"
#include "ui/style/style.h"
#include "ui/widgets/lineview.h"

#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Banister {

PointChoice::PointChoice(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_view(new LineView(tr("Restore points"), this))
    , m_detail(Style::label({}, Style::Text::Small, this))
    , m_empty(Style::label({}, Style::Text::Body, this))
{
    m_view->setObjectName(u"restorePoints"_s);
    m_view->setModel(&m_model);
    m_detail->setObjectName(u"pointDetail"_s);
    m_empty->setObjectName(u"noRestorePoint"_s);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    auto *chosen = new QWidget(m_stack);
    auto *layout = new QVBoxLayout(chosen);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Style::Gap);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_detail);
    m_stack->addWidget(chosen);
    m_stack->addWidget(m_empty);
    m_stack->setCurrentWidget(m_empty);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
    setFocusProxy(m_view);
    connect(m_view, &LineView::currentRowChanged, this, &PointChoice::showCurrent);
    connect(m_view, &LineView::activated, this, &PointChoice::confirmed);
}

void PointChoice::setPoints(const QList<RestorePoint> &points, const QString &chosen)
{
    m_points = points;
    m_model.setLines(linesOf(points));
    m_stack->setCurrentIndex(points.isEmpty() ? 1 : 0);
    const auto wanted = std::find_if(points.begin(), points.end(), [&chosen](const auto &point) {
        return point.id() == chosen;
    });
    const auto usable = std::find_if(points.begin(), points.end(), [](const auto &point) {
        return !point.notes.used.isValid();
    });
    auto row = wanted != points.end() ? wanted - points.begin() : usable - points.begin();
    if (row == points.size())
        row = 0;
    m_view->setCurrentIndex(m_model.index(int(row)));
    showCurrent();
}

void PointChoice::setEmptyText(const QString &text)
{
    m_empty->setText(text);
}

const RestorePoint *PointChoice::current() const
{
    const auto row = m_view->currentIndex().row();
    return row >= 0 && row < m_points.size() ? &m_points.at(row) : nullptr;
}

const RestorePoint *PointChoice::usable() const
{
    const auto *point = current();
    return point && !point->notes.used.isValid() ? point : nullptr;
}

void PointChoice::showCurrent()
{
    const auto *point = current();
    m_detail->setText(point ? RollbackWords::about(*point) : QString());
    emit changed();
}

} // namespace Banister
