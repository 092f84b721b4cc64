// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runfolder.h"
#include "engine/runner.h"
#include "journal/runlock.h"

#include <functional>
#include <memory>

namespace Banister {

/// One run of a site, held from here: the lock, the run's folder, its journal and its plan. The site
/// is released on destruction. For one thread at a time.
class Session
{
public:
    /// Takes the steps' lines for the upgrade log, and how a step failed; called like a RunListener.
    using LogSink = std::function<void(const QString &line)>;
    /// Makes the plan again from what its maker put into Plan::kind and Plan::settings.
    using PlanFactory =
        std::function<Result<Plan>(const QString &kind, const QJsonObject &settings)>;

    /// A new run. The private folder is created where it is missing, the folder above it is not.
    /// LockError, JournalError, EngineError.CannotCreateRun.
    static Result<std::unique_ptr<Session>>
    begin(const QString &privateFolder, Plan plan, LogSink log = {});
    /// Goes on with a run, here or after another process. Beside the above: EngineError.NoSuchRun,
    /// .RunIsOver, .UnreadableRun, .NewerRun; .PlanChanged where the factory's steps are others than
    /// those of the journal; the factory's errors.
    static Result<std::unique_ptr<Session>> resume(const QString &privateFolder,
                                                   const QString &id,
                                                   const PlanFactory &factory,
                                                   LogSink log = {});
    /// Reads where a run stands, also while it is running elsewhere.
    static Result<RunState> look(const QString &privateFolder, const QString &id);
    /// The runs that wrote anything, the newest first.
    static QStringList list(const QString &privateFolder);
    /// The newest of them; an empty string where there is none.
    static QString latest(const QString &privateFolder);

    const QString &id() const { return m_folder.id(); }
    const RunFolder &folder() const { return m_folder; }
    const RunState &state() const { return m_journal.state(); }
    const Plan &plan() const { return m_plan; }

    /// Runs the steps that are left. May be called again after it has stopped or failed.
    RunEnd run(RunListener &listener, const RunRequests &requests);
    /// Leaves out the step where the run stands (Runner::skip).
    Result<> skip(const StepCode &code, const QString &reason);
    /// Nobody is to go on with this run.
    Result<> abandon(const QString &reason);
    /// The same for another run of this site, as a rollback does with the upgrade that it undoes: the
    /// caller's session holds the site. A run that is over stays as it is.
    static Result<>
    abandonOther(const QString &privateFolder, const QString &id, const QString &reason);
    /// The same without a plan, where nobody holds the site. What there is to tidy up is done before
    /// the record is written, while the site is held; where that fails the run stays as it is.
    using TidyUp = std::function<Result<>(const RunFolder &folder)>;
    static Result<> abandon(const QString &privateFolder,
                            const QString &id,
                            const QString &reason,
                            const TidyUp &tidyUp = {});
    /// As if this run had never begun; only before its first step.
    void withdraw();

private:
    Q_DISABLE_COPY_MOVE(Session)
    Session(RunLock lock, RunFolder folder, RunJournal journal, Plan plan, LogSink log);

    RunLock m_lock;
    RunFolder m_folder;
    RunJournal m_journal;
    Plan m_plan;
    LogSink m_log;
    Runner m_runner;
};

} // namespace Banister
