// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/assistant.h"

#include <QList>
#include <QString>

namespace Banister {

/// A step as it is shown before anything is done.
struct PlannedStep
{
    StepCode code;
    QString title;
    QString intention;
};

/// What the plan page shows: values, no pointer into the plan.
struct PlanData
{
    QString title;
    QString folder;
    QList<PlannedStep> steps;
    PlanPreview preview;
};

QList<PlannedStep> stepsOf(const Plan &plan);

/// Reads the site; for a worker thread.
Result<PlanData>
readPlan(const Assistant &assistant, const SiteSettings &settings, Monitor &monitor);

QString nameOf(CustomFate fate);
/// The whole plan as text, to keep or to send.
QString planText(const PlanData &plan);

} // namespace Banister
