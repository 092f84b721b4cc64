// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/cli.h"
#include "products/foreignleft.h"

#include <QJsonArray>
#include <QString>

namespace Banister {

struct RestorePoint;

/// What other programs have left, apart from the restore points: each with what to do.
QJsonArray listForeign(const CliContext &context, const SiteSettings &settings);
/// restore-points --import NAME
ExitStatus importForeign(const CliContext &context, const SiteSettings &settings);
/// Says what nobody can prove of a restore point that was taken over.
void sayUnproven(const CliContext &context, const RestorePoint &point);

} // namespace Banister
