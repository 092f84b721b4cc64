// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::AssistantErrors {
Q_NAMESPACE

enum class AssistantError {
    UnknownSite, ///< the folder holds no product that Banister knows
    NoSuchFolder,
    NothingToDo,     ///< there is no run to go on with
    RunUnfinished,   ///< an upgrade stands half-way: go on with it or roll it back first
    StoreUnreadable, ///< the list of sites is damaged
    StatusUnreadable ///< Banister's own folder, or that of the restore points, may not be read
};
Q_ENUM_NS(AssistantError)

} // namespace Banister::AssistantErrors

namespace Banister {
using AssistantErrors::AssistantError;
}
