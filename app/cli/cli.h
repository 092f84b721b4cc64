// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/assistant.h"
#include "base/cancelflag.h"
#include "cli/exitstatus.h"
#include "cli/options.h"
#include "cli/output.h"

namespace Banister {

/// What a command works with.
struct CliContext
{
    const CliRequest &request;
    const Output &output;
    const Assistant &assistant;
    RunRequests &requests; ///< set by the signal handler
};

/// What the command line and the site's last run say about the site.
Result<SiteSettings> settingsOf(const CliContext &context);
/// Where the site stands, as far as its folders may be read: AssistantError.StatusUnreadable. The
/// restore points are all there, also where the last run's journal is damaged.
Result<SiteStatus> readableStatus(const CliContext &context, const SiteSettings &settings);
/// Where the site stands; SiteStatus::problem where that is not known.
Result<SiteStatus> knownStatus(const CliContext &context, const SiteSettings &settings);
/// Explains the failure; the status to end with.
ExitStatus report(const CliContext &context, const Failure &failure);
/// Says what is wrong with how the program was called, on standard error.
ExitStatus wrongUse(const Output &output, const QString &sentence);
/// The same as report() where a restore point was asked for by its id: tells the ids that are there.
ExitStatus
reportNoPoint(const CliContext &context, const SiteStatus &status, const Failure &failure);

ExitStatus detectSite(const CliContext &context);
ExitStatus checkSite(const CliContext &context);
ExitStatus planUpgrade(const CliContext &context);
ExitStatus showStatus(const CliContext &context);
ExitStatus upgradeSite(const CliContext &context);
ExitStatus resumeRun(const CliContext &context);
ExitStatus listRestorePoints(const CliContext &context);
/// restore-points: lists them, or does what one of its options says.
ExitStatus keepRestorePoints(const CliContext &context);
ExitStatus verifyPoint(const CliContext &context);
ExitStatus rollBackSite(const CliContext &context);
ExitStatus printLog(const CliContext &context);
ExitStatus explainCode(const CliContext &context);
ExitStatus buildPractice(const CliContext &context);

/// Runs the checks and prints the findings; Blocked where one stands in the way.
ExitStatus runChecks(const CliContext &context, const ProductSite &site);

/// The whole program.
int runCli(const QStringList &arguments);

} // namespace Banister
