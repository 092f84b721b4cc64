// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "database/dumpselection.h"
#include "database/presentobjects.h"
#include "database/restoretarget.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace Banister {

/// Tables that are loaded beside those that they are to replace: the application has the old ones
/// until all of the new ones are there. Their names are the prefix and one of ours; whatever reads the
/// application's tables passes over them (hasPrefix()).
class Staging
{
public:
    enum class Half {
        Incoming, ///< loaded, or being loaded
        Replaced, ///< what the application had; removed after the change
    };

    explicit Staging(const DumpManifest &manifest);

    /// The statement of a dump's table, for the table beside it.
    QByteArray staged(const QByteArray &statement, const QString &table) const;
    /// Renames all tables at once: those that are there away, the incoming ones into their place.
    Result<> swap(Connection &connection,
                  const QList<PresentObject> &replaced,
                  const LockPatience &patience,
                  const Monitor &monitor) const;

    /// Removes the tables of a half, those of former tries too.
    static Result<> clear(Connection &connection, const QString &prefix, Half half);

private:
    QString m_prefix;
    QHash<QString, QString> m_names; ///< of the incoming tables, by those of the dump
};

/// Why a dump cannot be loaded beside what is there, in English; empty where it can.
Result<QString> obstacleToStaging(Connection &connection,
                                  const DumpSelection &selection,
                                  const RestoreNeeds &needs,
                                  const QList<PresentObject> &replaced);

/// A condition on a column of names, beginning with AND: not one of Staging.
QString notStagedName(const QString &column, const QString &prefix);

} // namespace Banister
