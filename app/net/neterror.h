// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Banister::NetErrors {

Q_NAMESPACE

enum class NetError {
    InvalidUrl,
    UnsupportedScheme,
    SourceUnreadable, ///< a local file in place of a download
    HostNotFound,
    ConnectionRefused,
    Unreachable,    ///< no route, or another failure to connect that has no name of its own
    ConnectionLost, ///< before an answer came
    TimedOut,       ///< silence
    TlsFailed,
    ProxyFailed,
    HttpStatus, ///< the number is in the fact
    RedirectRefused,
    TooManyRedirects,
    NotAPackage, ///< a web page, or anything else that is no zip file
    Incomplete,  ///< less than was announced, or a zip file without its end
    TooLarge,
    DiskFull,
    WriteFailed,
    HashMismatch,
    BadAnswer, ///< cannot be understood: no JSON, damaged compression
};
Q_ENUM_NS(NetError)

} // namespace Banister::NetErrors

namespace Banister {
using NetErrors::NetError;
} // namespace Banister
