// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/monitor.h"
#include "base/result.h"
#include "products/foreignleft.h"
#include "products/sitesettings.h"
#include "restore/createpoint.h"

#include <QList>

namespace Banister {

/// What upgrade_v3.php of 2.16.5 has left in a site, wherever it came to: the files of Mautic 2 in
/// mautic-2-backup-files/ or, once it had finished, var/mautic-2-backup-files-<32 hex>/, and the dump
/// m3_upgrade_db_backup.sql or var/m3_upgrade_db_backup_<32 hex>.sql. Before it moves the files there
/// is the dump alone. Quick: reads names, version and configuration.
QList<ForeignLeft> foreignBackups(const SiteSettings &settings);

/// How a restore point is made of one of them; without folder and name. Errors: what is wrong with it
/// (ForeignLeft::problem), RestoreError.ForeignNoDump, .OtherSite.
Result<RestorePointRequest>
takeOverRequest(const SiteSettings &settings, const ForeignLeft &left, Monitor &monitor);

} // namespace Banister
