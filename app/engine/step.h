// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "engine/outcome.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace Banister {

/// What support staff call a step: "backupDatabase". Stable across versions.
using StepCode = QString;

/// What a running step talks to. Valid during run() only; Monitor's calls from any thread, the
/// journal's from the thread that runs the step.
class StepContext : public Monitor
{
public:
    /// Puts the intention into the journal, on disk, before the change that it announces.
    virtual Result<> intend(const QJsonObject &change) = 0;
    /// What this step announced in this run, former tries and processes included, oldest first.
    virtual QList<QJsonObject> intentions() const = 0;
};

/// One line of the checklist. It gets all it needs in its constructor, knows nothing of widgets, of
/// other steps or of its place among them, and can run again from whatever a former run left.
class Step
{
public:
    virtual ~Step() = default;
    virtual StepCode code() const = 0;
    virtual QString title() const = 0;     ///< translated noun phrase: "Database backup"
    virtual QString intention() const = 0; ///< translated: what run() will do to this site
    virtual qint64 weight() const
    {
        return 1;
    } ///< share of the bar: bytes and rows, made comparable
    /// Why a person may skip this step; empty where skipping would leave the site broken.
    virtual QString skipConsequence() const { return {}; }
    /// Does the work. Called on the worker thread, again for each retry.
    virtual Outcome run(StepContext &context) = 0;

protected:
    Step() = default;
    Q_DISABLE_COPY_MOVE(Step)
};

} // namespace Banister
