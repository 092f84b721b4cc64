// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/siterun.h"

#include "files/foldertime.h"

#include <QFileInfo>

namespace Banister {

Result<std::unique_ptr<SiteRun>>
SiteRun::open(const QString &logFile, const QStringList &secrets, const Open &openSession)
{
    std::unique_ptr<SiteRun> run(new SiteRun);
    for (const auto &secret : secrets)
        run->m_redactor.addSecret(secret);
    // The session first: whoever does not get the site leaves no log in it.
    auto session =
        openSession([writer = run.get()](const QString &line) { writer->m_log->append(line); });
    if (!session)
        return session.failure();
    run->m_session = std::move(session).value();
    const FolderTimeKeeper keeper(QFileInfo(logFile).path());
    auto log = UpgradeLog::open(logFile, run->m_redactor, &run->m_ring);
    if (!log) {
        run->m_session->withdraw();
        return log.failure();
    }
    run->m_log = std::move(log).value();
    return run;
}

} // namespace Banister
