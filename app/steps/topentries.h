// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Banister {

/// The names of all entries of a folder, hidden ones too, sorted; raw bytes.
Result<QList<QByteArray>> topEntries(const QString &folder);
/// Whether something stands there, a dangling link included.
bool entryStands(const QString &folder, const QByteArray &name);
/// A path in the folder that is not taken: the name itself, or with a number behind it.
QString freeName(const QString &folder, const QByteArray &name);

} // namespace Banister
