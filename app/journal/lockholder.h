// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace Banister {

/// Who holds a lock, as its file tells: enough to find out from anywhere whether that program still
/// runs. A process is known by its number and its start, as numbers are used again.
struct LockHolder
{
    QString host;
    QString machine; ///< a digest of the machine id: hosts of one name are told apart; may be empty
    QString boot;    ///< id of the boot that the process belongs to
    qint64 process = 0;
    qint64 processStart = 0; ///< clock ticks since boot: a clock that is set does not touch it
    QString program;
    QString user;
    QString purpose; ///< "upgrade"; for people
    QDateTime since; ///< UTC; for people
    QString token;   ///< tells two locks of one process apart

    static LockHolder here(const QString &purpose);
    QByteArray toJson() const;
    static std::optional<LockHolder> fromJson(const QByteArray &json);

    bool isOfThisMachine() const;
    /// Same running kernel, as containers of one machine have.
    bool isOfThisBoot() const;
    /// Whether the process runs; only meaningful on this machine and outside of other containers.
    bool isAlive() const;
    /// Whether it is the process that asks.
    bool isThisProcess() const;
};

} // namespace Banister
