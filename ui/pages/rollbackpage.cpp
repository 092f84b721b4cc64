// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rollbackpage.h"

#include "ui/rollback/confirmview.h"
#include "ui/rollback/foreignbar.h"
#include "ui/rollback/inclusionview.h"
#include "ui/rollback/lossview.h"
#include "ui/rollback/pointchoice.h"
#include "ui/rollback/rollbackwords.h"
#include "ui/style/style.h"
#include "ui/widgets/messagebanner.h"

#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

RollbackPage::RollbackPage(const Services &services, QWidget *parent)
    : Page(tr("Roll back", "@title"), parent)
    , m_services(services)
    , m_stack(new QStackedWidget(this))
    , m_foreign(new ForeignBar(services, this))
    , m_choice(new PointChoice(this))
    , m_loss(new LossView(services, this))
    , m_inclusion(new InclusionView(services, this))
    , m_confirmation(new ConfirmView(services, this))
{
    m_stack->setObjectName(u"rollbackStages"_s);
    for (QWidget *stage : {static_cast<QWidget *>(m_choice),
                           static_cast<QWidget *>(m_loss),
                           static_cast<QWidget *>(m_inclusion),
                           static_cast<QWidget *>(m_confirmation)})
        m_stack->addWidget(stage);
    body()->addWidget(m_foreign);
    body()->addWidget(m_stack, 1);
    m_back = addAside(tr("&Back", "@action"), u"back"_s, u"rollbackBack"_s);
    m_giveUp = addOnward(tr("&Give the upgrade up", "@action"), u"stop"_s, u"giveUp"_s);
    m_next = addOnward(tr("&Next", "@action"), u"next"_s, u"rollbackNext"_s);
    m_confirm = addOnward(tr("&Roll back", "@action"), u"rollback"_s, u"confirmRollback"_s);
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &RollbackPage::goBack);
    connect(m_choice, &PointChoice::changed, this, &RollbackPage::updateWays);
    connect(m_choice, &PointChoice::confirmed, this, &RollbackPage::goOn);
    connect(m_inclusion, &InclusionView::changed, this, &RollbackPage::updateWays);
    connect(m_confirmation, &ConfirmView::changed, this, &RollbackPage::updateWays);
    const auto tell = [this](const QString &fact) { banner().show(Style::Tone::Bad, fact); };
    connect(m_loss, &LossView::failed, this, tell);
    connect(m_confirmation, &ConfirmView::failed, this, tell);
    connect(m_foreign, &ForeignBar::failed, this, tell);
    connect(m_foreign, &ForeignBar::taken, this, &RollbackPage::read);
    connect(m_back, &QPushButton::clicked, this, &RollbackPage::goBack);
    connect(m_next, &QPushButton::clicked, this, &RollbackPage::goOn);
    connect(m_giveUp, &QPushButton::clicked, this, &RollbackPage::givingUpConfirmed);
    connect(m_confirm, &QPushButton::clicked, this, [this] {
        if (const auto *point = m_choice->usable(); point && m_confirmation->isReady())
            emit rollbackConfirmed(*point, m_inclusion->wish());
    });
    updateWays();
}

void RollbackPage::open(const SiteSettings &settings)
{
    m_settings = settings;
    m_about = tr("Looking for restore points…");
    m_canGiveUp = false;
    m_foreign->clear();
    m_loss->clear();
    m_inclusion->clear();
    m_confirmation->clear();
    m_choice->setEmptyText({});
    m_choice->setPoints({}, {});
    goTo(Choosing);
    read({});
}

void RollbackPage::read(const QString &chosen)
{
    m_reading.start(
        [services = m_services, settings = m_settings, chosen](Monitor &) {
            return Reading{services.assistant.status(settings),
                           services.assistant.foreignLeft(settings),
                           chosen};
        },
        [this](const Reading &reading) { showStatus(reading); });
}

