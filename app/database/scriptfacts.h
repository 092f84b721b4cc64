// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QDateTime>
#include <QString>

namespace Banister {

/// What the head of a dump by mysqldump or mariadb-dump says of it.
struct ScriptFacts
{
    QString database;  ///< whose dump it is; empty where it does not say
    QString server;    ///< its version
    QDateTime written; ///< UTC; of the file
};

/// Reads head and end of a script. DatabaseError.ScriptIncomplete where it was cut short, with the
/// line where it breaks off; FileError where it cannot be read.
Result<ScriptFacts> readScriptFacts(const QString &script, const Monitor &monitor);

} // namespace Banister
