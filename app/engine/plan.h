// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/step.h"

#include <QJsonObject>
#include <QString>

#include <memory>
#include <vector>

namespace Banister {

/// The ordered steps of a run, with what is needed to make the same plan again in another process.
struct Plan
{
    QString kind;  ///< "upgrade", "rollback", "repair": written to the journal, not shown
    QString title; ///< translated: "Mautic 2.16.5 to 3.0.2"
    /// What the maker of the plan needs to make it again when the run is resumed; no secrets.
    QJsonObject settings;
    std::vector<std::unique_ptr<Step>> steps;
};

} // namespace Banister
