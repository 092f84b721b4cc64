// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace Banister {

/// What another program left in a site, and a restore point can be made of.
struct ForeignLeft
{
    QString name;                 ///< of the folder or dump, relative to the site's folder
    QString program;              ///< that left it: "upgrade_v3.php"
    QString product;              ///< id
    QString version;              ///< that the files are of; empty where they do not say
    QString script;               ///< its dump, relative to the site's folder; empty: there is none
    QDateTime created;            ///< UTC; of the dump, or of the folder
    std::optional<Error> problem; ///< why it cannot be taken over
    QString takenAs = {};         ///< id of the restore point that was made of it
};

} // namespace Banister
