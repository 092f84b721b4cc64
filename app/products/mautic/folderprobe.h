// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>

namespace Banister {

/// Whether a folder can be made in this one: by making one and taking it away again. Afterwards the
/// folder is what it was before, its time too.
bool canMakeFolders(const QDir &folder);

} // namespace Banister
