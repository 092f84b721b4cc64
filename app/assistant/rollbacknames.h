// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "restore/selection.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Banister {

/// What a rollback is to do, and the names that it gives to what it makes; kept in the journal, so that
/// they stay the same when it goes on.
struct RollbackNames
{
    QString token;          ///< for names that nobody can guess
    QStringList undoes;     ///< ids of the runs that stand half-way and end with it
    QString safetyPoint;    ///< folder; empty: the present state is not kept
    QString presentVersion; ///< of the site as it was when the rollback began; empty: between two
    RollbackSelection selection;

    QJsonObject toJson() const;
    static RollbackNames fromJson(const QJsonObject &json);
};

} // namespace Banister
