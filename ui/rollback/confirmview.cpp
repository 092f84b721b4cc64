// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/confirmview.h"

#include "ui/models/linerole.h"
#include "ui/style/style.h"
#include "ui/widgets/lineview.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

ConfirmView::ConfirmView(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_text(Style::label({}, Style::Text::Body, this))
    , m_view(new LineView(tr("What rolling back does"), this))
    , m_detail(Style::label({}, Style::Text::Small, this))
{
    m_text->setObjectName(u"rollbackSummary"_s);
    m_view->setObjectName(u"rollbackSteps"_s);
    m_view->setModel(&m_steps);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Style::Gap);
    auto *heading = Style::label(tr("What will be done", "@title"), Style::Text::Heading, this);
    layout->addWidget(m_text);
    layout->addSpacing(Style::Gap);
    layout->addWidget(heading);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_detail);
    constexpr int Lines = 3;
    m_detail->setMinimumHeight(Lines * m_detail->fontMetrics().lineSpacing());
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    setFocusProxy(m_view);
    connect(m_view, &LineView::currentRowChanged, this, [this](const QModelIndex &index) {
        m_detail->setText(index.data(LineRole::Detail).toString());
    });
}

void ConfirmView::clear()
{
    m_planning.cancel();
    m_isReady = false;
    m_steps.setLines({});
    m_text->clear();
}

void ConfirmView::open(const SiteSettings &settings,
                       const RestorePoint &point,
                       const RollbackWish &wish,
                       const QString &numbers,
                       const QString &loss)
{
    clear();
    const auto time = QLocale().toString(point.created.toLocalTime(), QLocale::ShortFormat);
    const auto keeping =
        wish.keepsPresent
            ? tr("The present state is kept as a restore point of its own, not deleted.")
            : tr("The present state is not kept: this rollback cannot be rolled back.");
    m_text->setText(tr("What comes back: %1, as they were on %2.").arg(numbers, time) + u'\n' + loss
                    + u'\n' + keeping);
    m_planning.start(
        [services = m_services, settings, point, wish](Monitor &) -> Result<QList<PlannedStep>> {
            const auto plan = services.assistant.rollbackPlan(settings, point, wish);
            if (!plan)
                return plan.failure();
            return stepsOf(*plan);
        },
        [this](const Result<QList<PlannedStep>> &steps) {
            m_isReady = steps.isOk();
            if (steps) {
                m_steps.setLines(linesOf(*steps));
                m_view->setCurrentIndex(m_steps.index(0));
            }
            emit changed();
            if (steps.isError())
                emit failed(factsOf(steps.error()));
        });
}

} // namespace Banister
