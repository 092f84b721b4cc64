// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/step.h"

#include <functional>

namespace Banister {

/// How a step presents itself, and what its failures are called.
struct StepFrame
{
    StepCode code;
    QString title;
    QString intention;
    qint64 weight = 1;
    ErrorCode failure;                   ///< goes on top of what a lower room found
    QString failureFact;                 ///< translated sentence for it
    QList<ErrorCode> otherFailures = {}; ///< codes that the work itself puts on top
    QString skipConsequence = {};        ///< see Step::skipConsequence()
};

/// A step whose face is data and whose work is one function.
class FramedStep : public Step
{
public:
    using Work = std::function<Result<Outcome>(StepContext &)>;

    FramedStep(StepFrame frame, Work work);
    StepCode code() const override { return m_frame.code; }
    QString title() const override { return m_frame.title; }
    QString intention() const override { return m_frame.intention; }
    qint64 weight() const override { return m_frame.weight; }
    QString skipConsequence() const override { return m_frame.skipConsequence; }
    /// Does the work; puts the frame's failure on top of an error that does not carry it yet.
    Outcome run(StepContext &context) override;

private:
    StepFrame m_frame;
    Work m_work;
};

} // namespace Banister
