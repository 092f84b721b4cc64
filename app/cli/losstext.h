// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/output.h"
#include "database/rowexport.h"
#include "restore/losspreview.h"

namespace Banister {

/// Prints what a rollback would take away: files and rows written since by name, the rest by number.
void say(const Output &output, const LossPreview &preview);
QJsonObject toJson(const LossPreview &preview);

void say(const Output &output, const RowExport &exported);
QJsonObject toJson(const RowExport &exported);

} // namespace Banister
