// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkrunner.h"

#include <algorithm>

namespace Banister {

namespace {

// The newest report of a check stands for those before it.
template<typename Reported, typename Event>
void joinReports(std::deque<Event> &waiting, Event &&event)
{
    if (std::holds_alternative<Reported>(event) && !waiting.empty()
        && std::holds_alternative<Reported>(waiting.back()))
        waiting.back() = std::forward<Event>(event);
    else
        waiting.push_back(std::forward<Event>(event));
}

} // namespace

CheckRunner::CheckRunner(Checks checks, QObject *parent, std::chrono::milliseconds limit)
    : QObject(parent)
    , m_checks(std::move(checks))
    , m_limit(limit)
    , m_states(statesOf(m_checks))
    , m_isQueued(m_states.size(), false)
    , m_mailbox([this](const Event &event) { deliver(event); },
                joinReports<Reported, Event>,
                restOfAWindow)
    , m_thread([this](const std::stop_token &stop) { work(stop); })
{}

CheckRunner::~CheckRunner()
{
    const std::lock_guard lock(m_mutex);
    m_queue.clear();
    m_cancel.request();
    m_thread.request_stop();
}

void CheckRunner::start()
{
    for (qsizetype index = 0; index < m_states.size(); ++index)
        add(index);
}

void CheckRunner::again(const QString &code)
{
    for (qsizetype index = 0; index < m_states.size(); ++index) {
        if (m_states.at(index).code == code)
            add(index);
    }
}

void CheckRunner::add(qsizetype index)
{
    if (m_isQueued.at(index))
        return;
    m_isQueued[index] = true;
    ++m_pending;
    m_states[index].phase = CheckPhase::Waiting;
    emit changed(m_states.at(index));
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(index);
    }
    m_wake.notify_one();
}

void CheckRunner::cancel()
{
    std::deque<qsizetype> dropped;
    {
        const std::lock_guard lock(m_mutex);
        dropped.swap(m_queue);
        m_cancel.request();
    }
    for (const auto index : dropped)
        m_mailbox.post(Ended{index, {}});
}

void CheckRunner::setAccepted(const QString &code, bool isAccepted)
{
    for (auto &state : m_states) {
        if (state.code != code || state.phase != CheckPhase::Known
            || state.finding.severity != Severity::Warning || state.isAccepted == isAccepted)
            continue;
        state.isAccepted = isAccepted;
        emit changed(state);
    }
}

void CheckRunner::work(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_queue.empty(); })) {
        if (stop.stop_requested())
            return;
        const auto index = m_queue.front();
        m_queue.pop_front();
        // cancel() is for what was asked for before it.
        m_cancel.reset();
        lock.unlock();
        m_mailbox.post(Started{index});
        auto finding = runCheck(
            *m_checks.at(size_t(index)),
            m_cancel,
            [this, index](const Progress &progress) {
                m_mailbox.post(Reported{index, progress});
            },
            m_limit);
        m_mailbox.post(Ended{index, std::move(finding)});
        lock.lock();
    }
}

void CheckRunner::deliver(const Event &event)
{
    if (const auto *started = std::get_if<Started>(&event)) {
        m_states[started->index].phase = CheckPhase::Running;
        emit changed(m_states.at(started->index));
    } else if (const auto *reported = std::get_if<Reported>(&event)) {
        emit progressed(m_states.at(reported->index).code, reported->progress);
    } else if (const auto *ended = std::get_if<Ended>(&event)) {
        auto &state = m_states[ended->index];
        m_isQueued[ended->index] = false;
        --m_pending;
        if (ended->finding)
            setFinding(state, *ended->finding);
        else
            state.phase = CheckPhase::Waiting;
        emit changed(m_states.at(ended->index));
        if (m_pending == 0)
            emit finished();
    }
}

} // namespace Banister
