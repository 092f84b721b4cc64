// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/outcome.h"
#include "engine/step.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <variant>

namespace Banister {

/// The records of a run's journal. None may hold a secret.
struct RunStarted
{
    struct Entry
    {
        StepCode code;
        QString title;
    };
    QString id;
    QString kind;
    QString title;
    QJsonObject settings;
    QList<Entry> steps;
    QString version; ///< of Banister
    QString host;
};

struct RunResumed
{
    QString version;
    QString host;
};

struct StepStarted
{
    StepCode step;
    int attempt = 1;
};

/// Written before the change that it announces.
struct Intention
{
    StepCode step;
    QJsonObject change;
};

struct StepEnded
{
    StepCode step;
    Outcome outcome;
};

struct RunFinished
{};

/// A person decided that the run is not to be gone on with.
struct RunAbandoned
{
    QString reason;
};

using RunRecord = std::
    variant<RunStarted, RunResumed, StepStarted, Intention, StepEnded, RunFinished, RunAbandoned>;

QJsonObject toJson(const RunRecord &record);
/// EngineError.NewerRun where a later Banister wrote it, EngineError.UnreadableRun.
Result<RunRecord> recordFromJson(const QJsonObject &json);

} // namespace Banister
