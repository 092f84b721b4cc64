// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace Banister {

/// What a file holds, as far as a zip's directory tells it: enough to see a change, no proof.
struct ContentId
{
    qint64 size = 0;
    quint32 crc = 0;
    friend bool operator==(const ContentId &, const ContentId &) = default;
};

/// The files of a release by their paths (raw bytes, relative).
using ContentIndex = QHash<QByteArray, ContentId>;

/// Read from the zip's directory; nothing is unpacked.
Result<ContentIndex> contentIndexOfZip(const QString &zipFile);
/// Reads the file.
Result<ContentId> contentIdOfFile(const QString &path, Monitor &monitor);

} // namespace Banister
