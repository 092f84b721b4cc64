// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

/// What the assistant reads in a plan's settings so that the plan can be made again.
namespace Banister::PlanKeys {

inline constexpr QLatin1StringView Product{"product"};
inline constexpr QLatin1StringView Token{"token"};
inline constexpr QLatin1StringView RestorePoint{"restorePoint"};
inline constexpr QLatin1StringView FolderTime{
    "siteFolderModifiedNs"};                         ///< a string: too long for JSON
inline constexpr QLatin1StringView Undoes{"undoes"}; ///< ids of the runs that a rollback ends

inline constexpr QLatin1StringView SafetyPoint{"safetyPoint"};
inline constexpr QLatin1StringView PresentVersion{"presentVersion"};
inline constexpr QLatin1StringView Selection{"selection"};

} // namespace Banister::PlanKeys
