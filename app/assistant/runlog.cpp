// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/runlog.h"

#include "engine/runfolder.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// The log tells whole seconds.
QDateTime wholeSecond(const QDateTime &time)
{
    return QDateTime::fromSecsSinceEpoch(time.toSecsSinceEpoch(), Qt::UTC);
}

/// When the run wrote last; invalid where that is not known.
QDateTime endOf(const RunState &run)
{
    if (!run.isOver())
        return {};
    QDateTime last = run.started;
    for (const auto &step : run.steps) {
        if (step.started.isValid() && !step.ended.isValid())
            return run.ended; // it was killed in this step
        last = std::max(last, step.ended);
    }
    return last;
}

bool hasAny(const RunLog &log)
{
    QFile file(log.path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    while (!file.atEnd()) {
        const auto entry = parseLogLine(QString::fromUtf8(file.readLine()));
        if (entry && log.has(*entry))
            return true;
    }
    return false;
}

QStringList subfolders(const QString &folder, const QString &pattern)
{
    QStringList paths;
    const auto names = QDir(folder).entryList({pattern}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const auto &name : names)
        paths.append(folder + u'/' + name);
    return paths;
}

} // namespace

bool RunLog::has(const LogEntry &entry) const
{
    return entry.time >= from && (!to.isValid() || entry.time <= to);
}

RunLog findRunLog(const RunState &run,
                  const QString &siteFolder,
                  const QString &privateFolder,
                  const QStringList &names)
{
    RunLog log{{}, wholeSecond(run.started), {}};
    if (const auto end = endOf(run); end.isValid())
        log.to = wholeSecond(end);
    QStringList folders{siteFolder};
    if (const auto own = RunFolder::find(privateFolder, run.id)) // of a run that was given up
        folders += own->path();
    const auto putAway = subfolders(privateFolder, u"rolled-back-*"_s);
    for (const auto &folder : putAway)
        folders += QStringList{folder} + subfolders(folder, u"*"_s);
    for (const auto &folder : std::as_const(folders)) {
        for (const auto &name : names) {
            log.path = folder + u'/' + name;
            if (hasAny(log))
                return log;
        }
    }
    log.path.clear();
    return log;
}

} // namespace Banister
