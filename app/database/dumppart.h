// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "database/dumpmanifest.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <functional>

namespace Banister {

using StatementSink = std::function<Result<>(const QByteArray &statement)>;
/// Packed bytes that have been read since the last call.
using ByteCounter = std::function<void(qint64)>;

/// Hands over the statements of one file of a dump, then compares hash and number with the manifest:
/// what a sink was given counts only after success. Holds one statement at a time. Errors:
/// DatabaseError.DumpIncomplete, .DumpDamaged.
Result<> readDumpPart(
    const QString &folder,
    const DumpPart &part,
    const StatementSink &sink,
    const ByteCounter &advance = [](qint64) {});

/// The tables' definitions by name, CREATE TABLE as the server printed it.
Result<QHash<QString, QByteArray>> readDumpDefinitions(const DumpManifest &manifest);

} // namespace Banister
