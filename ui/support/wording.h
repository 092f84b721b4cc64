// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engineenums.h"
#include "ui/style/style.h"

#include <QString>

#include <chrono>

namespace Banister {

struct SiteStatus;

/// "1.25 GiB", in the locale, as the engine's own texts have it.
QString sizeText(qint64 bytes);
/// "42 s", "3 min 20 s", "1 h 5 min".
QString durationText(std::chrono::milliseconds duration);
/// "about 3 minutes left"; never more exact than an estimate is.
QString remainingText(std::chrono::milliseconds remaining);

/// How a state is shown: the three always together.
struct Look
{
    QString icon;
    Style::Tone tone = Style::Tone::Neutral;
    QString text; ///< translated
};

Look lookOf(StepState state);
Look lookOf(const SiteStatus &status, bool canUpgrade);

} // namespace Banister
