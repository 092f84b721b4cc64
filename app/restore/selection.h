// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Banister {

struct RestorePoint;

/// What of a restore point is to come back. Everything by default.
struct RollbackSelection
{
    bool files = true;
    bool database = true;
    /// Files and folders, relative to the site's folder; empty: all.
    QStringList paths;
    /// Tables; empty: all.
    QStringList tables;

    bool isAll() const { return files && database && paths.isEmpty() && tables.isEmpty(); }
    /// All files come back: by renames. Single folders are copied.
    bool hasAllFiles() const { return files && paths.isEmpty(); }
    /// Whether a path relative to the site's folder belongs to it.
    bool includes(const QByteArray &path) const;

    QJsonObject toJson() const;
    static RollbackSelection fromJson(const QJsonObject &json);
};

/// What a person names to come back alone has to be there, then or now. RestoreError.NotInPoint.
Result<> checkNames(const RestorePoint &point,
                    const QString &siteFolder,
                    const RollbackSelection &selection);

} // namespace Banister
