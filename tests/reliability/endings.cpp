// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reliability/endings.h"

#include <QRegularExpression>
#include <QStorageInfo>

namespace Banister {

QString problemOfFailure(const ProgramEnd &end)
{
    static const QRegularExpression code("\\b([A-Za-z]+Error\\.[A-Za-z]+|ERR_[A-Z0-9_]+)\\b");
    if (end.wasKilled || end.status < 0 || end.status > 5)
        return "ended badly: " + end.told();
    if (end.status == 1 && !code.match(end.output).hasMatch())
        return "names no error: " + end.told();
    return {};
}

QString problemOfResuming(const KillableSite &site)
{
    const auto last = site.lastRecord()["record"].toString();
    const bool hasRun = !last.isEmpty();
    const bool isOver = last == "runFinished";
    auto resumed = site.resume();
    if (!hasRun || isOver) {
        // The run never began, or nothing of it is left to do.
        if (resumed.status != 1 || !resumed.output.contains("AssistantError.NothingToDo"))
            return "there is no run to go on with, but: " + resumed.told();
    } else if (resumed.status != 0) {
        return "resume: " + resumed.told();
    }
    if (!hasRun) {
        if (resumed = site.upgrade(); resumed.status != 0)
            return "upgrade: " + resumed.told();
    }
    if (auto problem = site.differenceFromEnd(); !problem.isEmpty())
        return problem;
    return site.logProblem();
}

QString problemOfRollingBack(const KillableSite &site)
{
    constexpr int NoRestorePoint = 4;
    const bool hasPoint = site.hasRestorePoint();
    const auto rolledBack = site.rollBack();
    if (rolledBack.status != (hasPoint ? 0 : NoRestorePoint))
        return "rollback: " + rolledBack.told();
    if (auto problem = site.differenceFromStart(); !problem.isEmpty())
        return problem;
    return site.logProblem();
}

void useMemoryForFiles()
{
    const QStorageInfo memory("/dev/shm");
    constexpr qint64 Needed = 1 << 30;
    if (!qEnvironmentVariableIsSet("TMPDIR") && memory.isValid() && !memory.isReadOnly()
        && memory.bytesAvailable() > Needed)
        qputenv("TMPDIR", "/dev/shm");
}

} // namespace Banister
