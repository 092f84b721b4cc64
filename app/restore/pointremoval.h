// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"

#include <QString>
#include <QStringList>

namespace Banister {

/// What goes with a restore point.
struct PointRemoval
{
    QString folder; ///< as the site knows it: perhaps a link
    QString
        holding; ///< its files within the site, absolute; empty: none, or others need the folder
    qint64 files = 0;
    qint64 bytes = 0;
};

struct RemovalRequest
{
    QString folder; ///< of the restore point, or of what is left of one
    QString siteFolder;
    QStringList others;   ///< folders of the site's other restore points: their files stay
    bool isOfSite = true; ///< else nothing in the site is its own
};

Result<PointRemoval> measureRemoval(const RemovalRequest &request, Monitor &monitor);

/// Removes it. First it gets a name by which nobody takes it for a restore point; then what other
/// restore points have in its folder within the site is moved to Banister's own, and noted with them;
/// then its files go. Stopped in any way, a call with the same request ends it.
Result<> removePoint(const RemovalRequest &request, Monitor &monitor);

} // namespace Banister
