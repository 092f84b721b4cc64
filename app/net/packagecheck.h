// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Banister {

/// What a download is expected to be; looked at without unpacking it.
enum class Expected { Anything, ZipFile };

/// Whether the first bytes can be the start of what is expected.
/// Errors: NetError::NotAPackage; the title of a web page goes into the fact.
Result<> checkStart(QByteArrayView bytes, Expected expected, const QString &source);

/// Whether the file has a start and an end as expected: for zip files the end-of-central-directory
/// record, with a directory that fits into the file (APPNOTE 4.3.16).
/// Errors: NetError::NotAPackage, Incomplete, SourceUnreadable.
Result<> checkFile(int file, Expected expected, const QString &source);

} // namespace Banister
