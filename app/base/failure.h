// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <variant>

namespace Banister {

/// A person stopped the work; nothing went wrong.
struct Cancelled
{
    friend bool operator==(const Cancelled &, const Cancelled &) = default;
};

/// Why there is no result: an error, or a person's wish.
using Failure = std::variant<Error, Cancelled>;

} // namespace Banister
