// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/step.h"
#include "restore/rollback.h"

#include <QCoreApplication>

namespace Banister {

/// Reads the restore point back before anything is changed. Code: rollback.
class VerifyStep : public Step
{
    Q_DECLARE_TR_FUNCTIONS(RollbackPlan)

public:
    explicit VerifyStep(const RollbackRequest &request);
    StepCode code() const override;
    QString title() const override;
    QString intention() const override;
    qint64 weight() const override;
    Outcome run(StepContext &context) override;

private:
    Result<> checkTables(StepContext &context) const;

    RollbackRequest m_request;
};

/// Moves the new entries aside and the former ones back. Code: rollbackFiles.
class RollbackFilesStep : public Step
{
    Q_DECLARE_TR_FUNCTIONS(RollbackPlan)

public:
    explicit RollbackFilesStep(const RollbackRequest &request);
    StepCode code() const override;
    QString title() const override;
    QString intention() const override;
    qint64 weight() const override;
    Outcome run(StepContext &context) override;

private:
    RollbackRequest m_request;
};

/// Loads the dump into place; skipped where the database equals it. Code: rollbackDb.
class RollbackDatabaseStep : public Step
{
    Q_DECLARE_TR_FUNCTIONS(RollbackPlan)

public:
    explicit RollbackDatabaseStep(const RollbackRequest &request);
    StepCode code() const override;
    QString title() const override;
    QString intention() const override;
    qint64 weight() const override;
    Outcome run(StepContext &context) override;

private:
    RollbackRequest m_request;
};

} // namespace Banister
