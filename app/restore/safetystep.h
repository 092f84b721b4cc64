// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/step.h"
#include "restore/rollback.h"

#include <QCoreApplication>

namespace Banister {

/// Keeps the present state as a restore point, so that the rollback can be rolled back, and copies
/// what has to be copied; nothing of the site is changed. Code: rollbackSafetyPoint.
class SafetyStep : public Step
{
    Q_DECLARE_TR_FUNCTIONS(RollbackPlan)

public:
    explicit SafetyStep(const RollbackRequest &request);
    StepCode code() const override;
    QString title() const override;
    QString intention() const override;
    qint64 weight() const override;
    QString skipConsequence() const override;
    Outcome run(StepContext &context) override;

private:
    Result<RestorePoint> keepPresent(StepContext &context) const;

    RollbackRequest m_request;
};

} // namespace Banister
