// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancelflag.h"
#include "engine/progressthrottle.h"
#include "engine/runjournal.h"
#include "engine/runlistener.h"

#include <mutex>

namespace Banister {

/// The context of one try of a step: joins its reports and lines into calls that never overlap.
class RunningStep : public StepContext
{
public:
    RunningStep(const StepCode &code,
                RunJournal &journal,
                RunListener &listener,
                OverallMeter &meter,
                const CancelFlag &cancel);

    void report(const Progress &progress) override { m_throttle.report(progress); }
    void log(const QString &line) override;
    bool isCancelRequested() const override { return m_cancel.isRequested(); }
    Result<> intend(const QJsonObject &change) override;
    QList<QJsonObject> intentions() const override;

    /// Runs the step; what it throws becomes an error. No call reaches the listener afterwards.
    Outcome run(Step &step);

private:
    Outcome runGuarded(Step &step);

    const StepCode m_code;
    RunJournal &m_journal;
    RunListener &m_listener;
    OverallMeter &m_meter;
    const CancelFlag &m_cancel;
    std::optional<Failure> m_journalFailure; ///< stops the run, whatever the step makes of it
    std::mutex m_listening;
    ProgressThrottle m_throttle; // last member: its thread ends before the rest goes
};

} // namespace Banister
