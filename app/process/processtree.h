// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

namespace Banister {

/// A process that leads a session, with everything that it started and that they started: found by
/// session, group and parent, so that jobs in the background and daemons belong to it as well.
class ProcessTree
{
public:
    /// The process must have called setsid().
    explicit ProcessTree(qint64 leader)
        : m_leader(leader)
    {}

    /// To every member that lives.
    void signal(int number);
    /// Whether no member lives; one that has ended and is not waited for is gone.
    bool isGone();

private:
    /// Looks for new members; parents must be seen before they end.
    void look();
    bool isAlive(qint64 process, const QByteArray &startTime) const;

    qint64 m_leader;
    QHash<qint64, QByteArray> m_members; ///< by number; start times, as numbers are used again
};

} // namespace Banister
