// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace Banister {

/// Reads one of a restore point's JSON files. RestoreError.PointUnreadable.
Result<QJsonObject> readPointObject(const QString &file);
/// RestoreError.PointUnreadable, naming the file.
Error unusablePointFile(const QString &file, const QString &problem);

QStringList stringsOf(const QJsonValue &array);

} // namespace Banister