void RollbackPage::showStatus(const Reading &reading)
{
    const auto &status = reading.status;
    m_canGiveUp = Assistant::canGiveUp(status);
    const bool isUpgrade = m_canGiveUp && status.lastRun->kind == "upgrade"_L1;
    m_giveUp->setText(isUpgrade ? tr("&Give the upgrade up", "@action")
                                : tr("&Give the rollback up", "@action"));
    m_about.clear();
    if (status.problem)
        m_about = factsOf(*status.problem);
    else if (isUpgrade)
        m_about = tr("The upgrade stopped before it changed anything, so there is nothing to roll "
                     "back. Go on with it, or give it up and begin anew.");
    // One word about the way back is enough.
    m_choice->setEmptyText(
        m_about.isEmpty()
            ? tr("There is no restore point of this site yet. An upgrade makes one before it "
                 "changes anything, and reads it back. From then on the way back is here.")
            : QString());
    const auto *usual = status.usualWayBack();
    const auto chosen = reading.chosen.isEmpty() && usual ? usual->id() : reading.chosen;
    m_foreign->offer(m_settings, reading.foreign);
    m_choice->setPoints(status.restorePoints, chosen);
    goTo(Choosing);
}

RollbackPage::Stage RollbackPage::stage() const
{
    return Stage(m_stack->currentIndex());
}

QString RollbackPage::subtitleOf(Stage stage) const
{
    switch (stage) {
    case Choosing:
        if (!m_about.isEmpty() || !m_choice->current())
            return m_about;
        return tr("Step 1 of 4: choose the state that the site goes back to.");
    case Comparing:
        return tr("Step 2 of 4: what comes back, and what of the present state goes.");
    case Including:
        return tr("Step 3 of 4: what of the restore point comes back.");
    case Confirming:
        break;
    }
    return tr("Step 4 of 4: nothing has been changed so far.");
}

QString RollbackPage::numbers() const
{
    const auto *point = m_choice->usable();
    return point ? RollbackWords::numbersOf(
               *point, m_inclusion->wish().selection, m_inclusion->contents())
                 : QString();
}

void RollbackPage::goTo(Stage stage)
{
    banner().hide();
    m_stack->setCurrentIndex(stage);
    const auto *point = m_choice->usable();
    if (stage == Comparing && point) {
        m_loss->compare(m_settings, *point);
        m_inclusion->open(m_settings, *point);
    } else if (stage == Confirming && point) {
        const auto wish = m_inclusion->wish();
        m_confirmation->open(m_settings,
                             *point,
                             wish,
                             numbers(),
                             RollbackWords::lossOf(m_loss->preview(), wish.selection));
    }
    updateWays();
    // The focus was on a button that may be gone, or in what is no longer shown.
    auto *content = m_stack->currentWidget();
    if (isVisible())
        (stage == Comparing ? m_next : content->focusProxy())->setFocus();
}

void RollbackPage::goBack()
{
    if (stage() != Choosing)
        goTo(Stage(stage() - 1));
}

void RollbackPage::goOn()
{
    if (m_next->isEnabled() && stage() != Confirming)
        goTo(Stage(stage() + 1));
}

void RollbackPage::updateWays()
{
    const auto now = stage();
    const bool hasPoint = m_choice->usable() != nullptr;
    setSubtitle(subtitleOf(now));
    m_foreign->setVisible(now == Choosing && m_foreign->hasOffer());
    m_back->setVisible(now != Choosing);
    m_giveUp->setVisible(now == Choosing && m_canGiveUp);
    m_next->setVisible(now != Confirming && m_choice->current());
    m_next->setEnabled(hasPoint && (now != Including || m_inclusion->isComplete()));
    m_confirm->setVisible(now == Confirming);
    m_confirm->setEnabled(m_confirmation->isReady());
    if (now == Confirming)
        m_confirm->setText(
            tr("&Roll back %1", "files and tables, with their numbers, @action").arg(numbers()));
}

} // namespace Banister
