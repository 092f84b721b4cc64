// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/output.h"
#include "restore/pointshelf.h"
#include "restore/pointspace.h"
#include "restore/restorepoint.h"

#include <QJsonObject>
#include <QString>

namespace Banister {

QJsonObject toJson(const RestorePoint &point);
QJsonObject toJson(const PointLeftover &leftover);

/// What a new one takes, and what is free.
void sayEstimate(const Output &output, const PointEstimate &estimate);
/// One line of the list, with all marks.
QString lineOf(const RestorePoint &point);
QString lineOf(const PointLeftover &leftover);
/// "made by hand"
QString textOf(PointOrigin origin);

} // namespace Banister
