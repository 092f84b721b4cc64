// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/support/plandata.h"

#include "ui/support/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct PlanWords
{
    Q_DECLARE_TR_FUNCTIONS(PlanWords)
};

QString section(const QString &title)
{
    return u'\n' + title + u'\n' + QString(title.size(), u'-') + u'\n';
}

} // namespace

QList<PlannedStep> stepsOf(const Plan &plan)
{
    QList<PlannedStep> steps;
    for (const auto &step : plan.steps)
        steps.append({step->code(), step->title(), step->intention()});
    return steps;
}

Result<PlanData>
readPlan(const Assistant &assistant, const SiteSettings &settings, Monitor &monitor)
{
    auto site = assistant.open(settings);
    if (!site)
        return site.failure();
    auto preview = (*site)->preview(monitor);
    if (!preview)
        return preview.failure();
    const auto plan = (*site)->upgradePlan(assistant.newNames(settings));
    if (!plan)
        return plan.failure();
    return PlanData{plan->title, settings.folder, stepsOf(*plan), std::move(*preview)};
}

QString nameOf(CustomFate fate)
{
    switch (fate) {
    case CustomFate::BroughtOver:
        return PlanWords::tr("Brought over", "@status");
    case CustomFate::Replaced:
        return PlanWords::tr("Replaced", "@status");
    case CustomFate::NeedsALook:
        return PlanWords::tr("Needs a look", "@status");
    }
    return {};
}

QString planText(const PlanData &plan)
{
    auto text = plan.title + u'\n' + QString(plan.title.size(), u'=') + u'\n' + plan.folder + u'\n';
    text += section(PlanWords::tr("Steps", "@title"));
    int number = 0;
    for (const auto &step : plan.steps) {
        text += u"%1. %2 (%3)\n"_s.arg(++number).arg(step.title, step.code);
        text += u"    "_s + QString(step.intention).replace(u'\n', u"\n    "_s) + u'\n';
    }
    text += section(PlanWords::tr("Sizes and space", "@title"));
    for (const auto &fact : plan.preview.facts)
        text += fact.label + u": "_s + fact.value + u'\n';
    text += PlanWords::tr("Space needed: %1, free: %2")
                .arg(sizeText(plan.preview.bytesNeeded), sizeText(plan.preview.bytesFree))
            + u'\n';
    if (!plan.preview.customisations.isEmpty()) {
        text += section(PlanWords::tr("Your changes", "@title"));
        for (const auto &one : plan.preview.customisations)
            text += nameOf(one.fate) + u": "_s + one.path + u"\n    "_s + one.reason + u'\n';
    }
    if (!plan.preview.configurationDiff.isEmpty())
        text += section(PlanWords::tr("Configuration", "@title")) + plan.preview.configurationDiff
                + u'\n';
    return text;
}

} // namespace Banister
