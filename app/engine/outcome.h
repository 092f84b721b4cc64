// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/failure.h"
#include "base/result.h"

#include <QString>

#include <variant>

namespace Banister {

struct Done
{
    QString summary; ///< translated, may be empty: "143 tables, 1.2 GB"
};

struct Skipped
{
    QString reason; ///< translated sentence: nothing is skipped silently
};

/// How a step ended.
using Outcome = std::variant<Done, Skipped, Cancelled, Error>;

/// The outcome of work that failed or was stopped.
inline Outcome outcomeOf(const Failure &failure)
{
    return std::visit([](const auto &why) -> Outcome { return why; }, failure);
}

} // namespace Banister
