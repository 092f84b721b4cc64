// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBasicTimer>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QObject>

#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace Banister {

/// Brings values from any thread to the thread that it lives on. However many are posted, the
/// receiver is woken once for all that wait, and not again before it has rested; values meet nothing
/// but a lock, so that sanitizers can follow them. Must outlive the threads that post.
template<typename Value>
class Mailbox : public QObject
{
public:
    using Waiting = std::deque<Value>;
    /// Adds a value to those that wait, or merges it into one of them: what keeps a flood bounded.
    using Join = std::function<void(Waiting &, Value &&)>;

    /// `deliver` is called once a value on this object's thread, in the order of posting. It must not
    /// destroy the mailbox. Between two deliveries lies the rest at least: a receiver that keeps up
    /// would otherwise be woken for every single value.
    explicit Mailbox(std::function<void(const Value &)> deliver,
                     Join join = append,
                     std::chrono::milliseconds rest = std::chrono::milliseconds(0))
        : m_deliver(std::move(deliver))
        , m_join(std::move(join))
        , m_rest(rest)
    {}

    void post(Value value) ///< from any thread
    {
        QEvent *announcement = nullptr;
        {
            const std::lock_guard lock(m_mutex);
            m_join(m_waiting, std::move(value));
            if (std::exchange(m_isAnnounced, true))
                return;
            // Made and looked at under the lock: sanitizers do not see those of Qt's event queue.
            announcement = new QEvent(QEvent::User);
        }
        QCoreApplication::postEvent(this, announcement);
    }

    static void append(Waiting &waiting, Value &&value) { waiting.push_back(std::move(value)); }

protected:
    bool event(QEvent *event) override
    {
        bool isAnnouncement = false;
        {
            const std::lock_guard lock(m_mutex);
            isAnnouncement = event->type() == QEvent::User;
        }
        if (!isAnnouncement)
            return QObject::event(event);
        const auto rested = m_sinceDelivery.isValid() ? m_sinceDelivery.elapsed() : m_rest.count();
        if (rested >= m_rest.count())
            deliverAll();
        else
            m_alarm.start(int(m_rest.count() - rested), Qt::PreciseTimer, this);
        return true;
    }

    void timerEvent(QTimerEvent *) override
    {
        m_alarm.stop();
        deliverAll();
    }

private:
    void deliverAll()
    {
        Waiting values;
        {
            const std::lock_guard lock(m_mutex);
            values.swap(m_waiting);
            m_isAnnounced = false;
        }
        for (const auto &value : values)
            m_deliver(value);
        m_sinceDelivery.start();
    }

    const std::function<void(const Value &)> m_deliver;
    const Join m_join;
    const std::chrono::milliseconds m_rest;
    QBasicTimer m_alarm;           ///< runs while what waits has been announced and has to wait
    QElapsedTimer m_sinceDelivery; ///< invalid before the first
    std::mutex m_mutex;
    Waiting m_waiting;          ///< guarded by m_mutex
    bool m_isAnnounced = false; ///< guarded by m_mutex
};

/// Sixty deliveries a second at most: more than anybody sees.
constexpr std::chrono::milliseconds restOfAWindow(16);

} // namespace Banister
