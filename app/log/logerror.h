// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::LogErrors {

Q_NAMESPACE

enum class LogError {
    OpenFailed,  ///< the log cannot be opened or created for writing
    WriteFailed, ///< entries could not be brought to the disk
    MoveFailed,  ///< the log stays where it was
    ReadFailed,  ///< a log cannot be read
    BadPattern,  ///< a search expression that is none
};
Q_ENUM_NS(LogError)

} // namespace Banister::LogErrors

namespace Banister {
using LogErrors::LogError;
} // namespace Banister
