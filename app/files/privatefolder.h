// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Banister {

/// Makes a folder, with its parents, that only its owner can enter (0700), with files that make web
/// servers refuse it: .htaccess (Apache 2.2 and 2.4), web.config (IIS) and an empty index.html.
/// nginx reads none of them: there the mode, and a name nobody can guess, have to do. Fine where the
/// folder exists, however incomplete; what is in it stays, files of these names as well. For folders
/// of Banister's own only: the mode of an existing one is set. UnsafePath where it is a link.
Result<> makePrivateFolder(const QString &path);
/// Removes such a folder where nothing but those files is in it.
void removeEmptyPrivateFolder(const QString &path);

/// Hexadecimal digits of random bytes from the system: twice as many digits as bytes.
QString randomHex(int bytes);

} // namespace Banister
