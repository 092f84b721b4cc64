// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Banister {

/// The top-level entry of the site's folder that a folder is, or lies in; empty where it lies outside
/// of the site, or is the site's folder itself. Links are followed, the folder need not exist.
QString siteEntryOf(const QString &site, const QString &folder);

/// Whether restore points can be kept in a folder that a person chose: a folder that is there or can
/// be made, outside of everything that the upgrade exchanges. Within the site that is a top-level
/// entry which is made for it, or holds nothing but restore points.
/// Error: MauticSiteError::BackupFolderUnsuitable.
Result<> checkBackupPlace(const QString &site, const QString &folder);

} // namespace Banister
