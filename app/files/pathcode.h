// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace Banister {

/// Who will read an encoded path.
enum class PathCode {
    Shown,   ///< a person; a '%' stays as it is, so the way back is not unique
    Lossless ///< decodedPath()
};

/// A path of raw bytes as valid UTF-8 without control characters;
/// what cannot stand in it becomes %XX.
QByteArray encodedPath(const QByteArray &path, PathCode code);

/// The way back from PathCode::Lossless; nothing where a '%' is not followed by two hex digits.
std::optional<QByteArray> decodedPath(const QByteArray &text);

} // namespace Banister
