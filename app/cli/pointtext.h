// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "restore/pointshelf.h"
#include "restore/restorepoint.h"

#include <QJsonObject>
#include <QString>

namespace Banister {

QJsonObject toJson(const RestorePoint &point);
QJsonObject toJson(const PointLeftover &leftover);

/// One line of the list, with all marks.
QString lineOf(const RestorePoint &point);
QString lineOf(const PointLeftover &leftover);
/// "made by hand"
QString textOf(PointOrigin origin);

} // namespace Banister
