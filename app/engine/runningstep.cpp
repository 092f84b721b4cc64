// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runningstep.h"

#include <QCoreApplication>

#include <exception>
#include <new>

namespace Banister {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(RunningStep)
};

} // namespace

RunningStep::RunningStep(const StepCode &code,
                         RunJournal &journal,
                         RunListener &listener,
                         OverallMeter &meter,
                         const CancelFlag &cancel)
    : m_code(code)
    , m_journal(journal)
    , m_listener(listener)
    , m_meter(meter)
    , m_cancel(cancel)
    , m_throttle([this](const Progress &progress) {
        const std::lock_guard lock(m_listening);
        m_listener.progressed(m_code, progress, m_meter.update(progress));
    })
{}

void RunningStep::log(const QString &line)
{
    const std::lock_guard lock(m_listening);
    m_listener.logged(m_code, line);
}

Result<> RunningStep::intend(const QJsonObject &change)
{
    auto written = m_journal.append(Intention{m_code, change});
    if (!written)
        m_journalFailure = written.failure();
    return written;
}

QList<QJsonObject> RunningStep::intentions() const
{
    return m_journal.state().step(m_code)->intentions;
}

Outcome RunningStep::run(Step &step)
{
    auto outcome = runGuarded(step);
    m_throttle.finish();
    // A step that goes on without its intention on disk cannot be trusted to be done.
    return m_journalFailure ? outcomeOf(*m_journalFailure) : std::move(outcome);
}

Outcome RunningStep::runGuarded(Step &step)
{
    const auto threw = [this](const QString &what) {
        return Error{EngineError::StepThrew,
                     Texts::tr("The step %1 ended in an unexpected way.").arg(m_code),
                     what,
                     {}};
    };
    try {
        return step.run(*this);
    } catch (const std::bad_alloc &) {
        return Error{EngineError::OutOfMemory,
                     Texts::tr("There was not enough memory for the step %1.").arg(m_code),
                     {},
                     {}};
    } catch (const std::exception &exception) {
        return threw(QString::fromLocal8Bit(exception.what()));
    } catch (...) {
        return threw({});
    }
}

} // namespace Banister
