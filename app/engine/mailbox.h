// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace Banister {

/// Brings values from any thread to the thread that it lives on. However many are posted, the
/// receiver is woken once for all that wait; values meet nothing but a lock, so that sanitizers can
/// follow them. Must outlive the threads that post.
template<typename Value>
class Mailbox : public QObject
{
public:
    using Waiting = std::deque<Value>;
    /// Adds a value to those that wait, or merges it into one of them: what keeps a flood bounded.
    using Join = std::function<void(Waiting &, Value &&)>;

    /// `deliver` is called once a value on this object's thread, in the order of posting. It must not
    /// destroy the mailbox.
    explicit Mailbox(std::function<void(const Value &)> deliver, Join join = append)
        : m_deliver(std::move(deliver))
        , m_join(std::move(join))
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
        Waiting values;
        bool isOurs = false;
        {
            const std::lock_guard lock(m_mutex);
            isOurs = event->type() == QEvent::User;
            if (isOurs) {
                values.swap(m_waiting);
                m_isAnnounced = false;
            }
        }
        if (!isOurs)
            return QObject::event(event);
        for (const auto &value : values)
            m_deliver(value);
        return true;
    }

private:
    const std::function<void(const Value &)> m_deliver;
    const Join m_join;
    std::mutex m_mutex;
    Waiting m_waiting;
    bool m_isAnnounced = false;
};

} // namespace Banister
