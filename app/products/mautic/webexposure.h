// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/step.h"
#include "products/mautic/upgrade.h"

#include <QStringList>

namespace Banister {

/// Asks the site's web server for files that Banister leaves in the site's folder. The answer: the
/// addresses that can be read though they should not. Where the web server cannot be reached the log
/// says so and the answer is empty.
QStringList readableThroughTheWeb(const MauticUpgrade &upgrade, StepContext &context);

} // namespace Banister
