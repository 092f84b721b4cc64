// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/runstate.h"
#include "log/logentry.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace Banister {

/// The lines of one run in a log that a rollback, or the run that it undid, has written to as well.
struct RunLog
{
    QString path; ///< empty: there is none any more
    QDateTime from;
    QDateTime to; ///< invalid: to the end

    bool has(const LogEntry &entry) const;
};

/// Looks in the site's folder and in what rollbacks have put away.
/// \param names of the log, relative to the folder that the site's files are in; the likeliest first
RunLog findRunLog(const RunState &run,
                  const QString &siteFolder,
                  const QString &privateFolder,
                  const QStringList &names);

} // namespace Banister
