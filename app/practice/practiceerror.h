// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::PracticeErrors {
Q_NAMESPACE

enum class PracticeError {
    ServerMissing,
    ServerFolderUnusable,
    ServerNotInitialised,
    ServerNotStarted,
    SiteFolderNotEmpty,
    NotAPracticeSite,
    SiteNotWritten,
    SiteNotRemoved,
    PackageNotWritten,
    DatabaseNotFilled,
    PhpMissing,
};
Q_ENUM_NS(PracticeError)

} // namespace Banister::PracticeErrors

namespace Banister {
using PracticeErrors::PracticeError;
}
