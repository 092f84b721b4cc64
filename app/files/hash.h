// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "base/sha256.h"

#include <QByteArray>

namespace Banister {

/// The hash of a file's content. Fails for folders and for links.
Result<QByteArray> sha256OfFile(const QString &path, Monitor &monitor);

} // namespace Banister
