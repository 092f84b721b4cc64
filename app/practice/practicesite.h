// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "practice/practicedatabase.h"

#include <QString>
#include <QStringList>

namespace Banister {

/// A practice site on disk, as practice.json (0600) in its folder tells.
///
/// site/ is the web root, database/ the site's own server, outside/ what links of the site point to.
struct PracticeSite
{
    QString folder;
    QString product;
    QString version;
    QString packagePath;         ///< the release to upgrade to
    QString originalPackagePath; ///< the release that the site runs, as it was downloaded
    QString phpCommand;
    QString tablePrefix;
    QString siteUrl; ///< nothing listens there until webCommand() runs
    PracticeDatabase database;

    QString sitePath() const { return folder + QStringLiteral("/site"); }
    /// Where restore points of it are kept where nobody says more.
    QString pointsPath() const { return sitePath() + QStringLiteral("-restore-points"); }
    QString serverFolder() const { return folder + QStringLiteral("/database"); }
    /// Program and arguments of PHP's own web server on siteUrl.
    QStringList webCommand() const;

    Result<> save() const;
};

/// Reads practice.json and starts the database server where it does not run, on its former port.
Result<PracticeSite> openPracticeSite(const QString &folder);

/// Stops the server and removes the site with all that belongs to it; refuses a folder that holds none.
/// \return names of what somebody else put into the folder; it stays, and the folder with it
Result<QStringList> removePracticeSite(const QString &folder);

} // namespace Banister
