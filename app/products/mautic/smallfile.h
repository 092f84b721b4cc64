// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace Banister {

/// A configuration file or the like, whole. One of more than four megabytes is refused: it is not
/// what it should be. The error is MauticSiteError::FileUnreadable.
Result<QByteArray> readSmallFile(const QString &path);

} // namespace Banister
