// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session.h"
#include "log/logring.h"
#include "log/redactor.h"
#include "log/upgradelog.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace Banister {

/// A run of a site, held from here, with its upgrade log. For one thread at a time; log() and ring()
/// from any.
class SiteRun
{
public:
    using Open = std::function<Result<std::unique_ptr<Session>>(Session::LogSink sink)>;

    /// Opens the session, then the log that it writes to; a new session without a log leaves nothing.
    /// No line of the log has one of the secrets.
    static Result<std::unique_ptr<SiteRun>>
    open(const QString &logFile, const QStringList &secrets, const Open &openSession);

    Session &session() { return *m_session; }
    const Session &session() const { return *m_session; }
    UpgradeLog &log() { return *m_log; }
    /// The most recent lines of the log.
    const LogRing &ring() const { return m_ring; }
    const Redactor &redactor() const { return m_redactor; }

private:
    SiteRun() = default;
    Q_DISABLE_COPY_MOVE(SiteRun)

    Redactor m_redactor;
    LogRing m_ring;
    std::unique_ptr<UpgradeLog> m_log;
    std::unique_ptr<Session> m_session; // writes to the log: goes first
};

} // namespace Banister
