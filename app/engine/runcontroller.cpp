// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/runcontroller.h"

#include <exception>

namespace Banister {

namespace {

class PostingListener : public RunListener
{
public:
    explicit PostingListener(Mailbox<RunEvent> &mailbox)
        : m_mailbox(mailbox)
    {}
    void runStarted(const RunState &state) override { m_mailbox.post(RunOpened{state}); }
    void stepStarted(const StepCode &step, int) override
    {
        m_mailbox.post(StepChanged{step, StepState::Running, {}, {}});
    }
    void progressed(const StepCode &step,
                    const Progress &progress,
                    const OverallProgress &overall) override
    {
        m_mailbox.post(StepProgressed{step, progress, overall});
    }
    void logged(const StepCode &, const QString &line) override
    {
        m_mailbox.post(LinesLogged{{line}, 0});
    }
    void stepEnded(const StepCode &step, const Outcome &outcome) override
    {
        StepChanged changed{step, stateOf(outcome), {}, {}};
        if (const auto *done = std::get_if<Done>(&outcome))
            changed.text = done->summary;
        else if (const auto *skipped = std::get_if<Skipped>(&outcome))
            changed.text = skipped->reason;
        else if (const auto *error = std::get_if<Error>(&outcome))
            changed.error = *error;
        m_mailbox.post(std::move(changed));
    }

private:
    Mailbox<RunEvent> &m_mailbox;
};

RunEnd endOf(const Failure &failure)
{
    if (const auto *error = std::get_if<Error>(&failure))
        return {Ending::Failed, {}, *error};
    return {Ending::Cancelled, {}, {}};
}

} // namespace

RunController::RunController(Opener open, QObject *parent)
    : QObject(parent)
    , m_mailbox([this](const RunEvent &event) { deliver(event); }, join, restOfAWindow)
    , m_open(std::move(open))
{}

RunController::~RunController()
{
    m_requests.cancel.request();
}

void RunController::start()
{
    launch([this](Session &session) {
        PostingListener listener(m_mailbox);
        return session.run(listener, m_requests);
    });
}

void RunController::skip(const StepCode &code, const QString &reason)
{
    launch([this, code, reason](Session &session) {
        if (auto skipped = session.skip(code, reason); !skipped)
            return endOf(skipped.failure());
        m_mailbox.post(StepChanged{code, StepState::Skipped, {}, reason});
        PostingListener listener(m_mailbox);
        return session.run(listener, m_requests);
    });
}

void RunController::abandon(const QString &reason)
{
    launch([reason](Session &session) {
        if (auto written = session.abandon(reason); !written)
            return endOf(written.failure());
        return RunEnd{Ending::Abandoned, {}, {}};
    });
}

std::shared_ptr<Session> RunController::takeSession()
{
    return m_isRunning ? nullptr : std::exchange(m_session, nullptr);
}

void RunController::pauseAfterStep()
{
    m_requests.pause.request();
}

void RunController::dontPause()
{
    m_requests.pause.reset();
}

void RunController::cancel()
{
    m_requests.cancel.request();
}

void RunController::launch(Work work)
{
    if (m_isRunning || m_isOver)
        return;
    m_isRunning = true;
    m_requests.cancel.reset();
    m_requests.pause.reset();
    // A former thread has posted its end and has nothing left to do: this does not wait.
    m_thread = std::jthread([this, work = std::move(work)] {
        auto end = openAndDo(work);
        m_mailbox.post(RunEnded{std::move(end)});
    });
}

RunEnd RunController::openAndDo(const Work &work)
{
    try {
        if (!m_session) {
            auto opened = m_open();
            if (!opened)
                return endOf(opened.failure());
            m_session = std::move(*opened);
        }
        auto end = work(*m_session);
        // Nothing is left to hold the site for.
        if (m_session->state().isOver())
            m_session.reset();
        return end;
    } catch (const std::exception &exception) {
        return endOf(Error{EngineError::StepThrew,
                           tr("The run ended in an unexpected way."),
                           QString::fromLocal8Bit(exception.what()),
                           {}});
    }
}

void RunController::deliver(const RunEvent &event)
{
    if (const auto *run = std::get_if<RunOpened>(&event)) {
        emit opened(run->state);
    } else if (const auto *changed = std::get_if<StepChanged>(&event)) {
        emit stateChanged(
            changed->step, changed->state, changed->error.value_or(Error()), changed->text);
    } else if (const auto *progress = std::get_if<StepProgressed>(&event)) {
        emit progressed(progress->step, progress->progress, progress->overall);
    } else if (const auto *log = std::get_if<LinesLogged>(&event)) {
        emit logged(log->lines, log->dropped);
    } else if (const auto *ended = std::get_if<RunEnded>(&event)) {
        m_isRunning = false;
        m_isOver = ended->end.ending == Ending::Finished || ended->end.ending == Ending::Abandoned;
        emit finished(ended->end);
    }
}

} // namespace Banister
