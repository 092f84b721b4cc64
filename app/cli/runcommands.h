// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/cli.h"

namespace Banister {

/// Asks on the terminal; without --yes and without an answer it is no.
bool isConfirmed(const CliContext &context, const QString &question);

/// Says who holds the site, then releases it, where --break-lock asks for that.
Result<> breakLockIfAsked(const CliContext &context, const SiteSettings &settings);

/// Runs what is left of a run and prints it as it goes.
ExitStatus runToTheEnd(const CliContext &context, Result<std::unique_ptr<SiteRun>> run);

} // namespace Banister
