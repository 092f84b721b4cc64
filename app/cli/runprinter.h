// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/output.h"
#include "engine/runlistener.h"

#include <QElapsedTimer>

namespace Banister {

/// Prints a run as a checklist, a line a step; progress in place where a person looks on.
class RunPrinter : public RunListener
{
public:
    explicit RunPrinter(const Output &output);

    void runStarted(const RunState &state) override;
    void stepStarted(const StepCode &code, int attempt) override;
    void progressed(const StepCode &code,
                    const Progress &progress,
                    const OverallProgress &overall) override;
    void stepEnded(const StepCode &code, const Outcome &outcome) override;
    void runEnded(const RunEnd &end) override;

private:
    QString lineOf(const StepCode &code) const;
    void clearLine();

    const Output &m_output;
    RunState m_state;
    QElapsedTimer m_timer;
    bool m_isTerminal;
    bool m_hasProgress = false;
};

} // namespace Banister
