// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/siterun.h"

namespace Banister {

Result<std::unique_ptr<SiteRun>>
SiteRun::open(const QString &logFile, const QStringList &secrets, const Open &openSession)
{
    std::unique_ptr<SiteRun> run(new SiteRun);
    for (const auto &secret : secrets)
        run->m_redactor.addSecret(secret);
    auto log = UpgradeLog::open(logFile, run->m_redactor, &run->m_ring);
    if (!log)
        return log.failure();
    run->m_log = std::move(log).value();
    auto *const file = run->m_log.get();
    auto session = openSession([file](const QString &line) { file->append(line); });
    if (!session)
        return session.failure();
    run->m_session = std::move(session).value();
    return run;
}

} // namespace Banister
