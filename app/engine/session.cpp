// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Session)
};

/// Hands the steps' lines to the upgrade log on their way to the listener.
class LoggingListener : public RunListener
{
public:
    LoggingListener(RunListener &listener, const Session::LogSink &log)
        : m_listener(listener)
        , m_log(log)
    {}
    void runStarted(const RunState &state) override { m_listener.runStarted(state); }
    void stepStarted(const StepCode &step, int attempt) override
    {
        m_listener.stepStarted(step, attempt);
    }
    void progressed(const StepCode &step,
                    const Progress &progress,
                    const OverallProgress &overall) override
    {
        m_listener.progressed(step, progress, overall);
    }
    void logged(const StepCode &step, const QString &line) override
    {
        if (m_log)
            m_log(line);
        m_listener.logged(step, line);
    }
    void stepEnded(const StepCode &step, const Outcome &outcome) override
    {
        if (m_log)
            logEnd(step, outcome);
        m_listener.stepEnded(step, outcome);
    }
    void runEnded(const RunEnd &end) override { m_listener.runEnded(end); }

private:
    void logEnd(const StepCode &step, const Outcome &outcome) const
    {
        if (std::holds_alternative<Cancelled>(outcome))
            m_log(u"WARNING: %1 was cancelled."_s.arg(step));
        const auto *error = std::get_if<Error>(&outcome);
        if (!error)
            return;
        auto text = u"ERROR: %1 failed."_s.arg(step);
        for (const auto *each = error; each; each = each->cause.get())
            text += u"\n  %1: %2"_s.arg(each->code.toString(), each->fact);
        m_log(text);
    }

    RunListener &m_listener;
    const Session::LogSink &m_log;
};

RunStarted startOf(const Plan &plan, const QString &id)
{
    RunStarted start{id,
                     plan.kind,
                     plan.title,
                     plan.settings,
                     {},
                     QStringLiteral(BANISTER_VERSION),
                     QSysInfo::machineHostName()};
    for (const auto &step : plan.steps)
        start.steps.append({step->code(), step->title()});
    return start;
}

Result<> compare(const Plan &plan, const RunState &state)
{
    QStringList planned;
    for (const auto &step : plan.steps)
        planned.append(step->code());
    QStringList recorded;
    for (const auto &step : state.steps)
        recorded.append(step.code);
    if (planned == recorded)
        return Success;
    return Error{EngineError::PlanChanged,
                 Texts::tr("The run %1 was begun by Banister %2 with other steps than Banister %3 "
                           "would take.")
                     .arg(state.id, state.version, QStringLiteral(BANISTER_VERSION)),
                 u"journal: %1\nnow: %2"_s.arg(recorded.join(u' '), planned.join(u' ')),
                 {}};
}

void remove(const RunFolder &folder)
{
    QFile::remove(folder.journalPath());
    QDir().rmdir(folder.path());
}

} // namespace

Session::Session(RunLock lock, RunFolder folder, RunJournal journal, Plan plan, LogSink log)
    : m_lock(std::move(lock))
    , m_folder(std::move(folder))
    , m_journal(std::move(journal))
    , m_plan(std::move(plan))
    , m_log(std::move(log))
    , m_runner(m_plan, m_journal, [this] { return m_lock.confirm(); })
{}

Result<std::unique_ptr<Session>>
Session::begin(const QString &privateFolder, Plan plan, LogSink log)
{
    if (auto made = RunFolder::prepare(privateFolder); !made)
        return made.failure();
    auto lock = RunLock::acquire(privateFolder, plan.kind);
    if (!lock)
        return lock.failure();
    auto folder = RunFolder::create(privateFolder);
    if (!folder)
        return folder.failure();
    auto journal = RunJournal::create(folder->journalPath(), startOf(plan, folder->id()));
    if (!journal) {
        remove(*folder);
        return journal.failure();
    }
    return std::unique_ptr<Session>(new Session(std::move(*lock),
                                                std::move(*folder),
                                                std::move(*journal),
                                                std::move(plan),
                                                std::move(log)));
}

