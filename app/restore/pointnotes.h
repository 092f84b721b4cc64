// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QString>

namespace Banister {

/// What was found or decided about a restore point after it was made: notes.json in its folder. The
/// manifest beside it never changes. Losing the notes loses no more than they say.
struct PointNotes
{
    QString name;          ///< given by a person; may be empty
    bool isFrozen = false; ///< stays until a person removes this mark
    QDateTime verified;    ///< UTC; last time that it was read back and found right
    QDateTime used;        ///< UTC; when a rollback has moved its files back into the site
};

/// Default ones where there are none, or none that can be read.
PointNotes readPointNotes(const QString &pointFolder);
Result<> writePointNotes(const QString &pointFolder, const PointNotes &notes);

} // namespace Banister
