// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/planpage.h"

#include "ui/models/linerole.h"
#include "ui/style/style.h"
#include "ui/support/wording.h"
#include "ui/widgets/differenceview.h"
#include "ui/widgets/lineview.h"
#include "ui/widgets/messagebanner.h"

#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

/// A list above the whole text of its current line.
QWidget *listWithDetail(LineView *view, QLabel *detail, QWidget *parent)
{
    auto *widget = new QWidget(parent);
    auto *layout = new QVBoxLayout(widget);
    layout->addWidget(view, 1);
    layout->addWidget(detail);
    detail->setMinimumHeight(2 * detail->fontMetrics().height());
    detail->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    QObject::connect(
        view, &LineView::currentRowChanged, detail, [detail](const QModelIndex &index) {
            detail->setText(index.data(LineRole::Detail).toString());
        });
    return widget;
}

} // namespace

PlanPage::PlanPage(const Services &services, QWidget *parent)
    : Page(tr("Plan", "@title"), parent)
    , m_services(services)
    , m_tabs(new QTabWidget(this))
    , m_stepView(new LineView(tr("Planned steps"), this))
    , m_customView(new LineView(tr("Your changes"), this))
    , m_intention(Style::label({}, Style::Text::Body, this))
    , m_reason(Style::label({}, Style::Text::Body, this))
    , m_facts(Style::label({}, Style::Text::Body, this))
    , m_difference(new DifferenceView(this))
{
    m_tabs->setObjectName(u"planTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the plan"));
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the plan"));
    m_stepView->setObjectName(u"plannedSteps"_s);
    m_stepView->setModel(&m_steps);
    m_customView->setModel(&m_customisations);
    m_difference->setObjectName(u"planDifference"_s);
    m_difference->setAccessibleName(tr("Changes of the configuration"));

    auto *facts = new QScrollArea(this);
    facts->setAccessibleName(tr("Sizes and space"));
    facts->setWidgetResizable(true);
    facts->setFrameShape(QFrame::NoFrame);
    m_facts->setMargin(Style::WideGap);
    m_facts->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_facts->setTextFormat(Qt::RichText);
    facts->setWidget(m_facts);

    m_tabs->addTab(listWithDetail(m_stepView, m_intention, this), tr("&Steps", "@title"));
    m_tabs->addTab(facts, tr("Si&zes and space", "@title"));
    m_tabs->addTab(listWithDetail(m_customView, m_reason, this), tr("&Your changes", "@title"));
    m_tabs->addTab(m_difference, tr("&Configuration", "@title"));
    body()->addWidget(m_tabs, 1);

    m_save = addAside(tr("Save as &text…", "@action"), u"save"_s, u"savePlan"_s);
    m_start = addOnward(tr("Start the &upgrade", "@action"), u"run"_s, u"startUpgrade"_s);
    connect(m_save, &QPushButton::clicked, this, &PlanPage::saveAsText);
    connect(m_start, &QPushButton::clicked, this, &PlanPage::startWanted);
    m_save->setEnabled(false);
    m_start->setEnabled(false);
}

void PlanPage::setStartAllowed(bool isAllowed)
{
    m_isStartAllowed = isAllowed;
    m_start->setEnabled(isAllowed && !m_plan.steps.isEmpty());
}

void PlanPage::clear()
{
    m_reading.cancel();
    m_plan = {};
    setTitle(tr("Plan", "@title"));
    setSubtitle({});
    banner().hide();
    m_steps.setLines({});
    m_customisations.setLines({});
    for (auto *label : {m_intention, m_reason, m_facts})
        label->clear();
    m_difference->clear();
    m_save->setEnabled(false);
    m_start->setEnabled(false);
}

void PlanPage::plan(const SiteSettings &settings)
{
    clear();
    setSubtitle(tr("Measuring the site…"));
    m_reading.start(
        [services = m_services, settings](Monitor &monitor) {
            return readPlan(services.assistant, settings, monitor);
        },
        [this](Result<PlanData> plan) {
            if (plan) {
                show(std::move(*plan));
            } else if (plan.isError()) {
                setSubtitle({});
                banner().show(Style::Tone::Bad, factsOf(plan.error()));
            }
        },
        [this](const Progress &progress) {
            if (!progress.text.isEmpty())
                setSubtitle(progress.text);
        });
}

void PlanPage::show(PlanData plan)
{
    m_plan = std::move(plan);
    const auto &preview = m_plan.preview;
    const bool isTight = preview.bytesFree < preview.bytesNeeded;
    setTitle(m_plan.title);
    setSubtitle(
        tr("%n step(s)", nullptr, int(m_plan.steps.size())) + u" · "_s
        + tr("needs %1 of %2 free").arg(sizeText(preview.bytesNeeded), sizeText(preview.bytesFree))
        + u" · "_s + tr("nothing has been changed so far"));
    if (isTight)
        banner().show(Style::Tone::Notice,
                      tr("There may be too little free space for the upgrade and its backup."));
    m_steps.setLines(linesOf(m_plan.steps));
    m_customisations.setLines(linesOf(preview.customisations));
    m_stepView->setCurrentIndex(m_steps.index(0));
    m_customView->setCurrentIndex(m_customisations.index(0));
    if (preview.customisations.isEmpty())
        m_reason->setText(tr("No changed or added files were found."));
    QString html = u"<table cellspacing=\"0\" cellpadding=\"5\">"_s;
    const auto row = [&html](const QString &label, const QString &value) {
        html += u"<tr><td>"_s + label.toHtmlEscaped() + u"&nbsp;&nbsp;</td><td><b>"_s
                + value.toHtmlEscaped() + u"</b></td></tr>"_s;
    };
    for (const auto &fact : preview.facts)
        row(fact.label, fact.value);
    row(tr("Space needed at most"), sizeText(preview.bytesNeeded));
    m_facts->setText(html + u"</table>"_s);
    m_difference->setPlainText(preview.configurationDiff.isEmpty()
                                   ? tr("The configuration stays as it is.")
                                   : preview.configurationDiff);
    m_save->setEnabled(true);
    setStartAllowed(m_isStartAllowed);
}

void PlanPage::saveAsText()
{
    auto *dialog = new QFileDialog(this, tr("Save the plan"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"txt"_s);
    dialog->selectFile(u"upgrade-plan.txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        const auto text = planText(m_plan).toUtf8();
        if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
            banner().show(Style::Tone::Good, tr("Saved as %1.").arg(path));
        else
            banner().show(Style::Tone::Bad,
                          tr("The plan cannot be saved as %1: %2.").arg(path, file.errorString()));
    });
    dialog->open();
}

} // namespace Banister
