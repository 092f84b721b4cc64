// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace Banister::JournalLine {

/// One record as it stands in the file, with its line feed:
/// {"sum":"1a2b3c4d","seq":7,"time":"2026-11-21T04:05:58.123Z",…}. The sum is the beginning of the
/// SHA-256 of all that follows it, so a line is checked as bytes, whatever wrote the JSON.
QByteArray write(qint64 number, const QJsonObject &record);

/// The record with "seq" and "time"; nothing where the line (without its line feed) is not whole.
std::optional<QJsonObject> read(const QByteArray &line);

} // namespace Banister::JournalLine
