// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

namespace Banister {

struct RestorePoint;

/// What a restore point holds, to choose from.
struct PointContents
{
    struct Entry
    {
        QString name; ///< in the site's folder
        bool isFolder = false;
        qint64 files = 0;
        qint64 bytes = 0;
    };
    struct Table
    {
        QString name;
        qint64 rows = 0;
    };
    QList<Entry> entries; ///< folders first
    QList<Table> tables;
};

/// Reads the manifests; for a worker thread.
Result<PointContents> readContents(const RestorePoint &point);

} // namespace Banister