Result<std::unique_ptr<Session>> Session::resume(const QString &privateFolder,
                                                 const QString &id,
                                                 const PlanFactory &factory,
                                                 LogSink log)
{
    auto folder = RunFolder::find(privateFolder, id);
    if (!folder)
        return folder.failure();
    // The lock first: the journal must not be opened for writing while another process writes it.
    const auto seen = look(privateFolder, id);
    if (!seen)
        return seen.failure();
    auto lock = RunLock::acquire(privateFolder, seen->kind);
    if (!lock)
        return lock.failure();
    auto journal = RunJournal::open(folder->journalPath());
    if (!journal)
        return journal.failure();
    const auto &state = journal->state();
    if (state.id.isEmpty())
        return Error{
            EngineError::NoSuchRun, Texts::tr("The run %1 was never begun.").arg(id), {}, {}};
    if (state.isOver())
        return Error{EngineError::RunIsOver,
                     state.phase == RunPhase::Finished
                         ? Texts::tr("The run %1 is finished.").arg(id)
                         : Texts::tr("The run %1 was given up.").arg(id),
                     state.reason,
                     {}};
    auto plan = factory(state.kind, state.settings);
    if (!plan)
        return plan.failure();
    if (auto same = compare(*plan, state); !same)
        return same.failure();
    const RunResumed resumed{QStringLiteral(BANISTER_VERSION), QSysInfo::machineHostName()};
    if (auto written = journal->append(resumed); !written)
        return written.failure();
    return std::unique_ptr<Session>(new Session(std::move(*lock),
                                                std::move(*folder),
                                                std::move(*journal),
                                                std::move(*plan),
                                                std::move(log)));
}

Result<RunState> Session::look(const QString &privateFolder, const QString &id)
{
    const auto folder = RunFolder::find(privateFolder, id);
    if (!folder)
        return folder.failure();
    const auto records = Journal::read(folder->journalPath());
    if (!records)
        return records.failure();
    return RunState::fromRecords(*records);
}

QStringList Session::list(const QString &privateFolder)
{
    QStringList ids;
    const auto runs = RunFolder::list(privateFolder);
    for (const auto &run : runs) {
        if (QFileInfo(run.journalPath()).size() > 0)
            ids.append(run.id());
    }
    return ids;
}

QString Session::latest(const QString &privateFolder)
{
    return list(privateFolder).value(0);
}

RunEnd Session::run(RunListener &listener, const RunRequests &requests)
{
    LoggingListener logging(listener, m_log);
    return m_runner.run(logging, requests);
}

Result<> Session::skip(const StepCode &code, const QString &reason)
{
    return m_runner.skip(code, reason);
}

Result<> Session::abandon(const QString &reason)
{
    return m_journal.append(RunAbandoned{reason});
}

Result<>
Session::abandonOther(const QString &privateFolder, const QString &id, const QString &reason)
{
    const auto folder = RunFolder::find(privateFolder, id);
    if (!folder)
        return folder.failure();
    auto journal = RunJournal::open(folder->journalPath());
    if (!journal)
        return journal.failure();
    return journal->state().isOver() ? Success : journal->append(RunAbandoned{reason});
}

Result<> Session::abandon(const QString &privateFolder,
                          const QString &id,
                          const QString &reason,
                          const TidyUp &tidyUp)
{
    const auto lock = RunLock::acquire(privateFolder, u"abandon"_s);
    if (!lock)
        return lock.failure();
    const auto folder = RunFolder::find(privateFolder, id);
    if (!folder)
        return folder.failure();
    if (tidyUp) {
        if (auto tidied = tidyUp(*folder); !tidied)
            return tidied;
    }
    return abandonOther(privateFolder, id, reason);
}

void Session::withdraw()
{
    if (state().phase == RunPhase::NotStarted)
        remove(m_folder);
}

} // namespace Banister
