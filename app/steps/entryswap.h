// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/step.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>

namespace Banister {

/// Which top-level entries change places. Names are raw bytes.
struct SwapPlan
{
    QList<QByteArray> out; ///< from the site's folder to the holding folder
    QList<QByteArray> in;  ///< from the new tree to the site's folder

    QJsonObject toJson() const;
    static SwapPlan fromJson(const QJsonObject &json);
};

struct SwapRequest
{
    QString site;
    QString newTree;           ///< absolute; on the site's file system
    QString holding;           ///< absolute; takes the entries moved out; on the site's file system
    QString strays;            ///< absolute; takes what appears in the way between two tries
    QList<QByteArray> staying; ///< entries of the site's folder that are not moved
    /// Called once the plan is made, before the first move and before the journal's intention.
    std::function<Result<>(const SwapPlan &)> announce;
};

/// Exchanges the entries of a site's folder for those of a new tree by renames, without deleting
/// anything. The plan goes to the journal first; a repeated call goes on with that plan, whatever
/// part of it a killed call has done. Nothing is moved when one entry cannot be, or when the new tree
/// has an entry of the name of one that stays (Exists).
Result<SwapPlan> swapEntries(const SwapRequest &request, StepContext &context);

} // namespace Banister
