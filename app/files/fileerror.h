// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QObject>

namespace Banister {

namespace FileErrors {
Q_NAMESPACE

enum class FileError {
    NotFound,
    NoPermission,
    ReadOnly,
    DiskFull,
    OutOfInodes,
    QuotaExceeded,
    OtherFileSystem,
    TooManyOpenFiles,
    Stale,
    InputOutput,
    Exists,
    NotAFolder,
    IsAFolder,
    NotEmpty,
    Busy,
    NameTooLong,
    TooLarge, ///< for the file system, or for what reads it
    Vanished,
    Immutable,
    UnsafePath,
    NotSupported,
    Unexpected, ///< an errno that has no value of its own; the details say which
    ZipUnreadable,
    ZipTruncated,
    ZipCorrupt,
    ZipEncrypted,
    ZipUnsafeEntry,
    ZipTooLarge,
    ZipUnsupported,
    BadManifest,
};
Q_ENUM_NS(FileError)
} // namespace FileErrors

using FileErrors::FileError;

/// The error for an errno. `what` is translated, says what could not be done, and has no full stop
/// ("The folder cannot be made"); the fact becomes "what: cause (path).".
Error fileError(int errnoValue, const QString &what, const QString &path);

/// An error of this room that no errno stands behind. The fact is translated and names the file.
Error fileError(FileError code, const QString &fact, const QString &details = {});

/// Raw bytes of a path as people read it: bytes that are no UTF-8, and control characters, as %XX.
QString shownPath(const QByteArray &path);
/// The same for an entry of a tree.
QString shownPath(const QString &root, const QByteArray &relative);

} // namespace Banister
