// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "files/tree.h"

namespace Banister {

/// A tree as a file of JSON lines, which other programs can read: a first line with the format, one
/// line an entry, a last one with their number, the sum of the sizes, and the SHA-256 of all lines
/// before it, so that a part that is missing or changed is noticed.
///
/// {"path":"media/a.png","type":"file","size":12,"mode":"0644","uid":33,"gid":33,
///  "modifiedNs":1577880000123456789,"sha256":"…"}; links have a "target". Bytes of paths and targets
/// that are no UTF-8, control characters and '%' stand as %XX.
Result<> writeTreeManifest(const QString &path, const Tree &tree);

/// BadManifest names the file and the line, NotFound where there is no file.
Result<Tree> readTreeManifest(const QString &path);

} // namespace Banister
