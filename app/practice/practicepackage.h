// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "practice/practicefile.h"

namespace Banister {

/// Packs files as a release is packed: with their modes, and without a folder around them.
Result<>
writePracticePackage(const QString &path, const QList<PracticeFile> &files, Monitor &monitor);

} // namespace Banister
