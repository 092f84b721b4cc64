// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "process/process.h"

#include <QStringList>

#include <optional>

namespace Banister {

/// What PHP, its database driver, or the console of an application says went wrong, wherever in
/// the output it stands: plain, in the boxes of Symfony's console (also wrapped), with time stamps.
/// Null where nothing known is there. The status is not looked at, except for a crash: consoles
/// end with 0 after failures and with others after none, so the caller knows when to ask.
/// The secrets are taken out, and so are the arguments of functions in stack traces.
std::optional<Error> recognisePhpFailure(const ProcessResult &result,
                                         const QStringList &secrets = {});

/// The end of the output, cleaned as for the details of an error.
QString phpOutputForDetails(const ProcessResult &result, const QStringList &secrets = {});

} // namespace Banister
