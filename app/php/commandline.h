// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

namespace Banister {

/// The words of a command line as a person types it: separated by blanks, kept together by single
/// or double quotes or a backslash. There is no shell: variables, pipes and wildcards are letters.
/// The error is PhpError::CommandUnreadable.
Result<QStringList> splitCommandLine(const QString &text);

/// The way back: words with blanks or quotes get quotes.
QString joinCommandLine(const QStringList &words);

} // namespace Banister
