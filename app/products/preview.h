// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Banister {

/// What becomes of something that a person changed or added.
enum class CustomFate { BroughtOver, Replaced, NeedsALook };

struct Customisation
{
    QString path; ///< relative to the site's folder, for showing
    CustomFate fate = CustomFate::BroughtOver;
    QString reason; ///< translated sentence
};

struct PlanFact
{
    QString label; ///< translated: "Database dump"
    QString value; ///< translated: "1.2 GB, 143 tables"
};

/// What the plan page and the plan command show before anything is done.
struct PlanPreview
{
    QList<PlanFact> facts;
    QList<Customisation> customisations;
    /// Unified difference of the configuration file, secrets removed; empty where nothing changes.
    QString configurationDiff;
    qint64 bytesNeeded =
        0; ///< free space that the upgrade takes at its peak, restore point included
    qint64 restorePointBytes = 0; ///< of bytesNeeded; on the file system of the restore points
    qint64 bytesFree = 0;
};

} // namespace Banister
