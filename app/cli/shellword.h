// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Banister {

/// The word as a person can paste it into a POSIX shell: quoted only where it needs that.
QString shellWord(const QString &word);

} // namespace Banister
