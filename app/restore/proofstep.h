// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/step.h"
#include "restore/rollback.h"

#include <QCoreApplication>

#include <optional>

namespace Banister {

/// Compares the site with the restore point, file by file and table by table. Where somebody has
/// written to the database meanwhile, a second try brings it back once more. Code: rollbackComplete.
class RollbackProofStep : public Step
{
    Q_DECLARE_TR_FUNCTIONS(RollbackPlan)

public:
    explicit RollbackProofStep(const RollbackRequest &request);
    StepCode code() const override;
    QString title() const override;
    QString intention() const override;
    qint64 weight() const override;
    Outcome run(StepContext &context) override;

private:
    std::optional<Outcome> bringBackAgain(StepContext &context) const;
    Result<QStringList> compareTables(Monitor &monitor) const;
    Result<> noteObjects() const;
    Result<> leaveNoTrace() const;

    RollbackRequest m_request;
};

} // namespace Banister
